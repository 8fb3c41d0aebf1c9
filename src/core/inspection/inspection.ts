import * as z from 'zod';
import { preferenceSchema } from './preference.ts';
import { scoresSchema } from './rubric.ts';

/** A comment on a span of a review's rationale. `start` and `end` count UTF-16 units; the quote tells when they drift. */
const spanCommentSchema = z.strictObject({
  id: z.string(),
  start: z.int().nonnegative(),
  end: z.int().positive(),
  quote: z.string().min(1),
  text: z.string().min(1),
});
type SpanComment = z.infer<typeof spanCommentSchema>;

/** What replaying one run of the review gave. */
export const replaySchema = z.strictObject({
  runId: z.string(),
  answerId: z.string(),
  same: z.boolean(),
  /** Ids of the cases that ended otherwise. */
  differing: z.array(z.string()),
});

export const decisionKinds = ['approve', 'send-back', 'correct', 'reject'] as const;

/** What becomes of the review. */
const decisionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('approve') }),
  /** Back to its evaluator, who must do what is listed. */
  z.strictObject({ kind: z.literal('send-back'), changes: z.array(z.string().min(1)).min(1) }),
  /** The reviewer says how it should read; the review itself stays as it was submitted. */
  z.strictObject({
    kind: z.literal('correct'),
    preference: preferenceSchema.nullable(),
    rationale: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal('reject'), reason: z.string().min(1) }),
]);

/** A reviewer's judgement of a review. Append-only: a later one on the same review names the one it replaces. */
export const inspectionSchema = z
  .strictObject({
    id: z.uuid(),
    reviewId: z.uuid(),
    /** Of the review as it was inspected. */
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

/** Where a comment's span is now: where it was, else the one place that reads like its quote, else `undefined`. */
export function locateComment(
  { start, end, quote }: Pick<SpanComment, 'start' | 'end' | 'quote'>,
  rationale: string,
): { readonly start: number; readonly end: number } | undefined {
  if (rationale.slice(start, end) === quote) return { start, end };
  const first = rationale.indexOf(quote);
  if (first === -1 || rationale.includes(quote, first + 1)) return undefined;
  return { start: first, end: first + quote.length };
}

/**
 * Inspections a reviewer may see of a review: their own, and everybody's once they have given one, so that nobody
 * judges with another's judgement before them.
 */
export function visibleInspections(
  inspections: readonly Inspection[],
  reviewId: string,
  reviewer: string,
): Inspection[] {
  const ofReview = inspections.filter((inspection) => inspection.reviewId === reviewId);
  return ofReview.some(({ author }) => author === reviewer) ? ofReview : [];
}
