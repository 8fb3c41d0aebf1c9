import * as z from 'zod';
import { replaySchema, type Inspection } from './inspection.ts';
import { decisionKinds } from './kinds.ts';
import type { UnchainedRecord } from '../records/ledger.ts';
import { shownPreferenceSchema, toShown, toStored, type ShownOrder } from '../task/preference.ts';
import type { Review } from '../review/review.ts';
import { scoresSchema, type Rubric } from '../task/rubric.ts';
import { summariseScores } from '../task/scoring.ts';

/** The draft of an inspection: every field in its current state, complete or not. */
export const inspectionDraftSchema = z.strictObject({
  /** Id of the future record. */
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
  /** Requested changes, one per line. */
  changes: z.string(),
  reason: z.string(),
  /** The corrected preference and rationale. */
  correction: z.strictObject({ preference: shownPreferenceSchema.nullable(), rationale: z.string() }),
  revises: z.uuid().nullable(),
  activeMs: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type InspectionDraft = z.infer<typeof inspectionDraftSchema>;

/** An empty draft, or a draft with the content of the reviewer's last inspection of the same review. */
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
    startedAt: earlier?.startedAt ?? now,
    updatedAt: now,
  };
}

/** What is missing before the draft can be submitted, each item as an instruction. */
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
      return ['Choose a decision on the review (keys 1 to 4)'];
    case 'approve':
      return [];
    case 'send-back':
      return changes.trim() === '' ? ['Say what must change'] : [];
    case 'reject':
      return reason.trim() === '' ? ['Say why you reject the review'] : [];
    case 'correct': {
      const preference = review.preference === null ? null : toShown(review.preference, review.shown);
      const isSame = correction.rationale === review.rationale && correction.preference === preference;
      if (isSame) return ['Correct the preference or the rationale, or approve the review as it is'];
      return correction.rationale.trim() === '' ? ['Write the corrected rationale'] : [];
    }
  }
}

/** The record for the store. The draft must be complete; see `inspectionObstacles`. */
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

/** The non-empty lines, without list markers. */
function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-*]\s+/, '').trim())
    .filter(Boolean);
}
