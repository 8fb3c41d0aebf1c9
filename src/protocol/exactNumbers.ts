import { ExactNumber, isJsonNumber } from '../core/text/exactNumber.ts';

/*
 * A page receives a copy of a message, in which an exact number would become a plain object. Exact numbers are therefore sent
 * separately.
 */

/** The paths of the exact numbers in a message, and their digits. */
export type ExactNumbers = [place: Place, digits: string][];
type Place = (string | number)[];

export function isExactNumbers(value: unknown): value is ExactNumbers {
  return Array.isArray(value) && value.every((entry: unknown) => isExactNumber(entry));
}

function isExactNumber(value: unknown): value is ExactNumbers[number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [place, digits] = value as unknown[];
  return Array.isArray(place) && place.every(isName) && typeof digits === 'string' && isJsonNumber(digits);
}

function isName(value: unknown): value is Place[number] {
  return typeof value === 'string' || typeof value === 'number';
}

interface Extracted {
  /** The value with plain numbers in place of exact numbers; the same value if it has none. */
  readonly value: unknown;
  readonly numbers: ExactNumbers;
}

export function withoutExactNumbers(value: unknown): Extracted {
  const numbers: ExactNumbers = [];
  return { value: extract(value, [], numbers), numbers };
}

function extract(value: unknown, place: Place, numbers: ExactNumbers): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ExactNumber) {
    numbers.push([[...place], value.digits]);
    return Number(value);
  }
  const count = numbers.length;
  const members = Object.entries(value).map(([name, member]) => {
    place.push(name);
    const plain = extract(member, place, numbers);
    place.pop();
    return [name, plain] as const;
  });
  if (numbers.length === count) return value;
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

/** Puts exact numbers back into the copy that arrived. */
export function restoreExactNumbers(body: unknown, numbers: ExactNumbers): void {
  for (const [place, digits] of numbers) {
    const owner = place.slice(0, -1).reduce((value, name) => memberOf(value, name), body);
    const name = place.at(-1);
    if (name !== undefined && typeof memberOf(owner, name) === 'number')
      (owner as Record<string | number, unknown>)[name] = new ExactNumber(digits);
  }
}

function memberOf(value: unknown, name: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string | number, unknown>)[name]
    : undefined;
}
