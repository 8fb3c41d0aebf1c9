import { ExactNumber, isInteger, type JsonNumber } from './exactNumber.ts';

/** Any JSON value, as task files carry them. */
export type Json = null | boolean | JsonNumber | string | readonly Json[] | { readonly [key: string]: Json };

/** Maximum nesting of lists and objects: deeper nesting would overflow the stack of recursive readers. */
export const deepest = 200;

/** Whether a value is JSON with finite numbers, nested at most `deepest` deep. */
export function isJson(value: unknown): value is Json {
  return isJsonWithin(value, deepest);
}

function isJsonWithin(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (value instanceof ExactNumber) return isInteger(value.digits) || Number.isFinite(Number(value));
  if (typeof value !== 'object' || depth === 0) return false;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.every((member) => isJsonWithin(member, depth - 1));
}

/** Whether a value is an object with members, not a list or an exact number. */
export function isRecord(value: unknown): value is { readonly [key: string]: Json } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** The value with every string in it mapped, except the names of members. */
export function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((member) => mapStrings(member, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapStrings(member, change)]),
  );
}
