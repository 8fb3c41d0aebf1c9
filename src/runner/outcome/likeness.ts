import { isNumber } from '../../core/text/exactNumber.ts';
import type { Json } from '../../core/text/json.ts';
import { special, type Special, type WireValue } from './value.ts';

/** Two numbers are close if `abs(actual - expected) <= atol + rtol * abs(expected)`. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** A necessary condition for two values to be equal. It is not sufficient: values that meet it may differ. */
export interface Likeness {
  /** Values that may be equal have the same key. */
  readonly key: string;
  /**
   * The numbers inside the value, if equal values may have different numbers. The numbers of equal values are
   * pairwise within the tolerance, in this order. Empty if numbers are part of the key.
   */
  readonly numbers: readonly number[];
}

export interface LikenessRules {
  readonly tolerance: Tolerance;
  /**
   * Lists are compared item by item. If an actual value contains a set, the items of the set may be in any
   * order.
   */
  readonly ordered: boolean;
}

/** The likeness of an actual value (`isWire`) or of an expected value, in which no object is special. */
export function likenessOf(value: WireValue, isWire: boolean, rules: LikenessRules): Likeness {
  const { rtol, atol } = rules.tolerance;
  const numbers: number[] = [];
  const isExact = rtol === 0 && atol === 0;
  const keyOfNumber = (number: number): string => {
    if (isExact || !Number.isFinite(number)) return `#${number}`;
    numbers.push(number);
    return '#';
  };
  const key = keyOf(value, { isWire, ordered: rules.ordered, keyOfNumber });
  // With a tolerance this large, the order of numbers does not limit which of them match.
  if (rtol >= 1) return { key, numbers: [] };
  return { key, numbers: rules.ordered ? numbers : numbers.toSorted((a, b) => a - b) };
}

/** Whether a value contains a set, or a map written as pairs: these equal lists in any order. */
export function holdsSet(value: WireValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return (value as Json[]).some(holdsSet);
  const found = special(value);
  if (found === undefined) return Object.values(value).some(holdsSet);
  if (found.kind === 'one') return holdsSet(found.item);
  return found.kind === 'set' || found.kind === 'pairs';
}

interface KeyRules {
  readonly isWire: boolean;
  readonly ordered: boolean;
  readonly keyOfNumber: (number: number) => string;
}

/**
 * One key for `null`, an empty list and an empty object: PHP, R, Perl and Go use one value for several of
 * them.
 */
const nothing = '-';

function keyOf(value: WireValue, rules: KeyRules): string {
  if (value === null) return nothing;
  if (isNumber(value)) return rules.keyOfNumber(Number(value));
  if (typeof value === 'boolean') return rules.keyOfNumber(value ? 1 : 0);
  if (typeof value === 'string') return keyOfText(value, rules);
  if (Array.isArray(value)) return keyOfList(value as Json[], rules);
  const found = rules.isWire ? special(value) : undefined;
  return found === undefined
    ? keyOfRecord(value as { readonly [name: string]: Json }, rules)
    : keyOfSpecial(found, rules);
}

/** A text in Perl or Bash may equal the number or the truth value that it spells. */
function keyOfText(text: string, rules: KeyRules): string {
  const word = text.trim();
  if (word === 'true') return rules.keyOfNumber(1);
  if (word === 'false') return rules.keyOfNumber(0);
  const number = Number(word);
  return Number.isNaN(number) ? JSON.stringify(text) : rules.keyOfNumber(number);
}

function keyOfList(items: readonly WireValue[], rules: KeyRules): string {
  if (items.length === 0) return nothing;
  const keys = items.map((item) => keyOf(item, rules));
  // An R vector of length 1 equals both its item and a list of that item.
  if (keys.length === 1) return keys[0]!;
  return `[${(rules.ordered ? keys : keys.toSorted()).join(',')}]`;
}

function keyOfRecord(record: { readonly [name: string]: Json }, rules: KeyRules): string {
  const names = Object.keys(record).toSorted();
  if (names.length === 0) return nothing;
  return `{${names.map((name) => `${JSON.stringify(name)}:${keyOf(record[name]!, rules)}`).join(',')}}`;
}

function keyOfSpecial(found: Special, rules: KeyRules): string {
  switch (found.kind) {
    case 'set':
      return keyOfList(found.items, rules);
    case 'pairs':
      return keyOfList(
        found.items.map((pair) => [...pair]),
        rules,
      );
    case 'empty':
    case 'nothing':
    case 'undefined':
      return nothing;
    case 'one':
      return keyOf(found.item, rules);
    case 'either':
      return keyOf(found.ways[0]!, rules);
    case 'named':
      return keyOfList(found.items, rules);
    case 'own':
      return keyOfRecord(found.members, rules);
    case 'number':
    case 'unconverted':
    case 'scalar':
      return keyOfText(found.text, rules);
  }
}
