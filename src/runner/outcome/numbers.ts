import { ExactNumber } from '../../core/text/exactNumber.ts';
import { isRecord, type Json } from '../../core/text/json.ts';

/** The text if it is an integer, as JSON or a program writes it. */
export function integerIn(text: string): string | undefined {
  return /^[+-]?\d+$/.test(text) ? text : undefined;
}

/** A double holds every integer that is written with at most this many characters. */
const safeLength = 15;

/** Whether two texts spell the same integer. Texts are compared, because integers may be very long. */
export function sameInteger(one: string, other: string): boolean {
  if (Math.max(one.length, other.length) <= safeLength) return Number(one) === Number(other);
  return canonical(one) === canonical(other);
}

/** Without leading zeros; zero has no sign. */
function canonical(integer: string): string {
  const digits = integer.replace(/^[+-]?0*/, '');
  return `${integer.startsWith('-') && digits !== '' ? '-' : ''}${digits}`;
}

/** The value of a text as a double; NaN if it is not a number. */
export function doubleIn(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

/** Whether a double has exactly the value of an integer that is too large for most doubles. */
export function isExactly(integer: string, double: number): boolean {
  return Number.isInteger(double) && sameInteger(integer, String(BigInt(double)));
}

/** The digits of the integers beyond 2^53 in a value. */
export function largeIntegers(value: Json): string[] {
  if (value instanceof ExactNumber) return integerIn(value.digits) === undefined ? [] : [value.digits];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(largeIntegers);
  return isRecord(value) ? Object.values(value).flatMap(largeIntegers) : [];
}

/** Whether a double holds an integer exactly. */
export function isDouble(integer: string): boolean {
  return isExactly(integer, Number(integer));
}
