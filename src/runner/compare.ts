import { canonicalJson } from '../core/canonicalJson.ts';
import type { Json } from '../core/json.ts';
import type { Comparator } from '../core/task.ts';
import { special, type Special, type WireValue } from './value.ts';

/** Whether an actual output is as expected, and if not, where it first differs. */
export interface Comparison {
  readonly equal: boolean;
  readonly reason?: string;
}

const same: Comparison = { equal: true };

function differs(reason: string): Comparison {
  return { equal: false, reason };
}

/**
 * Holds printed text against the expected text. A `checker` is a program and decides elsewhere: here everything passes.
 * Tolerances are those of `abs(actual - expected) <= atol + rtol * abs(expected)` (NumPy's `isclose`).
 */
export function compareText(comparator: Comparator, expected: string, actual: string): Comparison {
  switch (comparator.kind) {
    case 'exact':
      return expected === actual ? same : compareLists('line', expected.split('\n'), actual.split('\n'));
    case 'trailing-space':
      return compareLists('line', linesOf(expected), linesOf(actual));
    case 'tokens':
      return compareLists('word', wordsOf(expected), wordsOf(actual));
    case 'float':
      return compareLists('word', wordsOf(expected), wordsOf(actual), (a, b) => closeWords(a, b, comparator));
    case 'unordered':
      return compareLists('line, both sorted', linesOf(expected).toSorted(), linesOf(actual).toSorted());
    case 'json':
      return compareJsonText(expected, actual);
    case 'checker':
      return same;
  }
}

/**
 * Holds a function's value against the expected JSON, deeply. 1 equals 1.0; a set equals a list in any order; a tuple is
 * a list; `undefined` equals null; NaN and the infinities equal their names as strings.
 */
export function compareValue(comparator: Comparator, expected: Json, actual: WireValue): Comparison {
  if (typeof expected === 'string' && typeof actual === 'string' && comparesText(comparator)) {
    return compareText(comparator, expected, actual);
  }
  switch (comparator.kind) {
    case 'float':
      return compareDeep(expected, actual, (a, b) => close(a, b, comparator));
    case 'unordered':
      if (!Array.isArray(expected) || !Array.isArray(actual)) return compareDeep(expected, actual, exactly);
      return sameMembers(expected as Json[], actual as WireValue[], exactly);
    case 'checker':
      return same;
    case 'exact':
    case 'trailing-space':
    case 'tokens':
    case 'json':
      return compareDeep(expected, actual, exactly);
  }
}

function comparesText(comparator: Comparator): boolean {
  return (
    comparator.kind === 'trailing-space' || comparator.kind === 'tokens' || comparator.kind === 'unordered'
  );
}

/** Lines without white space at their ends, and without empty lines at the end of all. */
function linesOf(text: string): string[] {
  return text.trimEnd() === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => line.trimEnd());
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function compareLists(
  unit: string,
  expected: readonly string[],
  actual: readonly string[],
  equal: (a: string, b: string) => boolean = (a, b) => a === b,
): Comparison {
  const shorter = Math.min(expected.length, actual.length);
  for (let index = 0; index < shorter; index++) {
    if (!equal(expected[index]!, actual[index]!)) return differs(`${unit} ${index + 1} differs`);
  }
  if (expected.length === actual.length) return same;
  return differs(`${count(expected.length, unit)} expected, ${actual.length} printed`);
}

