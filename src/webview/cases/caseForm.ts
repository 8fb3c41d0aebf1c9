import { parseJson } from '../../core/text/exactNumber.ts';
import { isJson, type Json } from '../../core/text/json.ts';
import {
  floatTolerance,
  isTopFolder,
  longestCaseId,
  maxFolders,
  mostAlternatives,
} from '../../core/task/caseRules.ts';
import { isRelativePath } from '../../core/task/paths.ts';
import type { Case, CaseKind, Comparator } from '../../core/task/task.ts';
import { relaxedJson } from '../text/relaxedJson.ts';
import { shellCommand, shellLine } from '../text/shellWords.ts';
import { argumentsText, callArguments, jsonLimits } from './callArguments.ts';
import { likelyKinds, modelCase, type TaskOfCases } from './taskKinds.ts';

/** The texts in the fields of the case editor, valid or not. */
export interface CaseForm {
  readonly kind: CaseKind;
  readonly id: string;
  readonly function: string;
  readonly args: string;
  readonly expected: string;
  readonly throws: string;
  readonly input: string;
  readonly output: string;
  readonly source: string;
  readonly argv: string;
  readonly exit: string;
  readonly schema: string;
  readonly query: string;
  readonly rows: string;
  /** `yes` if the order of rows counts. */
  readonly ordered: string;
  /** Kind of the comparator; empty for the usual one. */
  readonly comparator: string;
  /** JSON of `{ path, text }[]`. */
  readonly files: string;
  /** Separated by blanks. */
  readonly folders: string;
  /** Other JSON values that pass, one per line. */
  readonly alternatives: string;
  /** The file that the program writes its output to; empty for standard output. */
  readonly outputFile: string;
  /** The test framework; empty for the language's usual framework. */
  readonly framework: string;
}

/** A text file of a case. */
export interface CaseFile {
  readonly path: string;
  readonly text: string;
}

export const emptyForm: CaseForm = {
  kind: 'call',
  id: '',
  function: '',
  args: '',
  expected: '',
  throws: '',
  input: '',
  output: '',
  source: '',
  argv: '',
  exit: '0',
  schema: '',
  query: '',
  rows: '',
  ordered: '',
  comparator: '',
  files: '[]',
  folders: '',
  alternatives: '',
  outputFile: '',
  framework: '',
};

/**
 * The form of a new case: of the kind of the task's own cases, with the parts that they share. `tables` are those of the
 * prompt.
 */
export function newForm(task: TaskOfCases & { readonly tables: string }): CaseForm {
  const { cases, tables } = task;
  const kind = likelyKinds(task)[0] ?? 'call';
  const shared = (of: CaseKind) => {
    const model = modelCase(cases, of);
    return model === undefined ? undefined : formOf(model);
  };
  const sql = shared('sql');
  const likeliest = shared(kind);
  return {
    ...emptyForm,
    kind,
    function: shared('call')?.function ?? '',
    schema: sql?.schema ?? tables,
    query: sql?.query ?? '',
    ordered: sql?.ordered ?? '',
    comparator: likeliest?.comparator ?? '',
    files: (likeliest ?? shared('command') ?? shared('stdin'))?.files ?? '[]',
    folders: shared('command')?.folders ?? '',
    outputFile: shared('stdin')?.outputFile ?? '',
    framework: shared('unit')?.framework ?? '',
  };
}

