import type { Json } from '../text/json.ts';

/** What a program did with one input. `ms` is processor time. */
export type Outcome =
  /** It returned. The value has the form that the wrappers write; see `runner/outcome/value.ts`. */
  | { readonly kind: 'value'; readonly value: Json; readonly ms: number }
  /** It printed this and ended with success. */
  | { readonly kind: 'text'; readonly text: string; readonly ms: number }
  /** It returned or printed something long, of which there is the start and a checksum. */
  | {
      readonly kind: 'long';
      readonly head: string;
      readonly size: number;
      readonly sum: number;
      readonly ms: number;
    }
  /** It ended with an error; `error` is its name, or how the program ended. */
  | { readonly kind: 'crash'; readonly error: string; readonly message: string }
  /** It ran into the limit of time, memory or output. */
  | { readonly kind: 'limit'; readonly limit: 'time' | 'memory' | 'output' }
  /** Nothing is known, because the value has no form that can be compared, or the machine failed. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** How two answers differ on an input, the most telling first. */
export const differenceClasses = ['value', 'crash', 'timeout', 'slow'] as const;
export type DifferenceClass = (typeof differenceClasses)[number];

/** Two answers' outcomes on the same input. */
export interface OutcomePair {
  readonly a: Outcome;
  readonly b: Outcome;
}

/** Compares two values or texts; `undefined` if they cannot be compared. */
export type SameOutcome = (a: Outcome, b: Outcome) => boolean | undefined;

/** How many times longer the slow answer takes, and how long at least, in milliseconds. */
const slowRatio = 10;
const slowMs = 20;

/** The class of the difference between two outcomes; `undefined` if they are equal. All errors count as equal. */
export function classOf({ a, b }: OutcomePair, same: SameOutcome): DifferenceClass | undefined {
  const [one, other] = [phaseOf(a), phaseOf(b)];
  if (one === 'unknown' || other === 'unknown') return undefined;
  if (one === 'done' && other === 'done') return same(a, b) === false ? 'value' : slowness(a, b);
  if (one === other) return undefined;
  return one === 'limit' || other === 'limit' ? 'timeout' : 'crash';
}

function slowness(a: Outcome, b: Outcome): 'slow' | undefined {
  if (!('ms' in a) || !('ms' in b)) return undefined;
  const [fast, slow] = a.ms < b.ms ? [a.ms, b.ms] : [b.ms, a.ms];
  return slow >= slowMs && slow >= slowRatio * fast ? 'slow' : undefined;
}

/** Whether a program finished, failed or was stopped. */
export function phaseOf({ kind }: Outcome): 'done' | 'crash' | 'limit' | 'unknown' {
  return kind === 'value' || kind === 'text' || kind === 'long' ? 'done' : kind;
}
