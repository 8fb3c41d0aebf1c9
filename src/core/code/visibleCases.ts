import { isNumber } from '../text/exactNumber.ts';
import { isRecord, type Json } from '../text/json.ts';
import type { Case } from '../task/task.ts';

// Finds tables of the visible cases in an answer: the input of a case, and right after it the expected value, both as literals. A
// solution computes values; such a table only repeats those that its author could see.

/** A table of visible cases, as offsets in the text of the answer. */
export interface CaseTable {
  readonly start: number;
  readonly end: number;
  /** How many cases it holds. */
  readonly held: number;
}

/** A literal in code: a number, a text or a word such as `true`, always as the text of its value. */
interface Literal {
  readonly value: string;
  /** The value as a list that is written as a text; see `flat`. */
  readonly flat: string;
  readonly start: number;
  readonly end: number;
}

/** Bounds on the work for one answer: the literals that are read, the cases, and the literals of one case. */
const most = { literals: 5_000, cases: 200, leaves: 60 };

/** A table holds at least this many cases, or all of them if there are only two. */
const fewest = 3;
/** A table holds at least this share of the cases. */
const shareOfCases = 0.5;
/** At least this share of the literals in the table is from the cases. A table of the problem itself holds other rows too. */
const shareOfLiterals = 0.6;

/** The table of visible cases that a text holds, if there is one. */
export function visibleCaseTable(text: string, cases: readonly Case[]): CaseTable | undefined {
  const rows = rowsOf(cases);
  if (rows.length < 2) return undefined;
  const literals = literalsIn(text);
  const found = rows.map((row) => placeOf(row, literals, text)).filter((place) => place !== undefined);
  const start = Math.min(...found.map(([first]) => literals[first]!.start));
  const end = Math.max(...found.map(([, last]) => literals[last]!.end));
  const own = found.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const all = literals.filter((each) => each.start >= start && each.end <= end).length;
  const isTable =
    found.length >= Math.min(fewest, rows.length) &&
    found.length >= rows.length * shareOfCases &&
    own >= all * shareOfLiterals;
  return isTable ? { start, end, held: found.length } : undefined;
}

/** What a case consists of as literals: each way to write its input, and its expected value. */
interface Row {
  readonly inputs: readonly (readonly string[])[];
  readonly expected: readonly string[];
  /** The function that the case calls. Its call with literals is a test of the answer's own. */
  readonly name: string | undefined;
}

/** The rows of different cases whose input and value are not as simple as the base of a recursion. */
function rowsOf(cases: readonly Case[]): Row[] {
  const rows = cases.slice(0, most.cases).flatMap((testCase) => rowOf(testCase));
  const telling = rows.filter(({ inputs: [input = []], expected }) => {
    const leaves = [...input, ...expected];
    return input.length > 0 && expected.length > 0 && leaves.length <= most.leaves && !leaves.every(isSimple);
  });
  return [...new Map(telling.map((row) => [JSON.stringify(row.inputs[0]), row])).values()];
}

function isSimple(leaf: string): boolean {
  return leaf.length === 0 || /^-?[0-2]$|^(?:true|false|null)$/.test(leaf);
}

function rowOf(testCase: Case): Row[] {
  switch (testCase.kind) {
    case 'call': {
      if (testCase.expected === undefined) return [];
      const input = testCase.args.flatMap(leavesOf);
      const inputs = [input, [flat(input.join(','))]];
      return [{ inputs, expected: leavesOf(testCase.expected), name: testCase.function?.split('.').at(-1) }];
    }
    case 'stdin':
      return [{ inputs: [[testCase.input.trim()]], expected: [testCase.output.trim()], name: undefined }];
    case 'unit':
      return assertedRows(testCase.source);
    case 'sql':
    case 'command':
      return [];
  }
}

/** The calls with literals that a test compares with a literal, such as `f(1, 2) == 3` and `assertEqual(f(1, 2), 3)`. */
function assertedRows(source: string): Row[] {
  const calls = source.matchAll(/\b(\w{1,80})\(([^()\n]{1,300})\)\s{0,9}(?:===?|,)\s{0,9}([^\n;,)]{1,300})/g);
  return [...calls].map(([, name, input = '', expected = '']) => {
    const values = literalsIn(input).map(({ value }) => value);
    return {
      inputs: [values, [flat(values.join(','))]],
      expected: literalsIn(expected).map(({ value }) => value),
      name,
    };
  });
}

