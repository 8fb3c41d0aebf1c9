import type { Inspection } from '../../core/inspection.ts';
import type { PanelFeedback } from '../../protocol/inspection.ts';

/** What reviewers want changed, laid together; `null` where none of them does. Says nothing of who they are. */
export function feedbackOf(sentBack: readonly Inspection[]): PanelFeedback | null {
  if (sentBack.length === 0) return null;
  return {
    changes: sentBack.flatMap(({ decision }) => (decision.kind === 'send-back' ? decision.changes : [])),
    comments: sentBack.flatMap(({ id, comments }) =>
      comments.map((comment) => ({ ...comment, id: `${id} ${comment.id}` })),
    ),
  };
}
