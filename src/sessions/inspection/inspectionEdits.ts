import type { InspectionDraft } from '../../core/inspection/inspectionDraft.ts';
import type { InspectionEdit, PanelComment } from '../../protocol/inspection.ts';

/** The change that an edit makes in the draft of an inspection. `rationale`: that of the review. */
export function applyInspectionEdit(
  draft: Pick<InspectionDraft, 'comments' | 'correction' | 'scores'>,
  edit: InspectionEdit,
  rationale: string,
): Partial<InspectionDraft> {
  switch (edit.kind) {
    case 'score': {
      const { [edit.criterion]: _dropped, ...others } = draft.scores;
      return { scores: edit.value === null ? others : { ...others, [edit.criterion]: edit.value } };
    }
    case 'comment':
      return { comments: withComment(draft.comments, edit.comment, rationale) };
    case 'uncomment':
      return { comments: draft.comments.filter(({ id }) => id !== edit.id) };
    case 'decision':
      return { decision: edit.value };
    case 'changes':
      return { changes: edit.text };
    case 'reason':
      return { reason: edit.text };
    case 'correct-preference':
      return { correction: { ...draft.correction, preference: edit.value } };
    case 'correct-rationale':
      return { correction: { ...draft.correction, rationale: edit.text } };
  }
}

/** The comments in the order of the text, with this one added or replaced. Ignores a comment whose quote is not in the text. */
function withComment(
  comments: readonly PanelComment[],
  comment: PanelComment,
  rationale: string,
): PanelComment[] {
  if (rationale.slice(comment.start, comment.end) !== comment.quote) return [...comments];
  return [...comments.filter(({ id }) => id !== comment.id), comment].toSorted(
    (one, other) => one.start - other.start || one.end - other.end,
  );
}
