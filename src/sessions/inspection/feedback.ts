import type { Inspection } from '../../core/inspection/inspection.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';

/** The changes that reviewers request, in one list without the reviewers' names; `null` if there are none. */
export function feedbackOf(sentBack: readonly Inspection[]): PanelFeedback | null {
  if (sentBack.length === 0) return null;
  return {
    changes: sentBack.flatMap(({ decision }) => (decision.kind === 'send-back' ? decision.changes : [])),
    comments: sentBack.flatMap(({ id, comments }) =>
      comments.map((comment) => ({ ...comment, id: `${id} ${comment.id}` })),
    ),
  };
}
