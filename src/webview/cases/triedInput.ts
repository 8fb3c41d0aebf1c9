import type { CaseResult } from '../../core/run/run.ts';
import { isTopFolder, maxFolders } from '../../core/task/caseRules.ts';
import type { Case, CaseKind } from '../../core/task/task.ts';
import { shownValue } from '../text/format.ts';
import { shellCommand } from '../text/shellWords.ts';
import { callArguments } from './callArguments.ts';
import { withRows } from './sqlTables.ts';
import { modelCase } from './taskKinds.ts';
import { assertingCode, isPrinting, printingCode } from './triedCode.ts';

/** The kinds of an input that can be tried, of those that run in a language: code only where its value can be printed. */
export function triedKinds(kinds: readonly CaseKind[], language: string): CaseKind[] {
  return kinds.filter((kind) => kind !== 'unit' || isPrinting(language));
}

/** What an input needs of the task to become a case. */
export interface InputContext {
  readonly language: string;
  readonly entry: string | undefined;
  readonly cases: readonly Case[];
  /** The statements that create the tables, for SQL. */
  readonly tables: string;
}

/** The id of the case that stands for an input while it is tried. */
const triedId = 'try';

/**
 * The case that an input stands for, without an expectation, or why it cannot be read. Files, folders, comparators and
 * limits are those of the task's latest case of that kind. A command also has the folders that it names, such as `/testbed`.
 */
export function caseOfInput(
  kind: CaseKind,
  text: string,
  { language, entry, cases, tables }: InputContext,
): Case | { readonly message: string } {
  const base = { id: triedId, origin: 'evaluator' } as const;
  switch (kind) {
    case 'call': {
      const args = callArguments(text);
      if ('message' in args) return args;
      const model = modelCase(cases, 'call');
      const called = args.name ?? model?.function;
      const named = called === undefined || called === entry ? {} : { function: called };
      return { ...fixturesOf(model), ...base, kind, args: args.values, ...named };
    }
    case 'stdin': {
      const input = text === '' || text.endsWith('\n') ? text : `${text}\n`;
      return { ...fixturesOf(modelCase(cases, 'stdin')), ...base, kind, input, output: '' };
    }
    case 'sql': {
      const model = modelCase(cases, 'sql');
      const schema = withRows(model?.schema ?? tables, text);
      if (schema.trim() === '')
        return {
          message: 'Enter statements that create and fill the tables, such as CREATE TABLE t (n); INSERT …',
        };
      return { ordered: false, ...fixturesOf(model), ...base, kind, schema, rows: [] };
    }
    case 'unit':
      if (text.trim() === '') return { message: 'Enter code that uses the answer, such as Stack().pop()' };
      return { ...fixturesOf(modelCase(cases, 'unit')), ...base, kind, source: printingCode(language, text) };
    case 'command': {
      const argv = shellCommand(text);
      if (argv === undefined) return { message: 'Close the quotation mark in the command' };
      if (argv.length === 0) return { message: 'Enter a command, such as bash main.sh a.txt' };
      const model = modelCase(cases, 'command');
      const folders = [...new Set([...(model?.folders ?? []), ...foldersIn(text)])].slice(0, maxFolders);
      return {
        ...fixturesOf(model),
        ...(folders.length === 0 ? {} : { folders }),
        ...base,
        kind,
        argv,
        expect: {},
      };
    }
  }
}

/** The folders at the top of the file system that a command names and that a case can have. */
function foldersIn(command: string): string[] {
  const named = command.match(/(?<![\w.:/~-])\/[a-z][a-z0-9_-]*(?![\w.-])/g) ?? [];
  return named.filter((folder) => isTopFolder(folder));
}

const fixtures = [
  'limits',
  'judge',
  'comparator',
  'files',
  'folders',
  'outputFile',
  'query',
  'ordered',
] as const;

/** The parts that a case shares with other cases of its task, without a checker: there is no expected value to check. */
function fixturesOf(testCase: Case | undefined): object {
  const shared = Object.entries(testCase ?? {}).filter(([name]) => fixtures.some((known) => known === name));
  return Object.fromEntries(
    shared.filter(([, value]) => (value as { kind?: unknown } | undefined)?.kind !== 'checker'),
  );
}

/**
 * The case that an input of the difference finder stands for: as it ran, but with the limits of the task's latest case of that
 * kind instead of those of the search.
 */
export function caseOfWitness({ limits: _ofSearch, ...witness }: Case, cases: readonly Case[]): Case {
  const { limits } = modelCase(cases, witness.kind) ?? {};
  return limits === undefined ? witness : { ...witness, limits };
}

/** What an answer is given, as a text from which `idOfInput` makes an id. */
export function inputText(testCase: Case): string {
  return testCase.kind === 'call'
    ? testCase.args.map(shownValue).join(', ')
    : testCase.kind === 'stdin'
      ? testCase.input
      : '';
}

/** The input as a case that expects the outcome of an answer; `undefined` if that outcome cannot be expected. */
export function expecting(
  testCase: Case,
  result: CaseResult | undefined,
  language: string,
): Case | undefined {
  if (result === undefined) return undefined;
  const { actual, verdict, reason = '' } = result;
  switch (testCase.kind) {
    case 'call': {
      if (verdict === 'pass' && actual !== undefined) return { ...testCase, expected: actual };
      const thrown = verdict === 'error' ? /^([A-Za-z_$][\w.$]*)(?::|$)/.exec(reason)?.[1] : undefined;
      return thrown === undefined ? undefined : { ...testCase, throws: thrown };
    }
    case 'stdin':
      return verdict !== 'pass' && verdict !== 'fail' ? undefined : { ...testCase, output: result.stdout };
    case 'sql':
      return Array.isArray(actual) && actual.every((row) => Array.isArray(row))
        ? { ...testCase, rows: actual }
        : undefined;
    case 'command':
      return result.exit === null || (verdict !== 'pass' && verdict !== 'fail')
        ? undefined
        : { ...testCase, expect: { exit: result.exit, stdout: result.stdout } };
    case 'unit': {
      const source = verdict === 'pass' ? assertingCode(language, testCase.source, result.stdout) : undefined;
      return source === undefined ? undefined : { ...testCase, source };
    }
  }
}

/** A short, unique id for the case of an input, made of its words. */
export function idOfInput(text: string, taken: readonly string[]): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  let id = '';
  for (const word of words) {
    const longer = id === '' ? word : `${id}-${word}`;
    if (longer.length > 28) break;
    id = longer;
  }
  const stem = id === '' ? 'case' : id;
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 && id !== '' ? stem : `${stem}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
