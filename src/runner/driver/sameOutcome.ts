import type { Outcome, SameOutcome } from '../../core/differing/outcome.ts';
import type { Comparator } from '../../core/task/task.ts';
import { compareText, compareValue } from '../outcome/compare.ts';
import { plainValue } from '../outcome/value.ts';

/** Without a comparator of the case, fractions that differ this little are the same. */
const usualComparator = { kind: 'float', rtol: 1e-7, atol: 1e-6 } as const satisfies Comparator;

/**
 * How the outcomes of two answers are compared: as the comparator compares an actual with an expected output, in whichever
 * direction makes them equal. A checker accepts several outputs for one input and needs the expected one, so it cannot
 * compare: its cases are compared by default.
 */
export function sameOutcome(given: Comparator | undefined): SameOutcome {
  const comparator = given === undefined || given.kind === 'checker' ? usualComparator : given;
  return (a, b) => {
    if (a.kind === 'long' && b.kind === 'long') return a.size === b.size && a.sum === b.sum;
    if (a.kind === 'text' && b.kind === 'text')
      return a.text === b.text || compareText(comparator, a.text, b.text).equal;
    if (a.kind === 'value' && b.kind === 'value') return sameValue(comparator, a, b);
    return a.kind === b.kind ? undefined : false;
  };
}

type ValueOutcome = Extract<Outcome, { kind: 'value' }>;

function sameValue(
  comparator: Comparator,
  { value: a }: ValueOutcome,
  { value: b }: ValueOutcome,
): boolean | undefined {
  if (JSON.stringify(a) === JSON.stringify(b)) return true;
  const [plainA, plainB] = [plainValue(a), plainValue(b)];
  const compared = [compareValue(comparator, plainA, b), compareValue(comparator, plainB, a)];
  if (compared.some(({ equal }) => equal)) return true;
  if (!compared.every(({ incomparable }) => incomparable)) return false;
  return JSON.stringify(plainA) === JSON.stringify(plainB) ? true : undefined;
}
