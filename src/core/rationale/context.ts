import type { Diagnostic } from '../diagnostic.ts';
import type { ShownPreference, Side } from '../preference.ts';
import type { Rubric, Scores } from '../rubric.ts';
import type { CaseResult } from '../run.ts';

/** How many of the author's own rationales a new one is held against. */
export const recentRationales = 50;

/** A file of one answer as it is shown. */
export interface ShownFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** All that a rationale is held against. Sides, never answer ids: a rationale is written blind. */
export interface RationaleContext {
  /** Whether it is asked which answer is better. */
  readonly ranked: boolean;
  readonly shown: ShownPreference | null;
  readonly rubric: Rubric;
  readonly scores: Readonly<Partial<Record<Side, Scores>>>;
  readonly prompt: string;
  /** The sides that are shown, with their files; `text` is the whole answer as it is shown. */
  readonly answers: readonly {
    readonly side: Side;
    readonly files: readonly ShownFile[];
    readonly text: string;
  }[];
  readonly cases: readonly { readonly id: string; readonly title?: string | undefined }[];
  readonly results: Readonly<Partial<Record<Side, readonly CaseResult[]>>>;
  readonly diagnostics: Readonly<Partial<Record<Side, readonly Diagnostic[]>>>;
  /** How many hunks the difference of A and B has. */
  readonly hunks: number;
  /** What the same author wrote of other tasks, the latest first; at most `recentRationales` of them. */
  readonly recent: readonly string[];
}

/** Ids of the cases that one side passes and the other does not. */
export function splittingIn(context: Pick<RationaleContext, 'results'>): string[] {
  const passedByB = new Map(context.results.B?.map(({ caseId, verdict }) => [caseId, verdict === 'pass']));
  return (context.results.A ?? [])
    .filter(({ caseId, verdict }) => passedByB.has(caseId) && passedByB.get(caseId) !== (verdict === 'pass'))
    .map(({ caseId }) => caseId);
}
