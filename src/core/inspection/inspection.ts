import * as z from 'zod';
import { preferenceSchema } from '../task/preference.ts';
import { scoresSchema } from '../task/rubric.ts';

/** A comment on a span of a review's rationale. `start` and `end` count UTF-16 code units; `quote` shows if they are stale. */
const spanCommentSchema = z.strictObject({
  id: z.string(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  quote: z.string().min(1),
  text: z.string().min(1),
});

/** The result of replaying one run of the review. */
export const replaySchema = z.strictObject({
  runId: z.string(),
  answerId: z.string(),
  same: z.boolean(),
  /** Ids of the cases with another verdict. */
  differing: z.array(z.string()),
});

/** The reviewer's decision on the review. */
const decisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve') }),
  /** Sends the review back to its evaluator with the required changes. */
  z.strictObject({ kind: z.literal('send-back'), changes: z.array(z.string().min(1)).min(1) }),
  /** The reviewer's corrected version; the submitted review itself does not change. */
  z.strictObject({
    kind: z.literal('correct'),
    preference: preferenceSchema.nullable(),
    rationale: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal('reject'), reason: z.string().min(1) }),
]);

/** A reviewer's judgement of a review. Append-only: a later inspection names the inspection that it replaces. */
export const inspectionSchema = z
  .strictObject({
    id: z.uuid(),
    reviewId: z.uuid(),
    /** Hash of the review at the time of the inspection. */
    reviewHash: z.string(),
    taskId: z.string(),
    /** The reviewer: an opaque id. */
    author: z.string().min(1),
    /** Criterion of the rationale rubric → score. */
    scores: scoresSchema,
    rubricHash: z.string(),
    comments: z.array(spanCommentSchema),
    replays: z.array(replaySchema),
    decision: decisionSchema,
    revises: z.uuid().optional(),
    activeMs: z.int().nonnegative(),
    startedAt: z.iso.datetime(),
    submittedAt: z.iso.datetime(),
    toolVersion: z.string(),
    prevHash: z.string(),
  })
  .superRefine(({ comments }, context) => {
    comments.forEach(({ start, end, quote }, index) => {
      if (end - start === quote.length) return;
      const message = 'must be as long as its quote';
      context.addIssue({ code: 'custom', path: ['comments', index], message });
    });
  });
export type Inspection = z.infer<typeof inspectionSchema>;

/**
 * Inspections of a review that a reviewer may see: only their own until they have submitted an inspection, then all.
 * Nobody sees another judgement before their own is submitted.
 */
export function visibleInspections(
  inspections: readonly Inspection[],
  reviewId: string,
  reviewer: string,
): Inspection[] {
  const ofReview = inspections.filter((inspection) => inspection.reviewId === reviewId);
  return ofReview.some(({ author }) => author === reviewer) ? ofReview : [];
}
