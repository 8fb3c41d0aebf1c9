import type { Json } from '../core/json.ts';

/**
 * A value as a wrapper inside the sandbox writes it: JSON, and what JSON lacks as an object with the single member
 * `$` for its kind and `v` for its content. An object of the answer's own that has a member `$` comes as pairs.
 */
export type WireValue = Json;

/** What JSON lacks. Numbers are those beyond a double's whole numbers, and NaN and the infinities. */
export type Special =
  | { readonly kind: 'set'; readonly items: readonly WireValue[] }
  | { readonly kind: 'pairs'; readonly items: readonly (readonly [WireValue, WireValue])[] }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'undefined' }
  /** PHP's `[]`, which is an empty list and an empty map. */
  | { readonly kind: 'empty' }
  /** R's NULL and Perl's empty list, which also stand for an empty list or map. */
  | { readonly kind: 'nothing' }
  /** A text of a language (Bash, Perl) in which texts are numbers and truth values as well. */
  | { readonly kind: 'scalar'; readonly text: string }
  /** A vector of R of length 1, which is the value as well as a list of it. */
  | { readonly kind: 'one'; readonly item: WireValue }
  /** Anything else, as the language shows it to a person. */
  | { readonly kind: 'text'; readonly text: string };

/** The special value that a wire value stands for, or `undefined` for plain JSON. */
export function special(value: WireValue): Special | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { $: kind, v: content } = value as { readonly [key: string]: Json };
  if (kind === 'undefined' || kind === 'empty' || kind === 'nothing') return { kind };
  if (kind === 'one' && content !== undefined) return { kind, item: content };
  if (kind === 'set' && Array.isArray(content)) return { kind, items: content as Json[] };
  if (kind === 'pairs' && Array.isArray(content)) return { kind, items: (content as Json[]).filter(isPair) };
  if ((kind === 'number' || kind === 'text' || kind === 'scalar') && typeof content === 'string')
    return { kind, text: content };
  return undefined;
}

/** A wire value as plain JSON, for a record and for showing: sets and pairs as lists, the rest as text. */
export function plainValue(value: WireValue): Json {
  const found = special(value);
  if (found === undefined) {
    if (Array.isArray(value)) return (value as Json[]).map(plainValue);
    if (typeof value !== 'object' || value === null) return value;
    // A null prototype keeps a member named "__proto__" a member.
    const record = Object.create(null) as Record<string, Json>;
    for (const [key, member] of Object.entries(value)) record[key] = plainValue(member);
    return record;
  }
  switch (found.kind) {
    case 'set':
      return found.items.map(plainValue);
    case 'pairs':
      return found.items.map(([key, member]) => [plainValue(key), plainValue(member)]);
    case 'undefined':
      return 'undefined';
    case 'empty':
      return [];
    case 'nothing':
      return null;
    case 'one':
      return plainValue(found.item);
    case 'number':
    case 'text':
    case 'scalar':
      return found.text;
  }
}

function isPair(value: Json): value is readonly [Json, Json] {
  return Array.isArray(value) && value.length === 2;
}
