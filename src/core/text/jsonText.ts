/** A place in a JSON text, in UTF-16 units from its start, and what is the matter there, as a clause. */
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
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const literals = new Set(['true', 'false', 'null']);
/** What other languages write for a value that JSON spells differently. */
const foreign = new Set(['None', 'True', 'False', 'NaN', 'Infinity', 'undefined', 'nil']);

/**
 * Where a text stops being JSON, or the first whole number in it that would change when it is read, since JavaScript
 * keeps only 53 bits of it and writes those above 10^21 as fractions. `undefined` when every value is read as it was written. Slow beside `JSON.parse`, which
 * names no column for most faults: for texts that are known or suspected to be broken.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const scan: Scan = { text, at: 0 };
  try {
    walk(scan);
    return undefined;
  } catch (error) {
    if (error instanceof Stop) return { offset: error.offset, reason: error.reason };
    throw error;
  }
}

/** The elements of a list that a text holds, each with the offset where it begins; broken ones are cut by brackets. */
export function listElements(text: string): { readonly text: string; readonly offset: number }[] {
  const elements: { text: string; offset: number }[] = [];
  let depth = 0;
  let start = text.indexOf('[') + 1;
  const close = (end: number): void => {
    const source = text.slice(start, end);
    const lead = source.length - source.trimStart().length;
    if (source.trim() !== '') elements.push({ text: source.trim(), offset: start + lead });
    start = end + 1;
  };
  for (let at = start; at < text.length; at += 1) {
    const mark = text[at]!;
    if (mark === '"') at = stringEnd(text, at) - 1;
    else if (mark === '{' || mark === '[') depth += 1;
    else if (mark === ']' && depth === 0) return (close(at), elements);
    else if (mark === '}' || mark === ']') depth -= 1;
    else if (mark === ',' && depth === 0) close(at);
  }
  close(text.length);
  return elements;
}

/** Ends the walk; never leaves this file. */
class Stop extends Error {
  readonly offset: number;
  readonly reason: string;

  constructor(offset: number, reason: string) {
    super(reason);
    this.offset = offset;
    this.reason = reason;
  }
}

/** Follows the grammar with a stack of its own, so that no depth of nesting overflows the real one. */
function walk(scan: Scan): void {
  const open: ('{' | '[')[] = [];
  for (;;) {
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

/** After a value: takes closing brackets, and a comma with the key behind it; `false` at the end of the text. */
function closeAll(scan: Scan, open: ('{' | '[')[]): boolean {
  for (;;) {
    skipBlank(scan);
    const container = open.at(-1);
    const mark = scan.text[scan.at];
    if (container === undefined) {
      if (mark !== undefined) stop(scan, 'there is more text after the end of the value');
      return false;
    }
    if (mark !== ',' && mark !== closing(container)) stop(scan, `"," or "${closing(container)}" is missing`);
    scan.at += 1;
    if (mark === ',') {
      skipBlank(scan);
      if (scan.text[scan.at] === closing(container)) stop(scan, 'a comma stands before the closing bracket');
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
  else if (mark === "'") stop(scan, 'a text stands in single quotes; JSON takes double ones');
  else stop(scan, 'a value is missing');
}

function takeNumber(scan: Scan): void {
  const found = match(scan, number);
  if (found === null) stop(scan, 'a number is broken');
  const [digits, fraction, exponent] = found;
  if (fraction === undefined && exponent === undefined && isRounded(digits)) {
    const shown = digits.length <= 24 ? digits : `${digits.slice(0, 20)}…`;
    stop(scan, `the number ${shown} is too large to be kept exactly`);
  }
  scan.at += digits.length;
}

/** Whether the whole number would be written in other digits after it was read. */
function isRounded(digits: string): boolean {
  return digits.length >= 16 && String(Number(digits)) !== digits;
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
      if (found === null) stop(scan, 'an escape that begins with "\\" is not one of JSON');
      at += found[0].length - 1;
    } else if (mark < ' ') {
      stop(
        scan,
        'a line break, tab or other control character stands in a text; write it as \\n, \\t or \\u00XX',
      );
    }
  }
  scan.at = start;
  stop(scan, 'a text is not closed with double quotes');
}

/** The offset after a text's closing quote, or the end where there is none. */
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
