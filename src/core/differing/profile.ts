import { isNumber } from '../text/exactNumber.ts';
import { isRecord, type Json } from '../text/json.ts';
import { isList } from './tree.ts';
import { isFraction, isSmallAlphabet, type Range, type Shape } from './shape.ts';

/** The shape of an option that fits a value's kind; `undefined` if no option fits. */
export function optionFor(shape: Shape, value: Json): Shape | undefined {
  if (shape.kind !== 'mixed') return isOfKind(shape, value) ? shape : undefined;
  return shape.options.find((option) => isOfKind(option, value));
}

function isOfKind({ kind }: Shape, value: Json): boolean {
  switch (kind) {
    case 'null':
      return value === null;
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return isNumber(value) && !isFraction(value);
    case 'fraction':
      return isNumber(value);
    case 'text':
      return typeof value === 'string';
    case 'list':
    case 'tuple':
      return isList(value);
    case 'record':
      return isRecord(value);
    case 'mixed':
      return true;
  }
}

/** Whether a value has the properties that the seeds have in common and keeps within the bounds. */
export function fits(shape: Shape | undefined, value: Json): boolean {
  if (shape === undefined) return true;
  const option = optionFor(shape, value);
  if (option === undefined) return false;
  switch (option.kind) {
    case 'integer':
    case 'fraction':
      return isInside(usualRange(option.range), Number(value));
    case 'text':
      return fitsText(option, value as string);
    case 'list':
      return fitsList(option, value as readonly Json[]);
    case 'tuple': {
      const items = value as readonly Json[];
      return (
        items.length === option.items.length && items.every((item, index) => fits(option.items[index], item))
      );
    }
    case 'record':
      return Object.entries(value as object).every(
        ([name, member]) => option.members.has(name) && fits(option.members.get(name), member as Json),
      );
    case 'null':
    case 'boolean':
    case 'mixed':
      return true;
  }
}

export function isInside({ min, max }: Range, number: number): boolean {
  return number >= min && number <= max;
}

/** Ranges that come from a prompt, not from seeds: they hold exactly. */
const stated = new WeakSet<Range>();

/** Marks a range as one that the prompt states. */
export function statedRange(range: Range): Range {
  const copy = { ...range };
  stated.add(copy);
  return copy;
}

/** Numbers of the same sign as those of the seeds, and not much larger, unless the prompt states the range. */
export function usualRange(range: Range): Range {
  if (stated.has(range)) return range;
  const { min, max } = range;
  const far = Math.max(100, 10 * Math.max(Math.abs(min), Math.abs(max)));
  return { min: min > 0 ? Math.min(1, min) : min === 0 ? 0 : -far, max: far };
}

/** Seeds are never empty: then neither are usual values. */
export function usualLengths(range: Range): Range {
  if (stated.has(range)) return range;
  return { min: Math.min(range.min, 1), max: Math.max(12, 3 * range.max) };
}

type TextShape = Extract<Shape, { kind: 'text' }>;

function fitsText(shape: TextShape, text: string): boolean {
  const characters = Array.from(text);
  if (!isInside(usualLengths(shape.lengths), characters.length)) return false;
  return characters.every((character) => isUsualCharacter(shape, character));
}

/** An alphabet of a few characters that occur often holds exactly; else letters and digits stand for their kind. */
function isUsualCharacter(shape: TextShape, character: string): boolean {
  const { alphabet } = shape;
  if (alphabet.length === 0 || alphabet.includes(character)) return true;
  if (isSmallAlphabet(shape)) return false;
  return characterKinds.some((kind) => kind.test(character) && alphabet.some((known) => kind.test(known)));
}

const characterKinds = [/[a-z]/, /[A-Z]/, /\d/];

type ListShape = Extract<Shape, { kind: 'list' }>;

function fitsList({ item, lengths, order, isUnique }: ListShape, list: readonly Json[]): boolean {
  if (!isInside(usualLengths(lengths), list.length)) return false;
  if (order !== undefined && !isOrdered(list, order)) return false;
  if (isUnique && distinctItems(list).length !== list.length) return false;
  return list.every((value) => fits(item, value));
}

function isOrdered(list: readonly Json[], order: 'ascending' | 'descending'): boolean {
  const sign = order === 'ascending' ? 1 : -1;
  return list.every((value, index) => index === 0 || sign * (Number(value) - Number(list[index - 1])) >= 0);
}

/** The value, changed where that is easy so that it fits: in range, in order, without duplicates. */
export function fitted(shape: Shape | undefined, value: Json): Json {
  const option = shape && optionFor(shape, value);
  if (option === undefined) return value;
  if (option.kind === 'integer') return clamped(value, usualRange(option.range));
  if (option.kind === 'list') return fittedList(option, value as readonly Json[]);
  if (option.kind === 'tuple')
    return (value as readonly Json[]).map((item, index) => fitted(option.items[index], item));
  if (option.kind === 'record')
    return Object.fromEntries(
      Object.entries(value as { readonly [name: string]: Json }).map(([name, member]) => [
        name,
        fitted(option.members.get(name), member),
      ]),
    );
  if (option.kind !== 'text') return value;
  return Array.from(value as string)
    .slice(0, usualLengths(option.lengths).max)
    .join('');
}

function fittedList({ item, lengths, order, isUnique }: ListShape, list: readonly Json[]): Json {
  const items = list.map((each) => fitted(item, each));
  const distinct = isUnique ? distinctItems(items) : items;
  const sign = order === 'descending' ? -1 : 1;
  const ordered =
    order === undefined ? distinct : distinct.toSorted((a, b) => sign * (Number(a) - Number(b)));
  return ordered.slice(0, usualLengths(lengths).max);
}

function distinctItems(items: readonly Json[]): Json[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function clamped(value: Json, { min, max }: Range): Json {
  const number = Number(value);
  return isInside({ min, max }, number) ? value : Math.min(max, Math.max(min, number));
}