export function formOf(testCase: Case): CaseForm {
  const base = { ...emptyForm, id: testCase.id };
  switch (testCase.kind) {
    case 'call':
      return {
        ...base,
        kind: 'call',
        function: testCase.function ?? '',
        args: argumentsText(testCase.args),
        expected: testCase.expected === undefined ? '' : JSON.stringify(testCase.expected),
        throws: testCase.throws ?? '',
        alternatives: (testCase.alternatives ?? []).map((value) => JSON.stringify(value)).join('\n'),
        comparator: testCase.comparator?.kind ?? '',
      };
    case 'stdin':
      return {
        ...base,
        kind: 'stdin',
        input: testCase.input,
        output: testCase.output,
        comparator: testCase.comparator?.kind ?? '',
        files: JSON.stringify(testCase.files ?? []),
        outputFile: testCase.outputFile ?? '',
      };
    case 'unit':
      return { ...base, kind: 'unit', source: testCase.source, framework: testCase.framework ?? '' };
    case 'sql':
      return {
        ...base,
        kind: 'sql',
        schema: testCase.schema,
        query: testCase.query ?? '',
        rows: testCase.rows.map((row) => JSON.stringify(row)).join('\n'),
        ordered: testCase.ordered ? 'yes' : '',
      };
    case 'command':
      return {
        ...base,
        kind: 'command',
        argv: shellLine(testCase.argv),
        input: testCase.input ?? '',
        output: testCase.expect.stdout ?? '',
        exit: testCase.expect.exit === undefined ? '' : String(testCase.expect.exit),
        comparator: testCase.expect.comparator?.kind ?? '',
        files: JSON.stringify(testCase.files ?? []),
        folders: (testCase.folders ?? []).join(' '),
      };
  }
}

/**
 * The case that the fields describe, or the invalid field with the reason. Parts that no field shows (see `keptParts`) come
 * from `like`, the case that is edited or copied. A new case is judged like `model`, a case of the task: with its limits, its
 * judge and the details of its comparator.
 */
export function readForm(
  form: CaseForm,
  taken: readonly string[],
  like?: Case,
  model?: Case,
): { case: Case } | { field: keyof CaseForm; message: string } {
  try {
    const read = { id: idOf(form, taken), origin: 'evaluator', ...fieldsOf(form, like ?? model) };
    return { case: { ...keptOf(form.kind, like, model), ...withKeptOutcome(read, like) } as Case };
  } catch (error) {
    if (error instanceof FieldError) return { field: error.field, message: error.message };
    throw error;
  }
}

function idOf(form: CaseForm, taken: readonly string[]): string {
  const id = form.id.trim();
  if (id === '') throw new FieldError('id', 'Enter a short name. The rationale cites the case by this name');
  if (taken.includes(id))
    throw new FieldError('id', `A case named “${id}” already exists. Choose another name`);
  if (id.includes('"')) throw new FieldError('id', 'Remove the quotation marks from the name');
  if (/[\r\n]/.test(id)) throw new FieldError('id', 'Remove the line breaks from the name');
  if (id.length > longestCaseId)
    throw new FieldError('id', `Shorten the name to at most ${longestCaseId} characters`);
  return id;
}

/** The parts of a case that no field shows. */
const unseen = ['title', 'limits', 'judge', 'growth'] as const;
/** Those of them that a case of any kind can have. */
const ofAnyKind: readonly string[] = ['title', 'limits'];
/** Those of them that a new case takes from a case of the task. */
const ofModel: readonly string[] = ['limits', 'judge'];

/** The parts that no field shows, from the case that is edited or copied, or from the model of a new case. */
function keptOf(kind: CaseKind, like: Case | undefined, model: Case | undefined): object {
  const source = like ?? (model?.kind === kind ? model : undefined);
  if (source === undefined) return {};
  const kept = unseen.filter(
    (name) =>
      (like === undefined ? ofModel.includes(name) : source.kind === kind || ofAnyKind.includes(name)) &&
      (source as Partial<Record<string, unknown>>)[name] !== undefined,
  );
  return Object.fromEntries(kept.map((name) => [name, (source as Partial<Record<string, unknown>>)[name]]));
}

/** The expectations of a command that no field shows: what it prints as errors, and the files that it leaves. */
function withKeptOutcome<Read extends object>(read: Read, like: Case | undefined): Read {
  if (like?.kind !== 'command' || !('expect' in read)) return read;
  const { exit: _exit, stdout: _stdout, comparator: _comparator, ...kept } = like.expect;
  return { ...read, expect: { ...kept, ...(read.expect as object) } };
}

/** A part of a case that its form does not change, in words. */
export interface KeptPart {
  readonly term: string;
  readonly text: string;
}

