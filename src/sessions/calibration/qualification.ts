import { calibrationOf, type Qualification } from '../../core/statistics/calibration.ts';
import { wilson } from '../../core/statistics/wilson.ts';
import type { PanelState } from '../../protocol/webview.ts';
import { referencesOn } from '../../store/references.ts';
import type { Store } from '../../store/store.ts';

/** The qualification set as far as an evaluator is through it. What they have submitted tells, so it outlives a restart. */
export interface Course {
  /** In the order of import. */
  readonly taskIds: readonly string[];
  readonly done: ReadonlySet<string>;
  readonly standing: Qualification;
  readonly passMark: number;
}

/** `undefined` where there is no such set. */
export async function courseOf(
  store: Store,
  evaluator: string,
  passMark: number,
): Promise<Course | undefined> {
  const taskIds = (await store.reserve())
    .filter(({ use }) => use === 'qualification')
    .map(({ taskId }) => taskId);
  if (taskIds.length === 0) return undefined;
  const gold = await referencesOn(store, taskIds);
  const reviews = (await store.judged({ evaluator })).filter(({ taskId }) => gold.has(taskId));
  const { qualification } = calibrationOf(reviews, { gold, duplicates: new Map(), passMark });
  const done = new Set(reviews.map(({ taskId }) => taskId));
  return { taskIds, done, standing: qualification, passMark };
}

/** The first task after this one that is still to do; wraps around, and may come back to it. */
export function nextInCourse({ taskIds, done }: Course, after?: string): string | undefined {
  const at = after === undefined ? -1 : taskIds.indexOf(after);
  return [...taskIds.slice(at + 1), ...taskIds.slice(0, at + 1)].find((taskId) => !done.has(taskId));
}

/** What an evaluator who is through with the set is told. */
export function courseResult({ standing, passMark }: Course): NonNullable<PanelState['empty']> {
  const { right, of, state } = standing;
  const { low, high } = wilson(right, of).interval!;
  return {
    reason: state === 'passed' ? 'qualified' : 'not-qualified',
    message: [
      `${right} of ${of} right: ${percent(right / of)}`,
      `(95% interval ${percent(low)} to ${percent(high)}). The pass mark is ${percent(passMark)}.`,
    ].join(' '),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
