import { diffLines } from 'diff';
import * as z from 'zod';
import { runSchema, type Run } from '../run/run.ts';
import { sourceFileSchema, type SourceFile } from '../task/task.ts';

/** The proof of an ideal: cases that a weak answer fails, or a written reason why no such case exists. */
export const proofSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('cases'), cases: z.array(z.string()).min(1) }),
  z.strictObject({ by: z.literal('reason'), reason: z.string().min(1) }),
]);
export type Proof = z.infer<typeof proofSchema>;

/** A trainer's solution. Append-only: a later ideal names the ideal that it replaces. */
export const idealSchema = z.strictObject({
  id: z.uuid(),
  taskId: z.string(),
  taskHash: z.string(),
  /** The trainer: an opaque id. */
  author: z.string().min(1),
  files: z.array(sourceFileSchema).min(1),
  /** The answer it started from; `null` for an empty file. */
  startedFrom: z.string().nullable(),
  /** Markdown: what was changed and why. */
  notes: z.string(),
  references: z.array(z.strictObject({ title: z.string().min(1), url: z.url().optional() })),
  /** Runs of the ideal and of the answers on the cases that prove it. */
  runs: z.array(runSchema),
  proof: proofSchema,
  revises: z.uuid().optional(),
  activeMs: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  submittedAt: z.iso.datetime(),
  toolVersion: z.string(),
  prevHash: z.string(),
});
export type Ideal = z.infer<typeof idealSchema>;

/** Whether an ideal is proved, with the proof; otherwise what is missing, as a sentence without a final full stop. */
export type Proving =
  { readonly isProved: true; readonly proof: Proof } | { readonly isProved: false; readonly missing: string };

type ProvingRun = Pick<Run, 'results' | 'cancelled' | 'casesHash'>;

/**
 * An ideal is proved when it passes every case and a weak answer fails at least one of the same cases, or when the trainer
 * says in writing why no such case exists. A case that the sandbox could not run does not count as failed.
 */
export function proveIdeal(ideal: ProvingRun | undefined, weak: readonly ProvingRun[], reason = ''): Proving {
  if (ideal === undefined || ideal.results.length === 0) return missing('the ideal was not run on any case');
  if (ideal.cancelled) return missing('the run of the ideal was stopped');
  const failing = ideal.results.filter(({ verdict }) => verdict !== 'pass').map(({ caseId }) => caseId);
  if (failing.length > 0) return missing(`the ideal does not pass ${failing.join(', ')}`);
  const cases = casesFailedBy(weak.filter(({ casesHash }) => casesHash === ideal.casesHash));
  if (cases.length > 0) return { isProved: true, proof: { by: 'cases', cases } };
  if (reason.trim() !== '') return { isProved: true, proof: { by: 'reason', reason: reason.trim() } };
  return missing('a weak answer fails no case, and no reason says why no such case exists');
}

function missing(what: string): Proving {
  return { isProved: false, missing: what };
}

function casesFailedBy(runs: readonly ProvingRun[]): string[] {
  const failed = runs.flatMap(({ results }) =>
    results
      .filter(({ verdict }) => verdict !== 'pass' && verdict !== 'unsupported')
      .map(({ caseId }) => caseId),
  );
  return [...new Set(failed)];
}

/** The distance of an ideal from its start, in lines. */
export interface EditDistance {
  readonly added: number;
  readonly removed: number;
  /** Share of the start's lines that are kept, from 0 to 1; 0 for an empty start. */
  readonly kept: number;
}

/** Compares the ideal's files with the start's files by path; a file on only one side counts in full. */
export function editDistance(start: readonly SourceFile[], ideal: readonly SourceFile[]): EditDistance {
  const before = new Map(start.map(({ path, text }) => [path, text]));
  const after = new Map(ideal.map(({ path, text }) => [path, text]));
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((path) =>
    diffLines(before.get(path) ?? '', after.get(path) ?? ''),
  );
  const count = (pick: (change: (typeof changes)[number]) => boolean): number =>
    changes.filter(pick).reduce((sum, change) => sum + change.count, 0);
  const removed = count(({ removed: is }) => is);
  const same = count((change) => !change.added && !change.removed);
  return {
    added: count(({ added: is }) => is),
    removed,
    kept: same + removed === 0 ? 0 : same / (same + removed),
  };
}
