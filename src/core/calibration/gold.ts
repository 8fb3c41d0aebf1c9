import * as z from 'zod';
import { tiebreakError } from './errors.ts';
import { preferenceSchema, type Preference } from './preference.ts';
import { schemaFault } from './schemaFault.ts';
import type { Task } from './task.ts';

/** What a gold task is for: to measure, to teach (the reference is shown afterwards), or to admit an evaluator. */
export const goldUses = ['calibration', 'training', 'qualification'] as const;
export type GoldUse = (typeof goldUses)[number];
/** A verdict that is taken back is recorded as one that is of no use. */
export type GoldDecided = GoldUse | 'none';

/** The reference verdict of a task, decided here. Append-only: a later one names the one it replaces. */
export const goldVerdictSchema = z.strictObject({
  id: z.uuid(),
  taskId: z.string(),
  taskHash: z.string(),
  /** Who decided it: an opaque id. */
  author: z.string().min(1),
  /** By answer id. */
  preference: preferenceSchema,
  /** Why; shown to the evaluator after a gold task in training. */
  rationale: z.string().min(1),
  /** The order of the answers in which the rationale calls them A and B. */
  shown: z.array(z.string()).optional(),
  use: z.enum([...goldUses, 'none']),
  /** The settlement it was taken from. */
  settlement: z.uuid().optional(),
  revises: z.uuid().optional(),
  submittedAt: z.iso.datetime(),
  toolVersion: z.string(),
  prevHash: z.string(),
});
export type GoldVerdict = z.infer<typeof goldVerdictSchema>;

/**
 * How gold tasks and hidden duplicates are mixed in, and what is asked of an evaluator. Shares from 0 to 1; at 0 gold
 * tasks are work like any other.
 */
export const calibrationSettingsSchema = z.strictObject({
  goldShare: z.number().min(0).max(0.5).default(0),
  duplicateShare: z.number().min(0).max(0.5).default(0),
  /** How many tasks lie at least between a task and its swapped duplicate. */
  duplicateGap: z.int().positive().default(10),
  /** The share of the qualification set that must be right. */
  passMark: z.number().min(0).max(1).default(0.8),
  seed: z.string().default('tiebreak'),
});
export type CalibrationSettings = z.infer<typeof calibrationSettingsSchema>;

/** The settings as a person wrote them. Throws `setting-wrong`, which names the first that cannot be. */
export function readCalibrationSettings(values: unknown): CalibrationSettings {
  const { data, error } = calibrationSettingsSchema.safeParse(values);
  if (data !== undefined) return data;
  const mend = 'Correct it in the settings';
  const fault = schemaFault(error, values, { '': mend });
  throw tiebreakError('setting-wrong', { what: fault.reason, where: 'tiebreak.calibration', mend });
}

/** What is known of a task's verdict beforehand. */
export interface GoldReference {
  readonly preference: Preference;
  readonly rationale: string | undefined;
  /** The order of the answers in which the rationale calls them A and B, where that is known. */
  readonly shown?: readonly string[];
  readonly use: GoldUse;
}

/**
 * Task id → reference: the last verdict decided here that holds for the task as it is, else the one that the task
 * brings along, which is for calibration. One on an answer that the task does not have is none, nor is one taken back.
 */
export function goldReferences(
  tasks: readonly { readonly task: Task; readonly hash: string }[],
  verdicts: readonly GoldVerdict[],
): Map<string, GoldReference> {
  const references = new Map<string, GoldReference>();
  const decided = new Map(verdicts.map((verdict) => [`${verdict.taskId} ${verdict.taskHash}`, verdict]));
  for (const { task, hash } of tasks) {
    const verdict = decided.get(`${task.id} ${hash}`);
    const reference: GoldReference | undefined =
      verdict === undefined ? task.gold && ownReference(task, task.gold) : referenceOf(verdict);
    if (reference !== undefined && fits(reference.preference, task)) references.set(task.id, reference);
  }
  return references;
}

/** Whether a verdict can be one on the task: it names one of its answers, or none. */
export function fits(preference: Preference, { answers }: Task): boolean {
  return preference.kind !== 'better' || answers.some(({ id }) => id === preference.winner);
}

function referenceOf({ preference, rationale, shown, use }: GoldVerdict): GoldReference | undefined {
  return use === 'none' ? undefined : { preference, rationale, use, ...(shown && { shown }) };
}

/** What a task brings along; its answers are A and B in the order of its file. */
function ownReference(
  { answers }: Task,
  { preference, rationale }: NonNullable<Task['gold']>,
): GoldReference {
  return { preference, rationale, use: 'calibration', shown: answers.map(({ id }) => id) };
}

/** Whether a verdict is that of the reference. How strong it is does not matter. */
export function isGoldMet(verdict: Preference | null, reference: Preference): boolean {
  if (verdict?.kind === 'better' && reference.kind === 'better') return verdict.winner === reference.winner;
  return verdict?.kind === reference.kind;
}
