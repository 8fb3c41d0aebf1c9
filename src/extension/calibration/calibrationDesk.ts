import { tiebreakError } from '../../core/errors.ts';
import type { PanelState } from '../../protocol/webview.ts';
import type { Store } from '../../store/store.ts';
import { calibrationSettings } from './calibrationSettings.ts';
import type { Course } from './qualification.ts';

/** What comes next in the qualification set, or how it came out. */
export type CourseStep = { readonly taskId: string } | { readonly result: NonNullable<PanelState['empty']> };

/** What the desk asks about tasks whose verdict is known. Nothing of it is told before the task is submitted. */
export class CalibrationDesk {
  readonly #store: () => Promise<Store>;
  readonly #evaluator: () => string;

  constructor(store: () => Promise<Store>, evaluator: () => string) {
    this.#store = store;
    this.#evaluator = evaluator;
  }

  async lesson(taskId: string): Promise<NonNullable<PanelState['lesson']> | null> {
    const { lessonOf } = await import('./lesson.ts');
    return lessonOf(await this.#store(), taskId, this.#evaluator());
  }

  /** Rejects with `no-qualification` where there is no such set. */
  async course(after?: string): Promise<CourseStep> {
    const course = await this.#course();
    if (course === undefined) {
      throw tiebreakError('no-qualification', {
        what: 'There is no qualification set here',
        mend: 'Import one, or keep settled tasks as gold for qualification',
      });
    }
    const { nextInCourse, courseResult } = await import('./qualification.ts');
    const taskId = nextInCourse(course, after);
    return taskId === undefined ? { result: courseResult(course) } : { taskId };
  }

  async qualifies(taskId: string): Promise<boolean> {
    const reserve = await (await this.#store()).reserve();
    return reserve.some((task) => task.use === 'qualification' && task.taskId === taskId);
  }

  /** Where a task of the qualification set stands in it; `undefined` for every other. */
  async place(taskId: string): Promise<{ index: number; total: number } | undefined> {
    if (!(await this.qualifies(taskId))) return undefined;
    const taskIds = (await this.#course())?.taskIds ?? [];
    return { index: taskIds.indexOf(taskId) + 1, total: taskIds.length };
  }

  async #course(): Promise<Course | undefined> {
    const { courseOf } = await import('./qualification.ts');
    const { passMark } = await calibrationSettings();
    return courseOf(await this.#store(), this.#evaluator(), passMark);
  }
}
