/** Whether a text is a number as JSON writes it. */
export function isJsonNumber(text: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);
}

/**
 * A number that a JavaScript number would change: a fraction such as `2.0`, which other languages distinguish from `2`; an
 * integer beyond 2^53; a negative zero; a fraction with more digits than a double has. `JSON.stringify` writes it unchanged.
 */
export class ExactNumber {
  /** The number as written in JSON. */
  readonly digits: string;

  constructor(digits: string) {
    if (!isJsonNumber(digits)) throw new RangeError(`${JSON.stringify(digits)} is not a JSON number`);
    this.digits = digits;
  }

  toJSON(): unknown {
    return (JSON as JSON & { rawJSON(text: string): unknown }).rawJSON(this.digits);
  }

  toString(): string {
    return this.digits;
  }

  /** The nearest double. */
  valueOf(): number {
    return Number(this.digits);
  }
}

/** A number of JSON: an `ExactNumber` if a double would change it. */
export type JsonNumber = number | ExactNumber;

export function isNumber(value: unknown): value is JsonNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** The value of a number written in JSON. */
export function numberOf(digits: string): JsonNumber {
  const value = Number(digits);
  return isKept(value, digits) ? value : new ExactNumber(digits);
}

/** Whether a double keeps the value of a JSON number, and whether it is an integer or a fraction. */
function isKept(value: number, digits: string): boolean {
  if (isInteger(digits)) return Number.isSafeInteger(value) && !Object.is(value, -0);
  if (Number.isInteger(value)) return false;
  const written = String(value);
  return written === digits || significantDigits(written) === significantDigits(digits);
}

/** The digits of a number without its sign, exponent and outer zeros. */
function significantDigits(written: string): string {
  const [mantissa = ''] = written.split(/[eE]/);
  return mantissa
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
    .replace(/(?<!0)0+$/, '');
}

/** Whether a number is written as an integer: without a fraction and an exponent. */
export function isInteger(digits: string): boolean {
  return !/[.eE]/.test(digits);
}

/** Reads JSON like `JSON.parse`, and keeps numbers that a double would change. */
export function parseJson(text: string): unknown {
  if (!mayHoldExact(text)) return JSON.parse(text);
  return JSON.parse(text, (_name, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' && context?.source !== undefined ? numberOf(context.source) : value,
  );
}

/** The value after `JSON.stringify` and `parseJson`: without members that are `undefined`. */
export function plainJson(value: unknown): unknown {
  return parseJson(JSON.stringify(value));
}

/**
 * Whether a JSON text has a number that a double may change. `JSON.parse` alone is several times faster, so a quick search
 * that ignores strings excludes most texts first.
 */
function mayHoldExact(text: string): boolean {
  return (/\.0|\d[eE]|-0/.test(text) || hasLongRun(text)) && hasUnusualNumber(text);
}

/** A double keeps every number with at most this many digits. */
const safeDigits = 15;

/** Checks only every sixteenth character: a run of sixteen digits must include one of them. */
function hasLongRun(text: string): boolean {
  const step = safeDigits + 1;
  for (let at = safeDigits; at < text.length; at += step) {
    if (!isDigitOrPoint(text, at)) continue;
    let start = at;
    while (isDigitOrPoint(text, start - 1)) start -= 1;
    let end = at + 1;
    while (isDigitOrPoint(text, end)) end += 1;
    if (end - start > safeDigits) return true;
  }
  return false;
}

/** Checks the numbers outside of strings. */
function hasUnusualNumber(text: string): boolean {
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    if (isUnusualBetween(text, at, quote === -1 ? text.length : quote)) return true;
    if (quote === -1) return false;
    at = afterString(text, quote);
  }
  return false;
}

/** Checks the text between two strings: numbers, brackets and words. */
function isUnusualBetween(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (!isDigitOrPoint(text, at)) continue;
    const start = at;
    while (at < to && isDigitOrPoint(text, at)) at += 1;
    const digits = text.slice(start, at);
    if (digits.length > safeDigits || /\.0+$/.test(digits) || 'eE'.includes(text[at] ?? ' ')) return true;
    if (digits === '0' && text[start - 1] === '-') return true;
  }
  return false;
}

function isDigitOrPoint(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}

/** The offset after a string's closing quote. */
function afterString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}
