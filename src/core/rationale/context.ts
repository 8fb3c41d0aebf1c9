import type { Diagnostic } from '../run/diagnostic.ts';
import type { ShownPreference } from '../task/preference.ts';
import type { Side } from '../task/side.ts';
import type { Rubric, Scores } from '../task/rubric.ts';
import type { CaseResult } from '../run/run.ts';

/** A new rationale is compared with this many of the author's own rationales. */
export const recentRationales = 50;

/** A file of an answer as shown. */
export interface ShownFile {
  readonly path: string;
  readonly lines: readonly string[];
}

/** A search for inputs on which A and B differ. */
export interface SearchFacts {
  /** By which it is cited. */
  readonly number: number;
  /** What was tried and found. */
  readonly text: string;
  /** The inputs on which they differ, in order. */
  readonly witnesses: readonly {
    /** The input and what both answers did. */
    readonly text: string;
    /** The evaluator says that the prompt does not allow the input. */
    readonly isExcluded: boolean;
  }[];
}

/** Everything that a rationale is checked against. Has sides, never answer ids: a rationale is written blind. */
export interface RationaleContext {
  /** Whether the task asks which answer is better. */
  readonly ranked: boolean;
  readonly shown: ShownPreference | null;
  readonly rubric: Rubric;
  readonly scores: Readonly<Partial<Record<Side, Scores>>>;
  readonly prompt: string;
  /** The shown sides with their files; `text` is the whole answer as shown. */
  readonly answers: readonly {
    readonly side: Side;
    readonly files: readonly ShownFile[];
    readonly text: string;
  }[];
  readonly cases: readonly { readonly id: string; readonly title?: string | undefined }[];
  readonly results: Readonly<Partial<Record<Side, readonly CaseResult[]>>>;
  readonly diagnostics: Readonly<Partial<Record<Side, readonly Diagnostic[]>>>;
  /** Number of hunks in the diff of A and B. */
  readonly hunks: number;
  /** The searches for differences of the answers as they are read now. */
  readonly searches: readonly SearchFacts[];
  /** The same author's rationales for other tasks, newest first; at most `recentRationales`. */
  readonly recent: readonly string[];
}

/** Ids of the cases that one side passes and the other does not. */
export function splittingIn(context: Pick<RationaleContext, 'results'>): string[] {
  const passedByB = new Map(context.results.B?.map(({ caseId, verdict }) => [caseId, verdict === 'pass']));
  return (context.results.A ?? [])
    .filter(({ caseId, verdict }) => passedByB.has(caseId) && passedByB.get(caseId) !== (verdict === 'pass'))
    .map(({ caseId }) => caseId);
}