function count(number: number, unit: string): string {
  const noun = unit.split(',')[0]!;
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function closeWords(expected: string, actual: string, tolerance: { rtol: number; atol: number }): boolean {
  if (expected === actual) return true;
  const [a, b] = [Number(expected), Number(actual)];
  return !Number.isNaN(a) && !Number.isNaN(b) && close(a, b, tolerance);
}

function close(expected: number, actual: number, { rtol, atol }: { rtol: number; atol: number }): boolean {
  if (expected === actual) return true;
  // Nothing is near infinity, although every distance from it is within its multiple.
  return Number.isFinite(expected) && Math.abs(actual - expected) <= atol + rtol * Math.abs(expected);
}

function exactly(expected: number, actual: number): boolean {
  return expected === actual;
}

function compareJsonText(expected: string, actual: string): Comparison {
  let wanted: Json;
  try {
    wanted = JSON.parse(expected) as Json;
  } catch {
    return differs('the expected output of the case is not JSON');
  }
  try {
    return compareDeep(wanted, JSON.parse(actual) as Json, exactly);
  } catch {
    return differs('the output is not JSON');
  }
}

type NumbersEqual = (expected: number, actual: number) => boolean;

/** `path` names the place inside the value for the reason: `[2].name`. */
function compareDeep(expected: Json, actual: WireValue, equal: NumbersEqual, path = ''): Comparison {
  const found = special(actual);
  if (found !== undefined) return compareSpecial(expected, found, equal, path);
  if (typeof expected === 'number' && typeof actual === 'number') {
    return equal(expected, actual) ? same : differs(at(path, 'the number differs'));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return compareArrays(expected, actual, equal, path);
  if (isRecord(expected) && isRecord(actual)) return compareRecords(expected, actual, equal, path);
  if (expected === actual) return same;
  const [wanted, given] = [typeName(expected), typeName(actual)];
  return differs(at(path, wanted === given ? `the ${wanted} differs` : `${given} instead of ${wanted}`));
}

function compareSpecial(expected: Json, found: Special, equal: NumbersEqual, path: string): Comparison {
  switch (found.kind) {
    case 'set':
      return Array.isArray(expected)
        ? sameMembers(expected as Json[], found.items, equal, path)
        : differs(at(path, `a set instead of ${typeName(expected)}`));
    case 'pairs':
      return Array.isArray(expected)
        ? sameMembers(
            expected as Json[],
            found.items.map((pair) => [...pair]),
            equal,
            path,
          )
        : differs(at(path, `a map whose keys are not strings instead of ${typeName(expected)}`));
    case 'empty':
    case 'nothing':
      if (found.kind === 'nothing' && expected === null) return same;
      return compareDeep(expected, Array.isArray(expected) || !isRecord(expected) ? [] : {}, equal, path);
    case 'one':
      return compareDeep(expected, Array.isArray(expected) ? [found.item] : found.item, equal, path);
    case 'scalar':
      return compareScalar(expected, found.text, equal, path);
    case 'undefined':
      return expected === null ? same : differs(at(path, `undefined instead of ${typeName(expected)}`));
    case 'number':
      if (typeof expected === 'number' && equal(expected, Number(found.text))) return same;
      return expected === found.text ? same : differs(at(path, 'the number differs'));
    case 'text':
      return expected === found.text ? same : differs(at(path, `an object instead of ${typeName(expected)}`));
  }
}

/** A text that is also the number it spells, and true unless it is empty or 0, as in Perl and the shell. */
function compareScalar(expected: Json, text: string, equal: NumbersEqual, path: string): Comparison {
  if (typeof expected === 'number') {
    const number = text.trim() === '' ? Number.NaN : Number(text);
    return equal(expected, number) ? same : differs(at(path, 'the number differs'));
  }
  if (typeof expected !== 'boolean') return compareDeep(expected, text, equal, path);
  const words = expected ? ['1', 'true'] : ['', '0', 'false'];
  return words.includes(text.trim()) ? same : differs(at(path, 'the truth value differs'));
}

/** Rows of a query: a number is as good as equal within what engines print; rows in any order unless it is asked for. */
export function compareRows(expected: readonly Json[][], actual: WireValue, ordered: boolean): Comparison {
  if (!Array.isArray(actual)) return differs('no rows came back');
  const equal: NumbersEqual = (a, b) => close(a, b, { rtol: 1e-6, atol: 1e-9 });
  return ordered ? compareDeep(expected, actual, equal) : sameMembers(expected, actual as WireValue[], equal);
}

function compareArrays(
  expected: readonly Json[],
  actual: readonly WireValue[],
  equal: NumbersEqual,
  path: string,
): Comparison {
  if (expected.length !== actual.length) {
    return differs(at(path, `${actual.length} items instead of ${expected.length}`));
  }
  for (const [index, wanted] of expected.entries()) {
    const comparison = compareDeep(wanted, actual[index]!, equal, `${path}[${index}]`);
    if (!comparison.equal) return comparison;
  }
  return same;
}

function compareRecords(
  expected: { readonly [key: string]: Json },
  actual: { readonly [key: string]: Json },
  equal: NumbersEqual,
  path: string,
): Comparison {
  for (const key of Object.keys(expected)) {
    if (!Object.hasOwn(actual, key)) return differs(at(path, `the member "${key}" is missing`));
    const comparison = compareDeep(expected[key]!, actual[key]!, equal, `${path}.${key}`);
    if (!comparison.equal) return comparison;
  }
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  return extra === undefined ? same : differs(at(path, `there is a member "${extra}" too many`));
}

/** Equal as collections without order: every expected item finds a partner of its own. */
/** Members that are looked for among all others one by one, since they are equal only within a tolerance. */
const mostPairwise = 300;

/** The members of both lists that are left when those with the same JSON are taken out in pairs. */
function withoutEqual(
  expected: readonly Json[],
  actual: readonly WireValue[],
): { missing: Json[]; left: WireValue[] } {
  const places = Map.groupBy(actual.keys(), (index) => canonicalJson(actual[index]));
  const taken = new Set<number>();
  const missing = expected.filter((wanted) => {
    const index = places.get(canonicalJson(wanted))?.pop();
    if (index !== undefined) taken.add(index);
    return index === undefined;
  });
  return { missing, left: actual.filter((_, index) => !taken.has(index)) };
}

function sameMembers(
  expected: readonly Json[],
  actual: readonly WireValue[],
  equal: NumbersEqual,
  path = '',
): Comparison {
  if (expected.length !== actual.length) {
    return differs(at(path, `${actual.length} items instead of ${expected.length}`));
  }
  const { missing, left } = withoutEqual(expected, actual);
  // What is equal to the letter is out of the way; to hold every rest against every other would block the host.
  if (missing.length > mostPairwise) return differs(at(path, `${missing.length} items are missing`));
  for (const wanted of missing) {
    const index = left.findIndex((candidate) => compareDeep(wanted, candidate, equal).equal);
    if (index === -1) return differs(at(path, `${JSON.stringify(wanted)} is missing`));
    left.splice(index, 1);
  }
  return same;
}

function at(path: string, what: string): string {
  return path === '' ? what : `${path.replace(/^\./, '')}: ${what}`;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
