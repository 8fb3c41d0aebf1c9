import * as z from 'zod';
import { decisionKinds, replaySchema, type Inspection } from './inspection.ts';
import type { UnchainedRecord } from './ledger.ts';
import { shownPreferenceSchema, toShown, toStored, type ShownOrder } from './preference.ts';
import type { Review } from './review.ts';
import { scoresSchema, type Rubric } from './rubric.ts';
import { summariseScores } from './scoring.ts';

/** An inspection that is being written: every field as it stands, whole or not. */
export const inspectionDraftSchema = z.strictObject({
  /** Of the record that it becomes. */
  id: z.uuid(),
  reviewId: z.uuid(),
  scores: scoresSchema,
  comments: z.array(
    z.strictObject({
      id: z.string(),
      start: z.int().nonnegative(),
      end: z.int().positive(),
      quote: z.string().min(1),
      text: z.string(),
    }),
  ),
  replays: z.array(replaySchema),
  decision: z.enum(decisionKinds).nullable(),
  /** What must change, one a line. */
  changes: z.string(),
  reason: z.string(),
  /** How the review should read. */
  correction: z.strictObject({ preference: shownPreferenceSchema.nullable(), rationale: z.string() }),
  revises: z.uuid().nullable(),
  activeMs: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type InspectionDraft = z.infer<typeof inspectionDraftSchema>;

/** A draft with nothing judged yet, or what the reviewer's last inspection of the same review said. */
export function newInspectionDraft(
  review: Review,
  id: string,
  earlier: Inspection | undefined,
): InspectionDraft {
  const now = new Date().toISOString();
  const decision = earlier?.decision;
  const own = { preference: review.preference, rationale: review.rationale };
  const { preference, rationale } = decision?.kind === 'correct' ? decision : own;
  return {
    id,
    reviewId: review.id,
    scores: earlier?.scores ?? {},
    comments: earlier?.comments ?? [],
    replays: earlier?.replays ?? [],
    decision: decision?.kind ?? null,
    changes: decision?.kind === 'send-back' ? decision.changes.join('\n') : '',
    reason: decision?.kind === 'reject' ? decision.reason : '',
    correction: { preference: preference === null ? null : toShown(preference, review.shown), rationale },
    revises: earlier?.id ?? null,
    activeMs: earlier?.activeMs ?? 0,
    startedAt: now,
    updatedAt: now,
  };
}

/** What still stands between the draft and its submission, each as an instruction. */
export function inspectionObstacles(draft: InspectionDraft, rubric: Rubric, review: Review): string[] {
  const { missing } = summariseScores(rubric, draft.scores);
  const titles = rubric.criteria.filter(({ id }) => missing.includes(id)).map(({ title }) => title);
  return [
    ...(titles.length === 0 ? [] : [`Score ${titles.join(', ')}`]),
    ...(draft.comments.some(({ text }) => text.trim() === '') ? ['Fill in each comment, or remove it'] : []),
    ...decisionObstacles(draft, review),
  ];
}

function decisionObstacles(
  { decision, changes, reason, correction }: InspectionDraft,
  review: Review,
): string[] {
  switch (decision) {
    case null:
      return ['Choose what becomes of the review (keys 1 to 4)'];
    case 'approve':
      return [];
    case 'send-back':
      return changes.trim() === '' ? ['Say what must change'] : [];
    case 'reject':
      return reason.trim() === '' ? ['Say why it is rejected'] : [];
    case 'correct': {
      const preference = review.preference === null ? null : toShown(review.preference, review.shown);
      const isSame = correction.rationale === review.rationale && correction.preference === preference;
      if (isSame) return ['Correct the preference or the rationale, or approve the review as it is'];
      return correction.rationale.trim() === '' ? ['Write the corrected rationale'] : [];
    }
  }
}

/** The record as it is handed to the store, from a draft that nothing stands in the way of. */
export function buildInspection(
  draft: InspectionDraft,
  parts: {
    readonly review: Review;
    readonly reviewHash: string;
    readonly rubricHash: string;
    readonly author: string;
    readonly toolVersion: string;
  },
): UnchainedRecord<'inspection'> {
  const { review, ...rest } = parts;
  const { id, reviewId, scores, comments, replays, revises, activeMs, startedAt } = draft;
  return {
    ...rest,
    id,
    reviewId,
    taskId: review.taskId,
    scores,
    comments,
    replays,
    decision: decisionOf(draft, review.shown),
    ...(revises === null ? {} : { revises }),
    activeMs,
    startedAt,
    submittedAt: new Date().toISOString(),
  };
}

function decisionOf(
  { decision, changes, reason, correction }: InspectionDraft,
  order: ShownOrder,
): Inspection['decision'] {
  switch (decision) {
    case null:
      throw new RangeError('nothing is decided yet');
    case 'approve':
      return { kind: 'approve' };
    case 'reject':
      return { kind: 'reject', reason: reason.trim() };
    case 'send-back':
      return { kind: 'send-back', changes: linesOf(changes) };
    case 'correct': {
      const { preference, rationale } = correction;
      const stored = preference === null ? null : toStored(preference, order);
      return { kind: 'correct', preference: stored, rationale };
    }
  }
}

/** One change a line; what marks a list is not part of it. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*]\s+/, '').trim())
    .filter(Boolean);
}