/** The parts that a case will have in addition to the fields of its form: how it is judged, and what else it expects. */
export function keptParts(
  { kind, comparator }: CaseForm,
  like: Case | undefined,
  model: Case | undefined,
): KeptPart[] {
  const kept = keptOf(kind, like, model) as Partial<Record<(typeof unseen)[number], unknown>>;
  const source = like ?? model;
  const own = comparatorIn(source);
  const details = own?.kind === comparator ? own : undefined;
  const outcome = like?.kind === 'command' && kind === 'command' ? like.expect : {};
  const parts: [string, string | undefined][] = [
    ['Title', kept.title as string | undefined],
    ['Judge', kept.judge as string | undefined],
    ['Limits', wordsOf(kept.limits)],
    ['Growth', wordsOf(kept.growth)],
    ['Comparison', details === undefined ? undefined : detailsOf(details)],
    ['Expected on standard error', outcome.stderr],
    ...(outcome.files ?? []).map(({ path, text }): [string, string] => [`Expected file ${path}`, text]),
  ];
  return parts.flatMap(([term, text]) => (text === undefined || text === '' ? [] : [{ term, text }]));
}

/** The members of an object, `cpuMs 500, wallMs 2000`. */
function wordsOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return Object.entries(value as object)
    .map(([name, member]) => `${name} ${Array.isArray(member) ? member.join(' ') : String(member)}`)
    .join(', ');
}

function detailsOf({ kind, ...details }: Comparator): string {
  if ('source' in details) return details.source;
  return Object.keys(details).length === 0 ? '' : `${kind}: ${wordsOf(details)}`;
}

function comparatorIn(testCase: Case | undefined): Comparator | undefined {
  if (testCase?.kind === 'command') return testCase.expect.comparator;
  return testCase !== undefined && 'comparator' in testCase ? testCase.comparator : undefined;
}

class FieldError extends Error {
  readonly field: keyof CaseForm;

  constructor(field: keyof CaseForm, message: string) {
    super(message);
    this.field = field;
  }
}

function fieldsOf(form: CaseForm, like: Case | undefined): object {
  switch (form.kind) {
    case 'call':
      return callFields(form, like);
    case 'stdin':
      return {
        kind: 'stdin',
        input: form.input,
        output: form.output,
        ...filesOf(form),
        ...outputFileOf(form),
        ...comparatorOf(form, like),
      };
    case 'unit':
      if (form.source.trim() === '') throw new FieldError('source', 'Enter a test.');
      return {
        kind: 'unit',
        source: form.source,
        ...(form.framework.trim() === '' ? {} : { framework: form.framework.trim() }),
      };
    case 'sql':
      return sqlFields(form);
    case 'command':
      return commandFields(form, like);
  }
}

function callFields(form: CaseForm, like: Case | undefined): object {
  const args = callArguments(form.args);
  if ('message' in args) throw new FieldError('args', args.message);
  const named = form.function.trim() || args.name;
  const expectsNothing = form.throws.trim() === '' && form.expected.trim() === '';
  if (expectsNothing && form.comparator !== 'checker') {
    throw new FieldError(
      'expected',
      'Enter the expected value as JSON, or the exception that the call throws',
    );
  }
  return {
    kind: 'call',
    args: args.values,
    ...(named === undefined ? {} : { function: named }),
    ...(expectsNothing
      ? {}
      : form.throws.trim() === ''
        ? { expected: json(form.expected, 'expected', 'The expected value') }
        : { throws: form.throws.trim() }),
    ...alternativesOf(form),
    ...comparatorOf(form, like),
  };
}

/** A call that throws has no other values that pass. */
function alternativesOf({ alternatives, throws }: CaseForm): object {
  const lines = alternatives.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0 || throws.trim() !== '') return {};
  if (lines.length > mostAlternatives)
    throw new FieldError('alternatives', `Enter at most ${mostAlternatives} other values`);
  return { alternatives: lines.map((line) => json(line, 'alternatives', 'Each other value')) };
}

function sqlFields(form: CaseForm): object {
  if (form.schema.trim() === '')
    throw new FieldError('schema', 'Enter the statements that create and fill the tables');
  return {
    kind: 'sql',
    schema: form.schema,
    ...(form.query.trim() === '' ? {} : { query: form.query }),
    rows: rowsOf(form.rows),
    ordered: form.ordered === 'yes',
  };
}

