import type { CaseResult } from '../../core/run/run.ts';
import type { Case } from '../../core/task/task.ts';
import { isRecord } from '../../core/text/json.ts';
import { visibleJson } from '../../core/text/visible.ts';
import { shownValue } from '../text/format.ts';

/** A part of the expected or actual outcome of a case. The label is empty if the kind has only one part. */
export interface OutcomePart {
  readonly label: string;
  readonly text: string;
}

/** Longest value on one line, in characters. */
const longestLine = 72;

/** The expected outcome of a case, in the notation of `actualParts`. A test has its expectation in its source. */
export function expectedParts(testCase: Case): OutcomePart[] {
  switch (testCase.kind) {
    case 'call':
      return only(testCase.throws === undefined ? laidOut(testCase.expected) : `throws ${testCase.throws}`);
    case 'stdin':
      return only(testCase.output);
    case 'sql':
      return only(rowLines(testCase.rows));
    case 'command': {
      const { exit, stdout, stderr, files = [] } = testCase.expect;
      const parts = { exit: exit === undefined ? undefined : String(exit), stdout, stderr };
      const named = Object.entries(parts).flatMap(([label, text]) =>
        text === undefined ? [] : [{ label, text }],
      );
      return [...named, ...files.map(({ path, text }) => ({ label: path, text }))];
    }
    case 'unit':
      return [];
  }
}

/** The actual outcome of a case; empty if the answer gave no value. */
export function actualParts(testCase: Case, result: CaseResult): OutcomePart[] {
  const { actual, expected } = result;
  switch (testCase.kind) {
    case 'call':
      if (actual === undefined) return [];
      // A result names what the call should throw only if it threw something.
      return only(
        testCase.throws !== undefined && expected !== undefined
          ? `throws ${asText(actual)}`
          : laidOut(actual),
      );
    case 'stdin':
      return typeof actual === 'string' ? only(actual) : [];
    case 'sql':
      if (actual === undefined) return [];
      return only(Array.isArray(actual) ? rowLines(actual) : laidOut(actual));
    case 'command': {
      return Object.entries(isRecord(actual) ? actual : {}).map(([label, text]) => ({
        label,
        text: text === null ? '(no such file)' : asText(text),
      }));
    }
    case 'unit':
      return [];
  }
}

/** The outcome of an answer for an input without an expected value. */
export function triedParts(testCase: Case, result: CaseResult): OutcomePart[] {
  if (testCase.kind === 'unit')
    return result.stdout === '' ? [] : [{ label: 'printed', text: result.stdout }];
  if (testCase.kind !== 'command') return actualParts(testCase, result);
  const { exit, signal, stdout, stderr } = result;
  return [
    { label: 'exit', text: exit === null ? (signal ?? '') : String(exit) },
    { label: 'printed', text: stdout },
    ...(stderr === '' ? [] : [{ label: 'errors', text: stderr }]),
  ];
}

/** The output that is not part of the outcome. */
export function printedParts(testCase: Case, result: CaseResult): OutcomePart[] {
  const shown = new Set(actualParts(testCase, result).map(({ label }) => label));
  const isGiven = testCase.kind === 'stdin' ? shown.has('') : shown.has('stdout');
  return [
    { label: 'printed', text: isGiven ? '' : result.stdout },
    { label: 'errors', text: shown.has('stderr') ? '' : result.stderr },
  ].filter(({ text }) => text !== '');
}

function only(text: string): OutcomePart[] {
  return [{ label: '', text }];
}

/** A text unchanged, any other value as JSON. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : shownValue(value);
}

/** A value as JSON: on one line if it fits, else with a line for each item that is not plain. */
export function laidOut(value: unknown, indent = ''): string {
  const line = shownValue(value);
  if (indent.length + line.length <= longestLine || !isNested(value)) return line;
  const within = `${indent}  `;
  if (Array.isArray(value))
    return `[\n${value.map((item) => within + laidOut(item, within)).join(',\n')}\n${indent}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${within}${visibleJson(name)}: ${laidOut(member, within)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/** Whether a value has members, or items that have some: a list of numbers reads best as running text. */
function isNested(value: unknown): value is object {
  return (
    isRecord(value) ||
    (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null))
  );
}

/** A line for each row: `1 | "two" | null`. */
function rowLines(rows: readonly unknown[]): string {
  return rows
    .map((row) => (Array.isArray(row) ? row.map(shownValue).join(' | ') : shownValue(row)))
    .join('\n');
}
