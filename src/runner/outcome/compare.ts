import { isNumber, parseJson, type JsonNumber } from '../../core/text/exactNumber.ts';
import { isRecord, type Json } from '../../core/text/json.ts';
import type { Comparator } from '../../core/task/task.ts';
import type { Tolerance } from './likeness.ts';
import { unmatchedItems, type ItemRules } from './matching.ts';
import { doubleIn, integerIn, isExactly, sameInteger } from './numbers.ts';
import {
  firstUnconverted,
  hasUncertain,
  hasWays,
  inWords,
  inWay,
  maxWays,
  namedMembers,
  plainValue,
  special,
  type Special,
  type WireValue,
} from './value.ts';

/** Whether the actual output equals the expected output and, if not, where they first differ. */
export interface Equality {
  readonly equal: boolean;
  /** The actual value has no JSON form that can be compared, so they are neither equal nor different. */
  readonly incomparable?: true;
  /** Why they differ; or that they are equal only within the tolerance that values have by default. */
  readonly reason?: string;
}

const same: Equality = { equal: true };

function differs(reason: string): Equality {
  return { equal: false, reason };
}

function incomparable(reason: string): Equality {
  return { equal: false, incomparable: true, reason };
}

/**
 * Compares printed text with the expected text. A `checker` comparator always passes here: its program
 * decides later. A number is within the tolerance if `abs(actual - expected) <= atol + rtol * abs(expected)`
 * (NumPy's `isclose`).
 */
export function compareText(comparator: Comparator, expected: string, actual: string): Equality {
  switch (comparator.kind) {
    case 'exact':
      return expected === actual ? same : compareLists('line', expected.split('\n'), actual.split('\n'));
    case 'trailing-space':
      return compareLists('line', linesOf(expected), linesOf(actual));
    case 'tokens':
      return compareLists('word', wordsOf(expected), wordsOf(actual), (a, b) => sameWord(a, b, comparator));
    case 'float':
      return compareLists('word', wordsOf(expected), wordsOf(actual), (a, b) => closeWords(a, b, comparator));
    case 'unordered':
      return compareUnorderedLines(linesOf(expected), linesOf(actual));
    case 'json':
      return compareJsonText(expected, actual);
    case 'checker':
      return same;
  }
}

/**
 * Compares a function's value with the expected JSON, deeply. A fraction equals one within `defaultTolerance`, and the
 * result says so; `true` is not 1; 1 equals 1.0; integers are compared exactly, whatever their
 * length; a set equals a list in any order; a tuple equals a list; `undefined` equals null; NaN and the infinities equal
 * their names as strings. A value that contains something without a JSON form is incomparable.
 */
export function compareValue(comparator: Comparator, expected: Json, actual: WireValue): Equality {
  if (typeof expected === 'string' && typeof actual === 'string' && comparesText(comparator)) {
    return compareText(comparator, expected, actual);
  }
  switch (comparator.kind) {
    case 'float':
      return compareDeep(expected, actual, numberRules(comparator));
    case 'unordered':
      return byDefault((rules) => compareUnordered(expected, actual, rules));
    case 'checker':
      return comparableByChecker(actual);
    case 'exact':
    case 'trailing-space':
    case 'tokens':
    case 'json':
      return byDefault((rules) => compareDeep(expected, actual, rules));
  }
}

/** How far a fraction may be from the expected number without a comparator that says so: 0.1 + 0.2 is 0.3. */
const defaultTolerance: Tolerance = { rtol: 1e-9, atol: 1e-12 };

/** Compares within the default tolerance. Values that are equal only within it have a reason that says so. */
function byDefault(compare: (rules: NumberRules) => Equality): Equality {
  const rules = numberRules(defaultTolerance);
  const compared = compare(rules);
  return compared.equal && rules.effort.close ? { ...compared, reason: 'equal within 1e-9' } : compared;
}

/** A checker reads JSON. */
function comparableByChecker(actual: WireValue): Equality {
  const found = firstUnconverted(actual);
  return found === undefined ? same : withoutForm(found);
}