function leavesOf(value: Json): string[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(leavesOf);
  if (isRecord(value)) return Object.entries(value).flatMap(([key, member]) => [key, ...leavesOf(member)]);
  if (value === null) return ['null'];
  if (isNumber(value)) return [numberText(String(value))];
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

function numberText(digits: string): string {
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(digits) ? String(Number(digits)) : digits;
}

/** A list that is written as a text: without brackets, quotes and blanks. */
function flat(text: string): string {
  return text.replaceAll(/[\s[\](){}"']/g, '');
}

/** Strings, comments, numbers and words of most languages. What is not closed ends with its line or the text, which takes linear time. */
const token =
  /"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\(?:[^]|$))*(?:"|$|(?=\n))|'(?:[^'\\\n]|\\(?:[^]|$))*(?:'|$|(?=\n))|`(?:[^`\\]|\\(?:[^]|$))*(?:`|$)|\/\*[^]*?(?:\*\/|$)|\/\/.*|#.*|(?<![\w.])-?\d[\d_]*(?:\.\d+)?|\b(?:true|True|TRUE|false|False|FALSE|null|None|nil|NULL|undef)\b/g;

function literalsIn(text: string): Literal[] {
  const found: Literal[] = [];
  for (const { 0: word, index } of text.matchAll(token)) {
    if (/^(?:\/[*/]|#|"""|''')/.test(word)) continue;
    const value = valueOf(word);
    found.push({ value, flat: flat(value), start: index, end: index + word.length });
    if (found.length === most.literals) break;
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function valueOf(word: string): string {
  if (/^["'`]/.test(word))
    return word
      .slice(1, -1)
      .replaceAll(/\\([^])/g, (_, letter: string) => escapes[letter] ?? letter)
      .trim();
  if (/^-?\d/.test(word)) return numberText(word.replaceAll('_', ''));
  if (/^(?:true|false)$/i.test(word)) return word.toLowerCase();
  return 'null';
}

/** How many characters may be between two literals of a row, such as `: return `. */
const widest = 60;

/** The first and the last literal of a row, if the text has it outside of a test of its own. */
function placeOf(
  { inputs, expected, name }: Row,
  literals: readonly Literal[],
  text: string,
): [number, number] | undefined {
  for (const input of inputs) {
    const row = [...input, ...expected];
    for (let first = 0; first + row.length <= literals.length; first += 1) {
      const last = first + row.length - 1;
      const isRow = row.every((value, index) => {
        const { value: written, flat: list, start } = literals[first + index]!;
        const previous = index === 0 ? undefined : literals[first + index - 1]!;
        const isValue = written === value || (index === 0 && input.length === 1 && list === value);
        return isValue && (previous === undefined || start - previous.end <= widest);
      });
      if (isRow && !isOwnTest(text, literals[first]!.start, name)) return [first, last];
    }
  }
  return undefined;
}

/** Words by which an answer names its own tests and examples. */
const ownTests = /test|cases|example|expect|sample|assert|demo|\bmain\b|__main__|\bspec\b/i;

/** How many characters above a place are looked at. */
const farthest = 4_000;

/** Whether a place is in a test of the answer's own: a call of the function, or below a line that names tests. */
function isOwnTest(text: string, at: number, name: string | undefined): boolean {
  const lines = text.slice(Math.max(0, at - farthest), at).split('\n');
  const line = lines.at(-1)!;
  if (name !== undefined && line.includes(`${name}(`) && !/\b(?:def|function|func|fn|sub)\b/.test(line))
    return true;
  let depth = indentOf(line);
  if (ownTests.test(line)) return true;
  for (const above of lines.slice(0, -1).toReversed()) {
    if (above.trim() === '' || indentOf(above) >= depth) continue;
    if (ownTests.test(above)) return true;
    depth = indentOf(above);
    if (depth === 0) break;
  }
  return false;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
