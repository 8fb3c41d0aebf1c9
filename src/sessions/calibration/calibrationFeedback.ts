import { isGoldMet, type GoldReference } from '../../core/calibration/gold.ts';
import { toShown, type ShownOrder } from '../../core/task/preference.ts';
import { swapSides } from '../../core/text/swapSides.ts';
import type { PanelCalibrationFeedback } from '../../protocol/panel/state.ts';
import { goldReferencesOf } from './references.ts';
import type { Store } from '../../store/store.ts';

/**
 * The feedback to an evaluator who has submitted a gold task for training: the gold verdict beside their own, by the sides
 * that they saw. `null` before the submission, and for every other task.
 */
export async function calibrationFeedbackOf(
  store: Store,
  taskId: string,
  evaluator: string,
): Promise<PanelCalibrationFeedback | null> {
  const review = (await store.reviews({ taskId, evaluator })).at(-1);
  if (review === undefined) return null;
  const reference = (await goldReferencesOf(store, [taskId])).get(taskId);
  if (reference?.use !== 'training') return null;
  const { preference, shown } = review;
  return {
    met: isGoldMet(preference, reference.preference),
    yours: preference === null ? null : toShown(preference, shown),
    reference: toShown(reference.preference, shown),
    ...rationaleInOrder(reference, shown),
  };
}

/** The rationale of the reference, rewritten to the sides that the evaluator saw. */
function rationaleInOrder(
  { rationale, shown: written }: GoldReference,
  shown: ShownOrder,
): Pick<PanelCalibrationFeedback, 'rationale' | 'isSwapped' | 'isUnsure'> {
  if (rationale === undefined) return { isSwapped: false, isUnsure: false };
  if (written === undefined || written[0] === shown[0])
    return { rationale, isSwapped: false, isUnsure: false };
  const { text, isUnsure } = swapSides(rationale);
  return { rationale: text, isSwapped: true, isUnsure };
}
