import { calibrationOf, type Qualification } from '../../core/statistics/calibration.ts';
import { wilson } from '../../core/statistics/wilson.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import { goldReferencesOf } from './references.ts';
import type { Store } from '../../store/store.ts';

/** The progress of an evaluator in the qualification set, read from their submitted reviews. */
export interface QualificationProgress {
  /** In the order of import. */
  readonly taskIds: readonly string[];
  readonly done: ReadonlySet<string>;
  readonly result: Qualification;
  readonly passMark: number;
}

/** `undefined` if there is no qualification set. */
export async function qualificationProgress(
  store: Store,
  evaluator: string,
  passMark: number,
): Promise<QualificationProgress | undefined> {
  const taskIds = (await store.reserve())
    .filter(({ use }) => use === 'qualification')
    .map(({ taskId }) => taskId);
  if (taskIds.length === 0) return undefined;
  const gold = await goldReferencesOf(store, taskIds);
  const reviews = (await store.judged({ evaluator })).filter(({ taskId }) => gold.has(taskId));
  const { qualification } = calibrationOf(reviews, { gold, duplicates: new Map(), passMark });
  const done = new Set(reviews.map(({ taskId }) => taskId));
  return { taskIds, done, result: qualification, passMark };
}

/** The first remaining task after this one. Wraps around, and can return the same task. */
export function nextQualificationTask(
  { taskIds, done }: QualificationProgress,
  after?: string,
): string | undefined {
  const at = after === undefined ? -1 : taskIds.indexOf(after);
  return [...taskIds.slice(at + 1), ...taskIds.slice(0, at + 1)].find((taskId) => !done.has(taskId));
}

/** The result that is shown to an evaluator after the whole set. */
export function qualificationResult({
  result,
  passMark,
}: QualificationProgress): NonNullable<PanelState['empty']> {
  const { right, of, state } = result;
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
