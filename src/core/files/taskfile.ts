import { foreignTask, nearestShape } from '../exchange/importers/foreign.ts';
import { testsIn } from '../exchange/importers/listedAnswers.ts';
import { isMembers, type Members } from '../exchange/importers/members.ts';
import type { ReadTools } from '../exchange/importers/shape.ts';
import { isExchangeRecord, readRecord, type ExchangeRecord } from '../exchange/record.ts';
import { parseJson } from '../text/exactNumber.ts';
import { isJson, jsonFault, jsonFaultInSteps, listElements } from '../text/jsonText.ts';
import { schemaFault } from '../text/schemaFault.ts';
import { parsePlainly } from '../task/plainNumbers.ts';
import { taskSchema, type Task } from '../task/task.ts';

/** Where a piece of text begins in its file. Lines and columns count from 1. */
export interface LineLocation {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A line that could not be used. `reason` is a clause; `remedy` a sentence without a final full stop. */
export interface LineProblem extends LineLocation {
  readonly reason: string;
  readonly remedy: string;
}

/** The content of a line of a task file. `isNewer`: this version cannot read the rest of the file either. */
export type TaskLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: LineProblem; readonly isNewer?: true }
  | {
      readonly kind: 'task';
      readonly task: Task;
      readonly line: number;
      /** Names of the members of another program's record that the task does not keep. */
      readonly notKept?: readonly string[];
    }
  | {
      readonly kind: 'record';
      readonly record: Exclude<ExchangeRecord, { kind: 'task' }>;
      readonly line: number;
    };

/** The remedy for each invalid field of a task. */
const remedies: Readonly<Record<string, string>> = {
  '': 'Each line of the file holds one task: an object with id, language, prompt and answers',
  id: 'Give the task an id of its own, as a string',
  title: 'Make the title a string, or remove it',
  language: 'Name the language of the answers in lower case, such as "python"',
  prompt: 'Put the request into "prompt", as a string',
  files: 'Give each file a relative "path" with "/", and its "text"',
  filesFrom: 'Name a folder, or a clone and a revision, by a path with "/" relative to the task file',
  answers: 'Give each answer an "id" and a "text"',
  cases: 'Give each case an id, a kind and the fields of that kind',
  entry: 'Name the function, class or file that cases start from, or remove it',
  rubric: 'Name a rubric, or give an id, a title and criteria with ascending scales',
  ask: 'List what is asked for: "rank", "rate", "flag", "ideal", "cases"',
  reference: 'Make the reference a string, or remove it',
  gold: 'Give the known preference as {"kind": "better", "winner", "strength"}, {"kind": "tie"} or {"kind": "both-bad"}',
  tags: 'Make the tags a list of strings',
  limits: 'Make each limit a whole number within its bounds, or remove it',
};

/**
 * Reads one line of a task file: a task, a record of the Tiebreak format, or a record of another program. Ignores a byte
 * order mark and a carriage return.
 */
export function readTaskLine(text: string, place: LineLocation, tools: ReadTools = {}): TaskLine {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (source.trim() === '') return { kind: 'blank' };
  return readValue(source, place, tools);
}

/** A step of reading a file: the share of the file read so far, from 0 to 1, and a line if one is complete. */
interface ReadingStep {
  readonly share: number;
  readonly line?: TaskLine;
}

/**
 * Reads a whole file in short steps, so that the caller can do other work between them: one task per line, a JSON list of tasks
 * (which begins with "["), one task over several lines, or one object around a list of tasks or around columns. The line of a
 * task in a list is the line on which the task begins.
 */
export function* taskFileSteps(
  text: string,
  file: string,
  tools: ReadTools = {},
): Generator<ReadingStep, undefined> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const start = source.search(/\S/);
  if (source[start] === '[') return yield* listSteps(source, file, tools);
  const first = source.indexOf('\n', start);
  const isLines = first !== -1 && isJson(source.slice(start, first)) && source.slice(first).trim() !== '';
  const parsed = isLines ? undefined : parse(source);
  if (parsed === undefined || 'fault' in parsed) return yield* lineSteps(source, file, tools);
  const place = placer(source, file)(start);
  const whole = readParsed(parsed.value, place, tools);
  const rows = whole.kind === 'problem' ? (rowsIn(parsed.value) ?? []) : [];
  const read: TaskLine[] = [];
  for (const [index, row] of rows.entries()) {
    read.push(readParsed(row, place, tools));
    yield { share: index / rows.length };
  }
  const isRows = read.some(({ kind }) => kind !== 'problem');
  for (const line of isRows ? read : [whole]) yield { share: 1, line };
}

function* listSteps(source: string, file: string, tools: ReadTools): Generator<ReadingStep, undefined> {
  const from = placer(source, file);
  let isTold = false;
  for (const { text, offset } of listElements(source)) {
    const line = readValue(text, from(offset), tools);
    isTold ||= line.kind === 'problem';
    yield { share: offset / source.length, line };
  }
  if (isTold) return;
  // A fault between the elements or after the last element belongs to no element.
  const search = jsonFaultInSteps(source);
  for (;;) {
    const { done, value } = search.next();
    if (done !== true) {
      yield { share: 1 };
      continue;
    }
    if (value === undefined) return;
    const place = placer(source, file)(value.offset);
    const line = problem(place, { reason: `not JSON: ${value.reason}`, remedy: remedyForJson });
    return void (yield { share: 1, line });
  }
}

