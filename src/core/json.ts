import * as z from 'zod';

/** Any JSON value, as task files carry them. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** How deep lists and objects may stand in one another: deeper ones overflow the stack of those who read them. */
const deepest = 200;

/** Takes the value as it is, a member named "__proto__" included, which zod's own JSON schema would drop. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(
  (value) => isJson(value, deepest),
  `must be a JSON value with finite numbers, nested at most ${deepest} deep`,
);

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === 0) return false;
  const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return members.every((member) => isJson(member, depth - 1));
}

/** The same value with every text in it, names of members aside, made over. */
export function mapStrings(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((member) => mapStrings(member, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapStrings(member, change)]),
  );
}
