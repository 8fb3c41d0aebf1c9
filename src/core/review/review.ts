import * as z from 'zod';
import { checkReportSchema } from './diagnostic.ts';
import { preferenceSchema, shownPreferenceSchema } from './preference.ts';
import { scoresSchema } from './rubric.ts';
import { runSchema, timingSchema } from './run.ts';
import { caseSchema } from './task.ts';
import { trailSchema } from './trail.ts';

export const flagKinds = [
  'wrong',
  'hallucinated-api',
  'unsafe',
  'misleading',
  'incomplete',
  'ignores-instructions',
] as const;
export type FlagKind = (typeof flagKinds)[number];

/** A fault pinned to lines of one file of one answer. Lines count from 1, both ends included. */
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

/** Why an evaluator submitted against a finding that blocks. */
export const overrideSchema = z.strictObject({ rule: z.string(), reason: z.string().min(1) });

const judgement = {
  taskId: z.string(),
  taskHash: z.string(),
  /** Who judges: an opaque id. */
  evaluator: z.string().min(1),
  /** Answer ids as shown, `[A, B]`. */
  shown: z.array(z.string()).min(1).max(2),
  /** Answer id → criterion id → score. */
  scores: z.record(z.string(), scoresSchema),
  flags: z.array(flagSchema),
  /** Markdown; speaks of the sides as shown. */
  rationale: z.string(),
  /** Cases the evaluator or the difference finder added. */
  cases: z.array(caseSchema),
  /** Answer id → which reading of the answer's files was chosen, where it is not the default one. */
  readings: z.record(z.string(), z.string()),
  overrides: z.array(overrideSchema),
  /** Comparisons of times that were made, the latest of each case; absent where none was. */
  timings: z.array(timingSchema).optional(),
  /** What was looked at and run, in order; absent in records of older versions. */
  trail: trailSchema.optional(),
  /** Time with the panel in front and a sign of life, in milliseconds. */
  activeMs: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
};

/** What an evaluator has done on a task and not submitted. Kept through reload, tab switch and crash. */
export const draftSchema = z.strictObject({
  ...judgement,
  preference: shownPreferenceSchema.nullable(),
  updatedAt: z.iso.datetime(),
});
export type Draft = z.infer<typeof draftSchema>;

/** What an evaluator says instead of judging. */
export const skipSchema = z.strictObject({
  taskId: z.string(),
  evaluator: z.string(),
  reason: z.string().min(1),
  at: z.iso.datetime(),
});
export type Skip = z.infer<typeof skipSchema>;

/** All that an evaluator submits. Append-only: a revision is a new record that names the old. */
export const reviewSchema = z.strictObject({
  ...judgement,
  /** UUID version 7. */
  id: z.uuid(),
  /** `null` where the task asks for no ranking. */
  preference: preferenceSchema.nullable(),
  runs: z.array(runSchema),
  checks: z.array(checkReportSchema),
  ideal: z.string().optional(),
  /** The review this one replaces. */
  revises: z.uuid().optional(),
  submittedAt: z.iso.datetime(),
  rubricHash: z.string(),
  toolVersion: z.string(),
  /** Hash of the evaluator's review before this one in the same store; empty for the first. */
  prevHash: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;

/** A review as it is handed to the store, which adds the link to the chain. */
export type UnchainedReview = Omit<Review, 'prevHash'>;