function* lineSteps(source: string, file: string, tools: ReadTools): Generator<ReadingStep, undefined> {
  let number = 1;
  for (let start = 0; start <= source.length; number += 1) {
    const found = source.indexOf('\n', start);
    const end = found === -1 ? source.length : found;
    const line = readTaskLine(source.slice(start, end), { file, line: number }, tools);
    yield { share: end / source.length, line };
    start = end + 1;
  }
}

/** The records in an object around them: its only list of objects, or columns of equal length that hold a prompt. */
function rowsIn(value: unknown): readonly unknown[] | undefined {
  if (!isMembers(value) || 'answers' in value) return undefined;
  if (isColumns(value)) return rowsOf(value);
  const lists = Object.values(value).filter((member) => Array.isArray(member) && member.length > 0);
  const [only] = lists as unknown[][];
  return lists.length === 1 && only!.every(isMembers) && !('annotations' in value) ? only : undefined;
}

function isColumns(value: Members): boolean {
  const columns = Object.values(value);
  const length = Array.isArray(columns[0]) ? columns[0].length : 0;
  return (
    length > 0 &&
    columns.every((column) => Array.isArray(column) && column.length === length) &&
    'prompt' in value
  );
}

function rowsOf(columns: Members): Members[] {
  const names = Object.keys(columns);
  const [first] = Object.values(columns) as unknown[][];
  return first!.map((_, at) =>
    Object.fromEntries(names.map((name) => [name, (columns[name] as unknown[])[at]])),
  );
}

const remedyForJson = 'Correct the JSON at this place';

function readValue(text: string, place: LineLocation, tools: ReadTools): TaskLine {
  const parsed = parse(text);
  if ('fault' in parsed) {
    const { offset, reason } = parsed.fault;
    const isRepr = /^\s*\{\s*'/.test(text);
    const remedy = isRepr
      ? 'The line is a Python dictionary as `print` shows it: write it with `json.dumps`'
      : remedyForJson;
    return problem(within(text, offset, place), { reason: `not JSON: ${reason}`, remedy });
  }
  return readParsed(parsed.value, place, tools);
}

function readParsed(value: unknown, place: LineLocation, tools: ReadTools): TaskLine {
  if (isExchangeRecord(value)) return readExchange(value, place);
  const foreign = foreignTask(value, tools);
  const task = foreign?.task ?? value;
  const result = parsePlainly(taskSchema, task);
  if (result.success) {
    const notKept = foreign?.notKept ?? [];
    return { kind: 'task', task: result.data, line: place.line, ...(notKept.length > 0 && { notKept }) };
  }
  return problem(place, foreignFault(value) ?? schemaFault(result.error, task, remedies));
}

/** The fault of another program's record: the most similar shape, and the members that are missing. */
function foreignFault(value: unknown): { reason: string; remedy: string } | undefined {
  // A record with an id and a language is probably meant as a task.
  if (!isMembers(value) || 'answers' in value || ('id' in value && 'language' in value)) return undefined;
  const nearest = nearestShape(value);
  if (nearest === undefined) return undefined;
  const { title, missing } = nearest;
  const tests = testsIn(value);
  const what =
    missing.length === 0
      ? tests === undefined
        ? 'one of its fields has another type'
        : `its tests ("${tests}") have a form that is not read`
      : `${missing.map((name) => `"${name}"`).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`;
  return {
    reason: `it is most similar to ${title}, but ${what}`,
    remedy: 'Correct the record, or write it as a task with id, language, prompt and answers',
  };
}

function readExchange(value: unknown, place: LineLocation): TaskLine {
  const read = readRecord(value);
  if ('reason' in read) {
    const { isNewer, ...fault } = read;
    return { ...problem(place, fault), ...(isNewer && { isNewer }) };
  }
  if (read.kind === 'task') return { kind: 'task', task: read.task, line: place.line };
  return { kind: 'record', record: read, line: place.line };
}

function parse(
  text: string,
): { readonly value: unknown } | { readonly fault: { offset: number; reason: string } } {
  return withoutStacks(() => {
    try {
      return { value: parseJson(text) };
    } catch {
      // The engine's message gives no position for most faults.
      return { fault: jsonFault(text) ?? { offset: 0, reason: 'the text cannot be read' } };
    }
  });
}

/** Calls a function whose errors are only caught. Collecting their stacks takes far longer than reading a faulty line. */
function withoutStacks<T>(call: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return call();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function problem(
  place: LineLocation,
  fault: { reason: string; remedy: string },
): TaskLine & { kind: 'problem' } {
  return { kind: 'problem', problem: { ...place, ...fault } };
}

/** The location of an offset in the file, if the text begins at `place`. */
function within(text: string, offset: number, place: LineLocation): LineLocation {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length + (before.length === 1 ? (place.column ?? 1) : 1);
  return { file: place.file, line: place.line + before.length - 1, column };
}

/** Returns a function that locates ascending offsets in a text without counting the lines again each time. */
function placer(text: string, file: string): (offset: number) => LineLocation {
  let line = 1;
  let lineStart = 0;
  let lineEnd = text.indexOf('\n');
  return (offset) => {
    while (lineEnd !== -1 && lineEnd < offset) {
      line += 1;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf('\n', lineStart);
    }
    return { file, line, column: offset - lineStart + 1 };
  };
}
