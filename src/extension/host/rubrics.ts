import { ShippedRubrics } from '../../sessions/rubrics.ts';
import { settings } from './settings.ts';

/** The rubrics that ship with Tiebreak; a task without one gets the rubric that the settings name. */
export function shippedRubrics(folder: string): ShippedRubrics {
  return new ShippedRubrics(folder, () => settings.defaultRubric);
}
