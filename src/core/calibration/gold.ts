import * as z from 'zod';
import { tiebreakError } from '../errors.ts';
import { preferenceSchema, type Preference } from '../task/preference.ts';
import { schemaFault } from '../text/schemaFault.ts';
import type { Task } from '../task/task.ts';

/** What a gold task is for: to measure, to teach (the reference is shown afterwards), or to admit an evaluator. */
export const goldUses = ['calibration', 'training', 'qualification'] as const;
export type GoldUse = (typeof goldUses)[number];
/** A withdrawn verdict is recorded with the use `none`. */
export type GoldDecided = GoldUse | 'none';

/** The reference verdict of a task, decided here. Append-only: a later verdict names the verdict that it replaces. */
export const goldVerdictSchema = z.strictObject({
  id: z.uuid(),
  taskId: z.string(),
  taskHash: z.string(),
  /** The person who decided the verdict: an opaque id. */
  author: z.string().min(1),
  /** By answer id. */
  preference: preferenceSchema,
  /** The reason for the verdict; shown to the evaluator after a training task. */
  rationale: z.string().min(1),
  /** The order in which the rationale calls the answers A and B. */
  shown: z.array(z.string()).optional(),
  use: z.enum([...goldUses, 'none']),
  /** The settlement from which the verdict was taken. */
  settlement: z.uuid().optional(),
  revises: z.uuid().optional(),
  submittedAt: z.iso.datetime(),
  toolVersion: z.string(),
  prevHash: z.string(),
});
export type GoldVerdict = z.infer<typeof goldVerdictSchema>;

/**
 * How gold tasks and hidden duplicates are mixed in, and the pass mark of the qualification. Shares are 0 to 1; at 0 gold
 * tasks are treated like ordinary tasks.
 */
export const calibrationSettingsSchema = z.strictObject({
  goldShare: z.number().min(0).max(0.5).default(0),
  duplicateShare: z.number().min(0).max(0.5).default(0),
  /** Minimum number of tasks between a task and its swapped duplicate. */
  duplicateGap: z.int().positive().default(10),
  /** Required share of correct verdicts in the qualification set. */
  passMark: z.number().min(0).max(1).default(0.8),
  seed: z.string().default('tiebreak'),
});
export type CalibrationSettings = z.infer<typeof calibrationSettingsSchema>;

/** Validates the user's settings. Throws `setting-wrong`, which names the first invalid setting. */
export function readCalibrationSettings(values: unknown): CalibrationSettings {
  const { data, error } = calibrationSettingsSchema.safeParse(values);
  if (data !== undefined) return data;
  const remedy = 'Correct it in the settings';
  const fault = schemaFault(error, values, { '': remedy });
  throw tiebreakError('setting-wrong', { what: fault.reason, where: 'tiebreak.calibration', remedy });
}

/** The known verdict of a task. */
export interface GoldReference {
  readonly preference: Preference;
  readonly rationale: string | undefined;
  /** The order in which the rationale calls the answers A and B, if it is known. */
  readonly shown?: readonly string[];
  readonly use: GoldUse;
}

/**
 * Task id → reference: the last verdict decided here on this version of the task, else the task's own verdict, which is
 * for calibration. Ignores a verdict that was withdrawn or names an unknown answer.
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

/** Whether a verdict is valid for the task: it names no answer, or an answer of the task. */
export function fits(preference: Preference, { answers }: Task): boolean {
  return preference.kind !== 'better' || answers.some(({ id }) => id === preference.winner);
}

function referenceOf({ preference, rationale, shown, use }: GoldVerdict): GoldReference | undefined {
  return use === 'none' ? undefined : { preference, rationale, use, ...(shown && { shown }) };
}

/** The task's own verdict; its answers are A and B in the order of the file. */
function ownReference(
  { answers }: Task,
  { preference, rationale }: NonNullable<Task['gold']>,
): GoldReference {
  return { preference, rationale, use: 'calibration', shown: answers.map(({ id }) => id) };
}

/** Whether a verdict agrees with the reference. Ignores the strength. */
export function isGoldMet(verdict: Preference | null, reference: Preference): boolean {
  if (verdict?.kind === 'better' && reference.kind === 'better') return verdict.winner === reference.winner;
  return verdict?.kind === reference.kind;
}
