/** An offset in a JSON text, in UTF-16 code units, and the fault at that offset, as a clause. */
export interface JsonFault {
  readonly offset: number;
  readonly reason: string;
}

interface Scan {
  readonly text: string;
  at: number;
}

const blank = /[ \t\n\r]*/y;
const word = /[A-Za-z_]+/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const literals = new Set(['true', 'false', 'null']);
/** Literals of other languages for values that JSON spells differently. */
const foreign = new Set(['None', 'True', 'False', 'NaN', 'Infinity', 'undefined', 'nil']);

/**
 * The first fault in a text that is not JSON; `undefined` for a JSON text. Much slower than `JSON.parse`, which gives no
 * position for most faults: use it only for texts that are or may be broken.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const steps = jsonFaultInSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same for a long text: yields the offset now and then, so that the caller can do other work in between. */
export function* jsonFaultInSteps(text: string): Generator<number, JsonFault | undefined> {
  const scan: Scan = { text, at: 0 };
  try {
    yield* walk(scan);
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return { offset: error.offset, reason: error.reason };
    throw error;
  }
}

/** Whether a text is JSON, by the engine's own parser. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A text with its offset in the text around it. */
interface Element {
  readonly text: string;
  readonly offset: number;
}

/** The elements of a JSON list, each with its offset. A broken element ends where its brackets end. */
export function* listElements(text: string): Generator<Element, undefined> {
  let depth = 0;
  let start = text.indexOf('[') + 1;
  const close = function* (end: number): Generator<Element, undefined> {
    const source = text.slice(start, end);
    const lead = source.length - source.trimStart().length;
    if (source.trim() !== '') yield { text: source.trim(), offset: start + lead };
    start = end + 1;
  };
  for (let at = start; at < text.length; at += 1) {
    const mark = text[at]!;
    if (mark === '"') at = stringEnd(text, at) - 1;
    else if (mark === '{' || mark === '[') depth += 1;
    else if (mark === ']' && depth === 0) return yield* close(at);
    else if (mark === '}' || mark === ']') depth -= 1;
    else if (mark === ',' && depth === 0) yield* close(at);
  }
  return yield* close(text.length);
}

/** Thrown to end the walk; never leaves this file. */
class Stop extends Error {
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
    this.reason = reason;
  }
}

/** Values between two offsets that are yielded. */
const valuesPerStep = 1_000;

/** Parses with an explicit stack, so that deep nesting cannot overflow the call stack. */
function* walk(scan: Scan): Generator<number, void> {
  const open: ('{' | '[')[] = [];
  for (let values = 1; ; values += 1) {
    if (values % valuesPerStep === 0) yield scan.at;
    skipBlank(scan);
    const mark = scan.text[scan.at];
    if (mark === '{' || mark === '[') {
      scan.at += 1;
      skipBlank(scan);
      if (scan.text[scan.at] !== closing(mark)) {
        open.push(mark);
        if (mark === '{') takeKey(scan);
        continue;
      }
      scan.at += 1;
    } else {
      takeScalar(scan);
    }
    if (!closeAll(scan, open)) return;
  }
}

/** After a value: reads closing brackets, or a comma and the next key; `false` at the end of the text. */
function closeAll(scan: Scan, open: ('{' | '[')[]): boolean {
  for (;;) {
    skipBlank(scan);
    const container = open.at(-1);
    const mark = scan.text[scan.at];
    if (container === undefined) {
      if (mark !== undefined) stop(scan, 'there is more text after the value');
      return false;
    }
    if (mark !== ',' && mark !== closing(container)) stop(scan, `"," or "${closing(container)}" is missing`);
    scan.at += 1;
    if (mark === ',') {
      skipBlank(scan);
      if (scan.text[scan.at] === closing(container))
        stop(scan, 'there is a comma before the closing bracket');
      if (container === '{') takeKey(scan);
      return true;
    }
    open.pop();
  }
}

function takeKey(scan: Scan): void {
  if (scan.text[scan.at] !== '"') stop(scan, 'a name in double quotes is missing');
  takeString(scan);
  skipBlank(scan);
  if (scan.text[scan.at] !== ':') stop(scan, '":" is missing after a name');
  scan.at += 1;
}

function takeScalar(scan: Scan): void {
  const mark = scan.text[scan.at];
  if (mark === undefined) stop(scan, 'the text ends too early');
  if (mark === '"') return takeString(scan);
  if (mark === '-' || (mark >= '0' && mark <= '9')) return takeNumber(scan);
  const found = match(scan, word)?.[0] ?? '';
  if (literals.has(found)) scan.at += found.length;
  else if (foreign.has(found)) stop(scan, `"${found}" is not a JSON value`);
  else if (mark === "'") stop(scan, 'a string is in single quotes; JSON needs double quotes');
  else stop(scan, 'a value is missing');
}

function takeNumber(scan: Scan): void {
  const found = match(scan, number);
  if (found === null) stop(scan, 'a number is malformed');
  scan.at += found[0].length;
}

function takeString(scan: Scan): void {
  const { text, at: start } = scan;
  for (let at = start + 1; at < text.length; at += 1) {
    const mark = text[at]!;
    if (mark === '"') {
      scan.at = at + 1;
      return;
    }
    scan.at = at;
    if (mark === '\\') {
      const found = match(scan, escape);
      if (found === null) stop(scan, 'this escape sequence does not exist in JSON');
      at += found[0].length - 1;
    } else if (mark < ' ') {
      stop(
        scan,
        'there is a line break, tab or other control character in a string; write it as \\n, \\t or \\u00XX',
      );
    }
  }
  scan.at = start;
  stop(scan, 'a string is not closed with double quotes');
}

/** The offset after a text's closing quote, or the end if the quote is missing. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function closing(mark: '{' | '['): '}' | ']' {
  return mark === '{' ? '}' : ']';
}

function skipBlank(scan: Scan): void {
  scan.at += match(scan, blank)![0].length;
}

function match(scan: Scan, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = scan.at;
  return pattern.exec(scan.text);
}

function stop(scan: Scan, reason: string): never {
  throw new Stop(scan.at, reason);
}