function withoutForm(what: string, path = ''): Equality {
  return incomparable(at(path, `JSON has no form for ${what}`));
}

function compareUnordered(expected: Json, actual: WireValue, rules: NumberRules): Equality {
  const found = special(actual);
  const items = found?.kind === 'named' ? found.items : actual;
  if (!Array.isArray(expected) || !Array.isArray(items)) return compareDeep(expected, actual, rules);
  const compared = sameMembers(expected as Json[], items as WireValue[], rules);
  const hasLists = (expected as Json[]).some((item) => Array.isArray(item));
  return compared.equal || compared.incomparable || !hasLists
    ? compared
    : differs(`${compared.reason}; lists inside the list are compared in order`);
}

function comparesText(comparator: Comparator): boolean {
  return (
    comparator.kind === 'trailing-space' || comparator.kind === 'tokens' || comparator.kind === 'unordered'
  );
}

/** The lines of a text without trailing whitespace and without trailing empty lines. */
function linesOf(text: string): string[] {
  const trimmed = text.trimEnd();
  return trimmed === '' ? [] : trimmed.split('\n').map((line) => line.trimEnd());
}

function wordsOf(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}

function compareLists(
  unit: string,
  expected: readonly string[],
  actual: readonly string[],
  equal: (a: string, b: string) => boolean = (a, b) => a === b,
): Equality {
  const shorter = Math.min(expected.length, actual.length);
  for (let index = 0; index < shorter; index++) {
    if (!equal(expected[index]!, actual[index]!)) return differs(`${unit} ${index + 1} differs`);
  }
  return expected.length === actual.length ? same : differentLength(unit, expected, actual);
}

function differentLength(unit: string, expected: readonly string[], actual: readonly string[]): Equality {
  return differs(`${count(expected.length, unit)} expected, ${actual.length} printed`);
}

/** Compares as if both lists were sorted, but counts equal lines, which takes linear time. */
function compareUnorderedLines(expected: readonly string[], actual: readonly string[]): Equality {
  const surplus = new Map<string, number>();
  const add = (line: string | undefined, number: number): void => {
    if (line !== undefined) surplus.set(line, (surplus.get(line) ?? 0) + number);
  };
  for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
    if (expected[index] === actual[index]) continue;
    add(expected[index], 1);
    add(actual[index], -1);
  }
  const first = leastUnequal(surplus);
  if (first === undefined) return same;
  // Up to here, the sorted lists are equal.
  const equal = Math.min(countUpTo(expected, first), countUpTo(actual, first));
  return equal === Math.min(expected.length, actual.length)
    ? differentLength('line', expected, actual)
    : differs(`line, both sorted ${equal + 1} differs`);
}

/** The first line, in the order of sorting, that one list has more often than the other. */
function leastUnequal(surplus: ReadonlyMap<string, number>): string | undefined {
  let least: string | undefined;
  for (const [line, number] of surplus) {
    if (number !== 0 && (least === undefined || line < least)) least = line;
  }
  return least;
}

