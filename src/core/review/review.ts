import * as z from 'zod';
import { checkReportSchema } from '../run/diagnostic.ts';
import { preferenceSchema, shownPreferenceSchema } from '../task/preference.ts';
import { scoresSchema } from '../task/rubric.ts';
import { runSchema, timingSchema } from '../run/run.ts';
import { searchSchema } from '../differing/searchRecord.ts';
import { caseSchema } from '../task/task.ts';
import { unsavedCaseSchema } from './caseForm.ts';
import { flagKinds } from './flagKinds.ts';
import { trailSchema } from './trail.ts';

/** A fault at lines of one file of one answer. Lines count from 1; both ends are included. */
export const flagSchema = z.strictObject({
  id: z.string(),
  answerId: z.string(),
  kind: z.enum(flagKinds),
  file: z.string(),
  startLine: z.int().positive(),
  endLine: z.int().positive(),
  note: z.string().optional(),
});
export type Flag = z.infer<typeof flagSchema>;

/** Why an evaluator submitted despite a blocking finding. */
export const overrideSchema = z.strictObject({ rule: z.string(), reason: z.string().min(1) });

const judgement = {
  taskId: z.string(),
  taskHash: z.string(),
  /** The evaluator: an opaque id. */
  evaluator: z.string().min(1),
  /** Answer ids as shown, `[A, B]`. */
  shown: z.array(z.string()).min(1).max(2),
  /** Answer id → criterion id → score. */
  scores: z.record(z.string(), scoresSchema),
  flags: z.array(flagSchema),
  /** Markdown; names the sides as shown. */
  rationale: z.string(),
  /** Cases the evaluator or the difference finder added. */
  cases: z.array(caseSchema),
  /** Answer id → the chosen reading of the answer's files, if it is not the default reading. */
  readings: z.record(z.string(), z.string()),
  overrides: z.array(overrideSchema),
  /** The latest comparison of times for each case; absent without a comparison. */
  timings: z.array(timingSchema).optional(),
  /** Searches for inputs on which the answers differ, in order; absent without a search. */
  searches: z.array(searchSchema).optional(),
  /** What the evaluator viewed and ran, in order; absent in records of older versions. */
  trail: trailSchema.optional(),
  /** Time with the panel in front and user activity, in milliseconds. */
  activeMs: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
};

/** An evaluator's unsubmitted work on a task. Survives reload, tab switch and crash. */
export const draftSchema = z.strictObject({
  ...judgement,
  preference: shownPreferenceSchema.nullable(),
  /** Forms of cases that are not saved. No review has them. */
  caseForms: z.array(unsavedCaseSchema).optional(),
  updatedAt: z.iso.datetime(),
});
export type Draft = z.infer<typeof draftSchema>;

/** An evaluator's decision not to judge a task, with the reason. */
export const skipSchema = z.strictObject({
  taskId: z.string(),
  evaluator: z.string(),
  reason: z.string().min(1),
  at: z.iso.datetime(),
});
export type Skip = z.infer<typeof skipSchema>;

/** A submitted review. Append-only: a revision is a new record that names the old record. */
export const reviewSchema = z.strictObject({
  ...judgement,
  /** UUID version 7. */
  id: z.uuid(),
  /** `null` if the task asks for no ranking. */
  preference: preferenceSchema.nullable(),
  runs: z.array(runSchema),
  checks: z.array(checkReportSchema),
  ideal: z.string().optional(),
  /** The review that this review replaces. */
  revises: z.uuid().optional(),
  submittedAt: z.iso.datetime(),
  rubricHash: z.string(),
  toolVersion: z.string(),
  /** Hash of the evaluator's previous review in the same store; empty for the first. */
  prevHash: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;

/** A review before the store adds the link to the chain. */
export type UnchainedReview = Omit<Review, 'prevHash'>;
