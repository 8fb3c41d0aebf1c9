import { foreignTask } from './exchange/importers/foreign.ts';
import { isExchangeRecord, readRecord, type ExchangeRecord } from './exchange/record.ts';
import { jsonFault, listElements } from './jsonText.ts';
import { schemaFault } from './schemaFault.ts';
import { taskSchema, type Task } from './task.ts';

/** Where a piece of text begins in its file. Lines and columns count from 1. */
export interface LinePlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A line that could not be used. `reason` is a clause; `mend` a sentence without a final full stop. */
export interface LineProblem extends LinePlace {
  readonly reason: string;
  readonly mend: string;
}

/** What a line of a file of tasks holds. `isNewer`: the rest of the file cannot be read by this version either. */
export type TaskLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'problem'; readonly problem: LineProblem; readonly isNewer?: true }
  | { readonly kind: 'task'; readonly task: Task; readonly line: number }
  | {
      readonly kind: 'record';
      readonly record: Exclude<ExchangeRecord, { kind: 'task' }>;
      readonly line: number;
    };

/** The mend for each field of a task that is wrong. */
const mends: Readonly<Record<string, string>> = {
  '': 'Each line of the file holds one task, an object with id, language, prompt and answers',
  id: 'Give the task an id of its own, a text',
  title: 'Give the title as a text, or leave it out',
  language: 'Name the language of the answers in lower case, such as "python"',
  prompt: 'Put what was asked for into "prompt", a text',
  files: 'Give each file a relative path with "/" and a text',
  filesFrom: 'Name a folder, or a clone and a revision, with "/" and beside the file of tasks',
  answers: 'Give each answer an id and a text',
  cases: 'Give each case an id, a kind and the fields of that kind',
  entry: 'Name the function, class or file that cases start from, or leave it out',
  rubric: 'Name a rubric, or give an id, a title and criteria with ascending scales',
  ask: 'List what is asked for: "rank", "rate", "flag", "ideal", "cases"',
  reference: 'Give the reference as a text, or leave it out',
  gold: 'Give the known preference as {"kind": "better", "winner", "strength"}, {"kind": "tie"} or {"kind": "both-bad"}',
  tags: 'Give the tags as a list of texts',
  limits: 'Give each limit as a whole number within its bounds, or leave it out',
};

/** A whole number of that many digits may not be kept exactly, and is worth a closer look. */
const longNumber = 16;

/**
 * Reads one line of a file of tasks: a task, a record of the Tiebreak format, or one of another program's formats. A
 * byte order mark and a carriage return are no part of it.
 */
export function readTaskLine(text: string, place: LinePlace): TaskLine {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (source.trim() === '') return { kind: 'blank' };
  return readValue(source, place);
}

/**
 * Reads a whole file: one task a line, a JSON list of tasks (which begins with "["), or one task over several lines.
 * A list's tasks are told by the line in which each begins.
 */
export function readTaskFile(text: string, file: string): TaskLine[] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const start = source.search(/\S/);
  if (source[start] === '[') {
    const from = placer(source, file);
    const fault = jsonFault(source);
    const read = listElements(source).map((element) => readValue(element.text, from(element.offset)));
    // What is wrong between the elements, or behind the last one, is in none of them.
    const isTold = fault === undefined || read.some((line) => line.kind === 'problem');
    return isTold
      ? read
      : [...read, problem(from(fault.offset), { reason: `not JSON: ${fault.reason}`, mend: mendJson })];
  }
  if (isJson(source)) return [readValue(source.trim(), placer(source, file)(start))];
  return source.split('\n').map((line, index) => readTaskLine(line, { file, line: index + 1 }));
}

const mendJson = 'Correct the JSON there';

function readValue(text: string, place: LinePlace): TaskLine {
  const parsed = parse(text);
  if ('fault' in parsed) {
    const { offset, reason } = parsed.fault;
    const isNumber = reason.startsWith('the number');
    const mend = isNumber ? 'Write it as a text in double quotes' : mendJson;
    return problem(within(text, offset, place), { reason: isNumber ? reason : `not JSON: ${reason}`, mend });
  }
  const { value } = parsed;
  if (isExchangeRecord(value)) return readExchange(value, place);
  const task = foreignTask(value) ?? value;
  const result = taskSchema.safeParse(task);
  if (result.success) return { kind: 'task', task: result.data, line: place.line };
  return problem(place, schemaFault(result.error, task, mends));
}

function readExchange(value: unknown, place: LinePlace): TaskLine {
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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The engine's message gives no place for most faults.
    return { fault: jsonFault(text) ?? { offset: 0, reason: 'the text cannot be read' } };
  }
  const fault = hasLongNumber(text) ? jsonFault(text) : undefined;
  return fault === undefined ? { value } : { fault };
}

/** Looks at every sixteenth character alone, since so many digits in a row must cover one of them. */
function hasLongNumber(text: string): boolean {
  for (let at = longNumber - 1; at < text.length; at += longNumber) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    let end = at + 1;
    while (isDigit(text, end)) end += 1;
    if (end - start >= longNumber) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function problem(place: LinePlace, fault: { reason: string; mend: string }): TaskLine & { kind: 'problem' } {
  return { kind: 'problem', problem: { ...place, ...fault } };
}

/** Where an offset of a text lies in the file, when the text begins at `place`. */
function within(text: string, offset: number, place: LinePlace): LinePlace {
  const before = text.slice(0, offset).split('\n');
  const column = before.at(-1)!.length + (before.length === 1 ? (place.column ?? 1) : 1);
  return { file: place.file, line: place.line + before.length - 1, column };
}

/** Tells the places of ascending offsets in a text, without counting its lines anew each time. */
function placer(text: string, file: string): (offset: number) => LinePlace {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let end = text.indexOf('\n', lineStart);
      end !== -1 && end < offset;
      end = text.indexOf('\n', lineStart)
    ) {
      line += 1;
      lineStart = end + 1;
    }
    return { file, line, column: offset - lineStart + 1 };
  };
}
