import type { Rubric } from '../../core/task/rubric.ts';
import type { SessionServices } from '../review/services.ts';

/** What a reviewer's session needs in addition to an evaluator's. */
export interface ReviewerServices extends SessionServices {
  /** Opaque id of the reviewer. */
  readonly reviewer: string;
  /** The rubric that rationales are scored by. */
  rationaleRubric(): Promise<Rubric>;
  /** Whether the reviewer may see the ids of evaluators. */
  readonly showsEvaluators: boolean;
}
