import { isJsonNumber, numberOf } from '../../core/text/exactNumber.ts';
import { isRecord, type Json } from '../../core/text/json.ts';

/**
 * A value as written by a wrapper inside the sandbox: JSON, where each value that JSON lacks is an object
 * with the members `$` (its kind) and `v` (its content). If an object of the answer has a member `$`, the
 * wrapper writes the object as pairs.
 */
export type WireValue = Json;

/**
 * A value that JSON lacks. Numbers are integers that a double cannot hold exactly, NaN and the infinities.
 */
export type Special =
  | { readonly kind: 'set'; readonly items: readonly WireValue[] }
  | { readonly kind: 'pairs'; readonly items: readonly (readonly [WireValue, WireValue])[] }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'undefined' }
  /** PHP's `[]`, which is both an empty list and an empty map. */
  | { readonly kind: 'empty' }
  /** R's NULL and Perl's empty list, which also mean an empty list or map. */
  | { readonly kind: 'nothing' }
  /** A text in a language (Bash, Perl) in which texts also serve as numbers and truth values. */
  | { readonly kind: 'scalar'; readonly text: string }
  /** An R vector of length 1, which equals both its item and a list of that item. */
  | { readonly kind: 'one'; readonly item: WireValue }
  /** A value that JSON can write in several ways, such as a fraction: a number or a text. The first is displayed. */
  | { readonly kind: 'either'; readonly ways: readonly WireValue[] }
  /** A value that is both a list and an object, such as Python's named tuple. */
  | { readonly kind: 'named'; readonly names: readonly string[]; readonly items: readonly WireValue[] }
  /** An object of a class of the answer, as its public fields, and as its class displays it. */
  | {
      readonly kind: 'own';
      readonly type: string;
      readonly members: { readonly [name: string]: WireValue };
      readonly text: string | undefined;
    }
  /** Any other value, as the language displays it, and what it is: "a value of the type complex". */
  | { readonly kind: 'unconverted'; readonly text: string; readonly what: string };

/** The special value that a wire value encodes, or `undefined` for plain JSON. */
export function special(value: WireValue): Special | undefined {
  if (!isRecord(value)) return undefined;
  const { $: kind, v: content } = value;
  if (kind === 'undefined' || kind === 'empty' || kind === 'nothing') return { kind };
  if (kind === 'one' && content !== undefined) return { kind, item: content };
  if (kind === 'set' && Array.isArray(content)) return { kind, items: content as Json[] };
  if (kind === 'pairs' && Array.isArray(content)) return { kind, items: (content as Json[]).filter(isPair) };
  if ((kind === 'number' || kind === 'scalar') && typeof content === 'string') return { kind, text: content };
  if (kind === 'either' && Array.isArray(content) && content.length > 0)
    return { kind, ways: content as Json[] };
  return specialObject(value);
}

/** Addresses differ from run to run. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/(?: at |:|@)(?:0x)?[0-9a-f]{8,16}(?=\W|$)/gi, '');
}

function specialObject(value: { readonly [key: string]: Json }): Special | undefined {
  const { $: kind, v: content, names, type, text, what } = value;
  if (kind === 'named' && Array.isArray(content) && Array.isArray(names))
    return { kind, names: (names as Json[]).map(String), items: content as Json[] };
  if (kind === 'own' && typeof type === 'string' && isRecord(content))
    return { kind, type, members: content, text: typeof text === 'string' ? text : undefined };
  if (kind === 'unconverted' && typeof content === 'string' && typeof what === 'string')
    return { kind, text: withoutAddresses(content), what };
  return undefined;
}

/** Whether a value contains one that JSON can write in several ways. */
export function hasWays(value: WireValue): boolean {
  return partsOf(value).some((part) => ['either', 'named'].includes(special(part)?.kind ?? ''));
}

/** Whether a value contains one that cannot be compared, or only with an object of the same fields. */
export function hasUncertain(value: WireValue): boolean {
  return partsOf(value).some((part) => ['own', 'unconverted'].includes(special(part)?.kind ?? ''));
}

/** The first value inside a value that has no JSON form, in words. */
export function firstUnconverted(value: WireValue): string | undefined {
  for (const part of partsOf(value)) {
    const found = special(part);
    if (found?.kind === 'unconverted') return inWords(found);
  }
  return undefined;
}

/** "a value of the type complex: (1+2j)". */
export function inWords({ what, text }: Extract<Special, { kind: 'unconverted' }>): string {
  return text === '' ? what : `${what}: ${text}`;
}

/** A value and all values inside it, in the form of the wire. */
function partsOf(value: WireValue): readonly WireValue[] {
  const parts = [value];
  // The list grows while it is read.
  for (const part of parts) {
    if (Array.isArray(part) || isRecord(part)) for (const member of Object.values(part)) parts.push(member);
  }
  return parts;
}

/** How many ways to write a value are tried at most. */
export const maxWays = 5;

/** A value in which every value that JSON can write in several ways is written in the way of this index. */
export function inWay(value: WireValue, way: number): WireValue {
  const found = special(value);
  if (found?.kind === 'either') return inWay(found.ways[Math.min(way, found.ways.length - 1)]!, way);
  if (found?.kind === 'named') return inWay(way === 0 ? [...found.items] : namedMembers(found), way);
  if (Array.isArray(value)) return (value as Json[]).map((item) => inWay(item, way));
  if (!isRecord(value)) return value;
  return record(Object.entries(value).map(([name, member]) => [name, inWay(member, way)]));
}

/** The object that a named list is. */
export function namedMembers({ names, items }: Extract<Special, { kind: 'named' }>): {
  readonly [name: string]: WireValue;
} {
  return record(names.map((name, index) => [name, items[index] ?? null]));
}

/** A null prototype keeps a member named "__proto__" a member. */
function record(entries: readonly (readonly [string, Json])[]): { readonly [name: string]: Json } {
  const members = Object.create(null) as Record<string, Json>;
  for (const [name, member] of entries) members[name] = member;
  return members;
}

/**
 * A wire value as plain JSON, for records and display: sets and pairs become lists, NaN, the infinities and other special
 * values become text.
 */
export function plainValue(value: WireValue): Json {
  const found = special(value);
  if (found === undefined) {
    if (Array.isArray(value)) return (value as Json[]).map(plainValue);
    if (!isRecord(value)) return value;
    return record(Object.entries(value).map(([name, member]) => [name, plainValue(member)]));
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
    case 'either':
      return plainValue(found.ways[0]!);
    case 'named':
      return plainValue([...found.items]);
    case 'own':
      return plainValue(found.members);
    case 'unconverted':
      return found.text === '' ? found.what : found.text;
    case 'number':
      return isJsonNumber(found.text) ? numberOf(found.text) : found.text;
    case 'scalar':
      return found.text;
  }
}

function isPair(value: Json): value is readonly [Json, Json] {
  return Array.isArray(value) && value.length === 2;
}
