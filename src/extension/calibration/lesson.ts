import { isGoldMet } from '../../core/gold.ts';
import { toShown } from '../../core/preference.ts';
import type { PanelLesson } from '../../protocol/webview.ts';
import { referencesOn } from '../../store/references.ts';
import type { Store } from '../../store/store.ts';

/**
 * What an evaluator learns of a gold task in training once they have submitted it: the reference beside their own
 * verdict, in terms of the sides they saw. `null` before that, and for every other task.
 */
export async function lessonOf(store: Store, taskId: string, evaluator: string): Promise<PanelLesson | null> {
  const review = (await store.reviews({ taskId, evaluator })).at(-1);
  if (review === undefined) return null;
  const reference = (await referencesOn(store, [taskId])).get(taskId);
  if (reference?.use !== 'training') return null;
  const { preference, shown } = review;
  return {
    met: isGoldMet(preference, reference.preference),
    yours: preference === null ? null : toShown(preference, shown),
    reference: toShown(reference.preference, shown),
    ...(reference.rationale === undefined ? {} : { rationale: reference.rationale }),
    isSwapped: reference.shown !== undefined && reference.shown[0] !== shown[0],
  };
}
