import * as z from 'zod';
import { decisionKinds, differenceKinds } from '../core/inspection/kinds.ts';
import { inspectionDraftSchema } from '../core/inspection/inspectionDraft.ts';
import { shownPreferenceSchema } from '../core/task/preference.ts';
import { sides } from '../core/task/side.ts';
import { overrideSchema } from '../core/review/review.ts';
import { rubricSchema, scoresSchema } from '../core/task/rubric.ts';
import { verdicts } from '../core/run/run.ts';
import { settlementDraftSchema } from '../core/inspection/settlementDraft.ts';
import { settlementSources } from '../core/inspection/settlement.ts';
import { trailSchema } from '../core/review/trail.ts';
import { editNumber } from './editNumber.ts';
import { eventType } from './message.ts';

/*
 * What the panel shows and sends for inspections and settlements, and the feedback that an evaluator gets from them.
 */

const commentSchema = inspectionDraftSchema.shape.comments.element;
export type PanelComment = z.infer<typeof commentSchema>;

/** A recorded run and the result of its replay. */
const replaySchema = z.object({
  runId: z.string(),
  side: z.enum(sides),
  /** Number of the search for differences that made the run; absent for a run of the cases. */
  search: z.int().optional(),
  at: z.iso.datetime(),
  phase: z.enum(['none', 'running', 'done', 'failed']),
  cases: z.array(
    z.object({
      caseId: z.string(),
      was: z.enum(verdicts),
      now: z.enum(verdicts).optional(),
      /** Absent until the run was replayed. */
      same: z.boolean().optional(),
    }),
  ),
  /** Why it could not be replayed, with the remedy. */
  error: z.string().optional(),
});
export type PanelReplay = z.infer<typeof replaySchema>;

/** The history of the review. */
const factsSchema = z.object({
  /** Only when the settings show reviewers who wrote a review. */
  evaluator: z.string().optional(),
  submittedAt: z.iso.datetime(),
  activeMs: z.int(),
  casesAdded: z.int(),
  isRevision: z.boolean(),
  overrides: z.array(overrideSchema),
  /** What the evaluator looked at and ran; absent from older records. */
  trail: trailSchema.optional(),
});

/** Another reviewer's decision; sent only after this reviewer has submitted their own. */
const otherInspectionSchema = z.object({
  reviewer: z.string().optional(),
  decision: z.enum(decisionKinds),
  said: z.string(),
  scores: scoresSchema,
});

export const panelInspectionSchema = z.object({
  reviewId: z.string(),
  rubric: rubricSchema,
  /** A submitted inspection is read-only until the reviewer chooses to change it. */
  submitted: z.boolean(),
  ...inspectionDraftSchema.pick({
    scores: true,
    comments: true,
    decision: true,
    changes: true,
    reason: true,
    correction: true,
  }).shape,
  facts: factsSchema,
  replays: z.array(replaySchema),
  others: z.array(otherInspectionSchema),
});
export type PanelInspection = z.infer<typeof panelInspectionSchema>;

/** A review of the settlement. Sides are those that the reviewer sees, not those that the evaluator saw. */
const settledReviewSchema = z.object({
  reviewId: z.string(),
  /** "Evaluator 1", or the evaluator's id when the settings show it. */
  name: z.string(),
  preference: shownPreferenceSchema.nullable(),
  scores: z.partialRecord(z.enum(sides), scoresSchema),
  rationale: z.string(),
  /** This evaluator saw the sides swapped: A and B in the text are rewritten. */
  isSwapped: z.boolean(),
  /** The rewritten text may still name a side of the other order. */
  isUnsure: z.boolean(),
  activeMs: z.int(),
});

export const panelSettlementSchema = z.object({
  submitted: z.boolean(),
  ...settlementDraftSchema.pick({ verdict: true, reason: true, on: true, about: true }).shape,
  reviews: z.array(settledReviewSchema),
  /** The differences between the reviews, a sentence each. */
  differences: z.array(z.object({ kind: z.enum(['verdict', 'fact', 'score', 'flag']), text: z.string() })),
  /** The most likely cause of the disagreement. */
  restsOn: z.enum(differenceKinds).optional(),
  /** How the chosen verdict relates to the reviews. */
  source: z.enum(settlementSources).optional(),
  replays: z.array(replaySchema),
});
export type PanelSettlement = z.infer<typeof panelSettlementSchema>;

/** The changes that a reviewer asked for. */
export const panelFeedbackSchema = z.object({
  changes: z.array(z.string()),
  comments: z.array(commentSchema),
});
export type PanelFeedback = z.infer<typeof panelFeedbackSchema>;

const inspectionEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('score'), criterion: z.string(), value: z.number().nullable() }),
  z.object({ kind: z.literal('comment'), comment: commentSchema }),
  z.object({ kind: z.literal('uncomment'), id: z.string() }),
  z.object({ kind: z.literal('decision'), value: z.enum(decisionKinds).nullable() }),
  z.object({ kind: z.literal('changes'), text: z.string() }),
  z.object({ kind: z.literal('reason'), text: z.string() }),
  z.object({ kind: z.literal('correct-preference'), value: shownPreferenceSchema.nullable() }),
  z.object({ kind: z.literal('correct-rationale'), text: z.string() }),
]);
export type InspectionEdit = z.infer<typeof inspectionEditSchema>;

const settlementEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('verdict'), value: settlementDraftSchema.shape.verdict }),
  z.object({ kind: z.literal('on'), value: z.enum(differenceKinds) }),
  z.object({ kind: z.literal('about'), text: z.string() }),
  z.object({ kind: z.literal('reason'), text: z.string() }),
]);
export type SettlementEdit = z.infer<typeof settlementEditSchema>;

/** Panel → host. Names its review, so that a late edit never changes the next one. */
export const inspectionEdited = eventType(
  'inspectionEdited',
  z.object({ reviewId: z.string(), edit: inspectionEditSchema, number: editNumber }),
);
/** Panel → host. Names its task, so that a late edit never changes the next one. */
export const settlementEdited = eventType(
  'settlementEdited',
  z.object({ taskId: z.string(), edit: settlementEditSchema, number: editNumber }),
);