/** Rows as one JSON list of lists, or a list on each line. */
function rowsOf(text: string): readonly Json[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const what = 'Each row';
  const whole = text.trim().startsWith('[[') ? json(text, 'rows', what) : undefined;
  const rows = Array.isArray(whole) ? whole : lines.map((line) => json(line, 'rows', what));
  if (!rows.every((row) => Array.isArray(row)))
    throw new FieldError('rows', 'Enter each row as a JSON array on its own line, such as [1, "two"]');
  return rows;
}

function commandFields(form: CaseForm, like: Case | undefined): object {
  const argv = shellCommand(form.argv);
  if (argv === undefined) throw new FieldError('argv', 'The command has a quotation mark that is not closed');
  if (argv.length === 0) throw new FieldError('argv', 'Enter a command, such as python3 main.py --help');
  const exit = form.exit.trim();
  if (exit !== '' && !(/^\d{1,3}$/.test(exit) && Number(exit) <= 255)) {
    throw new FieldError(
      'exit',
      'The exit status must be a number from 0 to 255. Leave it empty to accept any status',
    );
  }
  return {
    kind: 'command',
    argv,
    ...(form.input === '' ? {} : { input: form.input }),
    ...filesOf(form),
    ...foldersOf(form),
    expect: {
      ...(exit === '' ? {} : { exit: Number(exit) }),
      ...(form.output === '' ? {} : { stdout: form.output }),
      ...comparatorOf(form, like),
    },
  };
}

/** The files of a form, except those without both path and text. */
export function caseFiles({ files }: Pick<CaseForm, 'files'>): CaseFile[] {
  return JSON.parse(files) as CaseFile[];
}

function filesOf(form: CaseForm): object {
  const files = caseFiles(form).filter(({ path, text }) => path.trim() !== '' || text !== '');
  if (files.some(({ path }) => path.trim() === ''))
    throw new FieldError('files', 'Enter a path for each file');
  const wrong = files.find(({ path }) => !isRelativePath(path));
  if (wrong !== undefined) throw new FieldError('files', outsidePath(wrong.path));
  return files.length === 0 ? {} : { files };
}

function outputFileOf(form: CaseForm): object {
  const outputFile = form.outputFile.trim();
  if (outputFile === '') return {};
  if (!isRelativePath(outputFile)) throw new FieldError('outputFile', outsidePath(outputFile));
  return { outputFile };
}

function outsidePath(path: string): string {
  return `“${path}” must be a short path with “/” that stays inside the folder and out of “.git”, such as data/in.txt`;
}

function foldersOf(form: CaseForm): object {
  const folders = form.folders.split(/\s+/).filter((folder) => folder !== '');
  if (folders.length > maxFolders) throw new FieldError('folders', `Enter at most ${maxFolders} folders`);
  const wrong = folders.find((folder) => !isTopFolder(folder));
  if (wrong !== undefined)
    throw new FieldError(
      'folders',
      `“${wrong}” must be a folder at the top that no system has, such as /testbed`,
    );
  return folders.length === 0 ? {} : { folders };
}

/** The comparators that have no details of their own, or the usual ones. */
const comparators: Readonly<Record<Exclude<Comparator['kind'], 'checker'>, Comparator>> = {
  exact: { kind: 'exact' },
  'trailing-space': { kind: 'trailing-space' },
  tokens: { kind: 'tokens' },
  float: { kind: 'float', ...floatTolerance },
  unordered: { kind: 'unordered' },
  json: { kind: 'json' },
};

/** The chosen comparator. If the copied or edited case has a comparator of the same kind, its details are kept. */
function comparatorOf({ comparator }: CaseForm, like: Case | undefined): object {
  const known = comparatorIn(like);
  if (known?.kind === comparator) return { comparator: known };
  return Object.hasOwn(comparators, comparator)
    ? { comparator: comparators[comparator as keyof typeof comparators] }
    : {};
}

function json(text: string, field: keyof CaseForm, what: string): Json {
  const value = parsed(text, field, what);
  if (!isJson(value)) throw new FieldError(field, `${what} ${jsonLimits}`);
  return value;
}

function parsed(text: string, field: keyof CaseForm, what: string): unknown {
  try {
    return parseJson(relaxedJson(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FieldError(field, `${what} must be JSON, such as [1, "two", true]: ${reason}`);
  }
}