function countUpTo(lines: readonly string[], last: string): number {
  let found = 0;
  for (const line of lines) if (line <= last) found += 1;
  return found;
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/**
 * Whether two words are the same, or are numbers within the tolerance. Numbers are in decimal notation. Two
 * integers are compared exactly, whatever their length. "inf" and "nan" are equal in every spelling.
 */
function closeWords(expected: string, actual: string, rules: Tolerance & IgnoresCase): boolean {
  if (sameWord(expected, actual, rules)) return true;
  if (!decimal.test(expected) || !decimal.test(actual)) {
    const named = namedNumber(expected);
    return named !== undefined && named === namedNumber(actual);
  }
  if (whole.test(expected) && whole.test(actual)) return sameInteger(expected, actual);
  return close(Number(expected), Number(actual), rules);
}

interface IgnoresCase {
  readonly ignoreCase?: boolean | undefined;
}

function sameWord(expected: string, actual: string, { ignoreCase = false }: IgnoresCase): boolean {
  return expected === actual || (ignoreCase && expected.toLowerCase() === actual.toLowerCase());
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const whole = /^[+-]?\d+$/;

/** One spelling for infinity and for "not a number": languages print them differently. */
function namedNumber(word: string): string | undefined {
  const [, sign = '', name = ''] =
    /^([+-]?)(inf|infinity|nan|1\.#inf|1\.#ind|1\.#qnan)(?:\(\w*\))?$/i.exec(word) ?? [];
  if (name === '') return undefined;
  return /inf$|infinity/i.test(name) ? `${sign === '-' ? '-' : ''}infinity` : 'nan';
}

function close(expected: number, actual: number, { rtol, atol }: Tolerance): boolean {
  if (expected === actual) return true;
  // With an infinite expected value, every distance would be within `rtol`: only equal infinities match.
  return Number.isFinite(expected) && Math.abs(actual - expected) <= atol + rtol * Math.abs(expected);
}

function compareJsonText(expected: string, actual: string): Equality {
  let wanted: Json;
  try {
    wanted = parseJson(expected) as Json;
  } catch {
    return differs('the expected output of the case is not JSON');
  }
  try {
    const given = parseJson(actual) as Json;
    return byDefault((rules) => compareDeep(wanted, given, rules));
  } catch {
    return differs('the output is not JSON');
  }
}

/** The rules for comparing numbers within one value. */
interface NumberRules extends Pick<ItemRules, 'effort'> {
  readonly tolerance: Tolerance;
}

function numberRules(tolerance: Tolerance = { rtol: 0, atol: 0 }): NumberRules {
  return { tolerance, effort: { compared: 0, searching: false, close: false } };
}

/** `path` is the place inside the value, for the reason: `[2].name`. */
function compareDeep(expected: Json, actual: WireValue, rules: NumberRules, path = ''): Equality {
  const found = special(actual);
  if (found !== undefined) return compareSpecial(expected, found, rules, path);
  if (isNumber(expected) && isNumber(actual)) return compareNumbers(expected, String(actual), rules, path);
  if (Array.isArray(expected) && Array.isArray(actual)) return compareArrays(expected, actual, rules, path);
  if (isRecord(expected) && isRecord(actual)) return compareRecords(expected, actual, rules, path);
  if (expected === actual) return same;
  const [wanted, given] = [typeName(expected), typeName(actual)];
  return differs(at(path, wanted === given ? `the ${wanted} differs` : `${given} instead of ${wanted}`));
}

function compareSpecial(expected: Json, found: Special, rules: NumberRules, path: string): Equality {
  switch (found.kind) {
    case 'set':
      return Array.isArray(expected)
        ? sameMembers(expected as Json[], found.items, rules, path)
        : differs(at(path, `a set instead of ${typeName(expected)}`));
    case 'pairs':
      return comparePairs(expected, found.items, rules, path);
    case 'empty':
    case 'nothing':
      if (found.kind === 'nothing' && expected === null) return same;
      return compareDeep(expected, Array.isArray(expected) || !isRecord(expected) ? [] : {}, rules, path);
    case 'one':
      return compareDeep(expected, Array.isArray(expected) ? [found.item] : found.item, rules, path);
    case 'scalar':
      return compareScalar(expected, found.text, rules, path);
    case 'undefined':
      return expected === null ? same : differs(at(path, `undefined instead of ${typeName(expected)}`));
    case 'number':
      if (isNumber(expected)) return compareNumbers(expected, found.text, rules, path);
      return expected === found.text ? same : differs(at(path, 'the number differs'));
    case 'either':
      return compareWays(expected, found.ways, rules, path);
    case 'named': {
      const { items } = found;
      return isRecord(expected)
        ? compareRecords(expected, namedMembers(found), rules, path)
        : compareDeep(expected, [...items], rules, path);
    }
    case 'own':
      return compareOwn(expected, found, rules, path);
    case 'unconverted':
      return expected === found.text ? same : withoutForm(inWords(found), path);
  }
}

/** A map, as a list of pairs in any order, or as an object if each key is a text or a number. */
function comparePairs(
  expected: Json,
  pairs: readonly (readonly [WireValue, WireValue])[],
  rules: NumberRules,
  path: string,
): Equality {
  const keys = pairs.map(([key]) => plainValue(key));
  if (Array.isArray(expected)) {
    const items = pairs.map((pair) => [...pair]);
    return sameMembers(expected as Json[], items, rules, path);
  }
  if (!isRecord(expected)) return differs(at(path, `a map instead of ${typeName(expected)}`));
  const names = keys.map((key) =>
    isNumber(key) || typeof key === 'string' ? String(key) : JSON.stringify(key),
  );
  if (new Set(names).size < pairs.length || keys.some((key) => Array.isArray(key) || isRecord(key)))
    return incomparable(
      at(path, 'the keys of the map are not texts: write the expected value as a list of pairs'),
    );
  const members = Object.fromEntries(pairs.map(([, member], index) => [names[index]!, member]));
  return compareRecords(expected, members, rules, path);
}

/** Equal if one of the ways to write the value is; else the difference to the way with the expected type. */
function compareWays(expected: Json, ways: readonly WireValue[], rules: NumberRules, path: string): Equality {
  const compared = ways.map((way) => compareDeep(expected, way, rules, path));
  const alike = ways.findIndex((way) => typeName(plainValue(way)) === typeName(expected));
  return compared.find(({ equal }) => equal) ?? compared[Math.max(0, alike)]!;
}

/**
 * An object of a class of the answer equals an object with its public fields, and the text as which its class
 * displays it. It says nothing about the answer
 * if the expected value is anything else: only the author of the case knows what it would have to be.
 */
function compareOwn(
  expected: Json,
  { type, members, text }: Extract<Special, { kind: 'own' }>,
  rules: NumberRules,
  path: string,
): Equality {
  if (text !== undefined && expected === text) return same;
  const names = Object.keys(members);
  const comparable =
    isRecord(expected) &&
    names.length === Object.keys(expected).length &&
    names.every((name) => Object.hasOwn(expected, name));
  if (comparable) return compareRecords(expected, members, rules, path);
  const wanted = isRecord(expected)
    ? `has the members ${Object.keys(expected).join(', ') || '(none)'}`
    : `is of the type ${typeName(expected)}`;
  const fields = `an object of the type ${type} with the public fields ${names.join(', ')}`;
  return incomparable(at(path, `it returned ${fields}; the expected value ${wanted}`));
}

/** `actual` is a number as its language writes it. */
function compareNumbers(
  expected: JsonNumber,
  actual: string,
  { tolerance, effort }: NumberRules,
  path: string,
): Equality {
  const isEqual = sameNumber(String(expected), actual, tolerance);
  if (isEqual && doubleIn(String(expected)) !== doubleIn(actual)) effort.close = true;
  return isEqual ? same : differs(at(path, 'the number differs'));
}

/**
 * Two integers are compared exactly, whatever the tolerance. A fraction is a double. Without a tolerance of the case, it equals an
 * integer that doubles do not tell from its neighbours only if its own value is that integer.
 */
function sameNumber(expected: string, actual: string, tolerance: Tolerance): boolean {
  const [wanted, given] = [integerIn(expected), integerIn(actual)];
  if (wanted !== undefined && given !== undefined) return sameInteger(wanted, given);
  const [one, other] = [doubleIn(expected), doubleIn(actual)];
  const isExact = tolerance === defaultTolerance || (tolerance.rtol === 0 && tolerance.atol === 0);
  if (isExact && wanted !== undefined && !Number.isSafeInteger(one)) return isExactly(wanted, other);
  if (isExact && given !== undefined && !Number.isSafeInteger(other)) return isExactly(given, one);
  return close(one, other, tolerance);
}

/**
 * Perl and the shell have one type for texts, numbers and truth values: a text equals the number that it
 * spells, and is true unless it is empty or 0.
 */
function compareScalar(expected: Json, text: string, rules: NumberRules, path: string): Equality {
  if (isNumber(expected)) return compareNumbers(expected, text.trim(), rules, path);
  if (typeof expected !== 'boolean') return compareDeep(expected, text, rules, path);
  const words = expected ? ['1', 'true'] : ['', '0', 'false'];
  return words.includes(text.trim()) ? same : differs(at(path, 'the truth value differs'));
}

/**
 * Compares rows of a query. Numbers may differ by what database engines round when they print; rows may be in
 * any order unless `ordered`.
 */
export function compareRows(expected: readonly Json[][], actual: WireValue, ordered: boolean): Equality {
  if (!Array.isArray(actual)) return differs('the query returned no rows');
  const rules = numberRules({ rtol: 1e-6, atol: 1e-9 });
  return ordered ? compareDeep(expected, actual, rules) : sameMembers(expected, actual as WireValue[], rules);
}

function compareArrays(
  expected: readonly Json[],
  actual: readonly WireValue[],
  rules: NumberRules,
  path: string,
): Equality {
  if (expected.length !== actual.length) {
    return differs(at(path, `${actual.length} items instead of ${expected.length}`));
  }
  for (const [index, wanted] of expected.entries()) {
    const comparison = compareDeep(wanted, actual[index]!, rules, `${path}[${index}]`);
    if (!comparison.equal) return comparison;
  }
  return same;
}

function compareRecords(
  expected: { readonly [key: string]: Json },
  actual: { readonly [key: string]: Json },
  rules: NumberRules,
  path: string,
): Equality {
  for (const key of Object.keys(expected)) {
    if (!Object.hasOwn(actual, key)) return differs(at(path, `the member "${key}" is missing`));
    const comparison = compareDeep(expected[key]!, actual[key]!, rules, `${path}.${key}`);
    if (!comparison.equal) return comparison;
  }
  const extra = Object.keys(actual).find((key) => !Object.hasOwn(expected, key));
  return extra === undefined ? same : differs(at(path, `unexpected member "${extra}"`));
}

/**
 * Compares collections without order: every expected item needs its own partner. Items that JSON can write in
 * several ways are all written in the same way.
 */
function sameMembers(
  expected: readonly Json[],
  actual: readonly WireValue[],
  rules: NumberRules,
  path = '',
): Equality {
  const several = hasWays([...actual]);
  const ways = several ? Array.from({ length: maxWays }, (_, way) => way) : [0];
  const compared = ways.map((way) =>
    sameItems(expected, several ? actual.map((item) => inWay(item, way)) : actual, rules, path),
  );
  const found = compared.find(({ equal }) => equal) ?? compared[0]!;
  return !found.equal && hasUncertain([...actual])
    ? withoutForm('a value in a collection without order', path)
    : found;
}

function sameItems(
  expected: readonly Json[],
  actual: readonly WireValue[],
  rules: NumberRules,
  path: string,
): Equality {
  if (expected.length !== actual.length) {
    return differs(at(path, `${actual.length} items instead of ${expected.length}`));
  }
  const unmatched = unmatchedItems(expected, actual, {
    ...rules,
    matches: (wanted, given) => compareDeep(wanted, given, rules).equal,
  });
  if (unmatched === undefined) return same;
  if (unmatched === 'given-up')
    return differs(at(path, 'too many similar items: gave up matching them to the expected items'));
  const example = JSON.stringify(unmatched.example);
  const what =
    unmatched.count === 1
      ? `${example} is missing`
      : `${unmatched.count} items are missing, ${example} among them`;
  return differs(at(path, what));
}

function at(path: string, what: string): string {
  return path === '' ? what : `${path.replace(/^\./, '')}: ${what}`;
}

function typeName(value: Json): string {
  if (value === null) return 'null';
  if (isNumber(value)) return 'number';
  return Array.isArray(value) ? 'list' : typeof value;
}
