import * as z from 'zod';
import { decisionKinds } from '../core/inspection.ts';
import { inspectionDraftSchema } from '../core/inspectionDraft.ts';
import { shownPreferenceSchema, sides } from '../core/preference.ts';
import { overrideSchema } from '../core/review.ts';
import { rubricSchema, scoresSchema } from '../core/rubric.ts';
import { verdicts } from '../core/run.ts';
import { settlementDraftSchema } from '../core/settlementDraft.ts';
import { differenceKinds, settlementSources } from '../core/settlement.ts';
import { trailSchema } from '../core/trail.ts';
import { eventType } from './message.ts';

/*
 * What the panel shows and sends beyond the review itself when a reviewer is at work, and when a reviewer's comments are
 * answered.
 */

const commentSchema = inspectionDraftSchema.shape.comments.element;
export type PanelComment = z.infer<typeof commentSchema>;

/** One recorded run, and how it ended when it was run again. */
const replaySchema = z.object({
  runId: z.string(),
  side: z.enum(sides),
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
  /** Why it could not be run again, with the mend. */
  error: z.string().optional(),
});
export type PanelReplay = z.infer<typeof replaySchema>;

/** How the evaluator came to the review. */
const factsSchema = z.object({
  /** Only where the settings allow to show who wrote it. */
  evaluator: z.string().optional(),
  submittedAt: z.iso.datetime(),
  activeMs: z.int(),
  casesAdded: z.int(),
  isRevision: z.boolean(),
  overrides: z.array(overrideSchema),
  /** What was looked at and run; absent where the record does not say. */
  trail: trailSchema.optional(),
});

/** What another reviewer decided; shown only to those who have decided themselves. */
const otherInspectionSchema = z.object({
  reviewer: z.string().optional(),
  decision: z.enum(decisionKinds),
  said: z.string(),
  scores: scoresSchema,
});

export const panelInspectionSchema = z.object({
  reviewId: z.string(),
  rubric: rubricSchema,
  /** Submitted already: shown read-only until the reviewer chooses to change it. */
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

/** One of the reviews held side by side. Sides as the reviewer sees them, not as the evaluator did. */
const settledReviewSchema = z.object({
  reviewId: z.string(),
  /** "Evaluator 1", or the name where the settings allow it. */
  name: z.string(),
  preference: shownPreferenceSchema.nullable(),
  scores: z.partialRecord(z.enum(sides), scoresSchema),
  rationale: z.string(),
  /** This evaluator saw the answers the other way round: "@A" in the text is B here. */
  isSwapped: z.boolean(),
  activeMs: z.int(),
});

export const panelSettlementSchema = z.object({
  submitted: z.boolean(),
  ...settlementDraftSchema.pick({ verdict: true, reason: true, on: true, about: true }).shape,
  reviews: z.array(settledReviewSchema),
  /** Where they differ, each as a line, by what it is about. */
  differences: z.array(z.object({ kind: z.enum(['verdict', 'fact', 'score', 'flag']), text: z.string() })),
  /** What the difference most likely rests on. */
  restsOn: z.enum(differenceKinds).optional(),
  /** How the chosen verdict would come about. */
  source: z.enum(settlementSources).optional(),
  replays: z.array(replaySchema),
});
export type PanelSettlement = z.infer<typeof panelSettlementSchema>;

/** What reviewers want changed before they accept the evaluator's work. */
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

/** Panel → host, with the review it belongs to, so that a late edit never lands on the next one. */
export const inspectionEdited = eventType(
  'inspectionEdited',
  z.object({ reviewId: z.string(), edit: inspectionEditSchema }),
);
/** Panel → host, with the task it belongs to. */
export const settlementEdited = eventType(
  'settlementEdited',
  z.object({ taskId: z.string(), edit: settlementEditSchema }),
);
