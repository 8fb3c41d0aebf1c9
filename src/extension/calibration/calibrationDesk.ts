import { tiebreakError } from '../../core/errors.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { Store } from '../../store/store.ts';
import { calibrationSettings } from './calibrationSettings.ts';
import type { QualificationProgress } from '../../sessions/calibration/qualification.ts';

/** The next task of the qualification set, or the result when the set is done. */
export type QualificationStep =
  { readonly taskId: string } | { readonly result: NonNullable<PanelState['empty']> };

/** What the review desk needs to know about gold tasks. The panel shows none of it before the task is submitted. */
export class CalibrationDesk {
  readonly #store: () => Promise<Store>;
  readonly #evaluator: () => string;

  constructor(store: () => Promise<Store>, evaluator: () => string) {
    this.#store = store;
    this.#evaluator = evaluator;
  }

  async calibrationFeedback(taskId: string): Promise<NonNullable<PanelState['calibrationFeedback']> | null> {
    const { calibrationFeedbackOf } = await import('../../sessions/calibration/calibrationFeedback.ts');
    return calibrationFeedbackOf(await this.#store(), taskId, this.#evaluator());
  }

  /** Rejects with `no-qualification` if there is no qualification set. */
  async qualification(after?: string): Promise<QualificationStep> {
    const qualification = await this.#qualification();
    if (qualification === undefined) {
      throw tiebreakError('no-qualification', {
        what: 'There is no qualification set',
        remedy: 'Import a qualification set, or keep settled tasks as gold for qualification',
      });
    }
    const { nextQualificationTask, qualificationResult } =
      await import('../../sessions/calibration/qualification.ts');
    const taskId = nextQualificationTask(qualification, after);
    return taskId === undefined ? { result: qualificationResult(qualification) } : { taskId };
  }

  async qualifies(taskId: string): Promise<boolean> {
    const reserve = await (await this.#store()).reserve();
    return reserve.some((task) => task.use === 'qualification' && task.taskId === taskId);
  }

  /** The position of a task in the qualification set; `undefined` for other tasks. */
  async place(taskId: string): Promise<{ index: number; total: number } | undefined> {
    if (!(await this.qualifies(taskId))) return undefined;
    const taskIds = (await this.#qualification())?.taskIds ?? [];
    return { index: taskIds.indexOf(taskId) + 1, total: taskIds.length };
  }

  async #qualification(): Promise<QualificationProgress | undefined> {
    const { qualificationProgress } = await import('../../sessions/calibration/qualification.ts');
    const { passMark } = await calibrationSettings();
    return qualificationProgress(await this.#store(), this.#evaluator(), passMark);
  }
}
