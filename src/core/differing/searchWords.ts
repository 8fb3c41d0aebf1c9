import type { CaseResult } from '../run/run.ts';
import type { Side } from '../task/side.ts';
import { clipped } from '../task/title.ts';
import type { Case } from '../task/task.ts';
import { visibleJson, visibleLine } from '../text/visible.ts';
import type { Search } from './searchRecord.ts';

/** Longest input or result in a text, in characters. */
const longest = 60;

/** `12,480 inputs tried`. */
export function triedText(pairs: number): string {
  return `${pairs.toLocaleString('en')} ${pairs === 1 ? 'input' : 'inputs'} tried`;
}

/** `no difference`, `1 difference`, `2 differences`. */
export function foundText(count: number): string {
  return count === 0 ? 'no difference' : `${count} ${count === 1 ? 'difference' : 'differences'}`;
}

/** What a search tried and found: `12,480 inputs tried, seed 7: no difference`. */
export function searchText({
  pairs,
  seed,
  cancelled,
  witnesses,
}: Pick<Search, 'pairs' | 'seed' | 'cancelled'> & { readonly witnesses: readonly unknown[] }): string {
  const stopped = cancelled ? ', stopped' : '';
  return `${triedText(pairs)}, seed ${seed}${stopped}: ${foundText(witnesses.length)}`;
}

/** An input and what both answers did with it: `[1, 2]: A 3, B IndexError`. */
export function witnessText(testCase: Case, results: Readonly<Partial<Record<Side, CaseResult>>>): string {
  const ends = Object.entries(results).map(([side, result]) => `${side} ${endOf(result)}`);
  return `${inputOf(testCase)}: ${ends.join(', ')}`;
}

function inputOf(testCase: Case): string {
  if (testCase.kind === 'call') return brief(testCase.args.map((arg) => visibleJson(arg)).join(', '));
  return brief(testCase.kind === 'stdin' ? visibleJson(testCase.input) : testCase.id);
}

function endOf({ verdict, reason, actual }: CaseResult): string {
  if ((verdict === 'pass' || verdict === 'fail') && actual !== undefined) return brief(visibleJson(actual));
  return brief(reason ?? verdict);
}

function brief(text: string): string {
  return clipped(visibleLine(text), longest);
}
