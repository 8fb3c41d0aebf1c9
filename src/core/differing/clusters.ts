import { isNumber } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';
import { differenceClasses, type DifferenceClass, type Outcome, type OutcomePair } from './outcome.ts';
import type { Candidate } from './search.ts';
import { weightOf } from './tree.ts';

/** An input on which two answers differ. */
export interface Difference<Input> extends Candidate<Input> {
  readonly class: DifferenceClass;
  readonly outcomes: OutcomePair;
}

/** So many differences of a cluster are kept, in case the smallest does not repeat. */
const keptPerCluster = 4;

/** Differences that look alike are one cluster: two outcomes of the same kinds, that differ in the same way. */
export class Clusters<Input> {
  readonly #clusters = new Map<string, Difference<Input>[]>();

  add(difference: Difference<Input>): void {
    const key = clusterOf(difference);
    const known = this.#clusters.get(key) ?? [];
    this.#clusters.set(key, [...known, difference].toSorted(byWorth).slice(0, keptPerCluster));
  }

  get size(): number {
    return this.#clusters.size;
  }

  /** The clusters, the most telling first; in each the best differences first. */
  inOrder(): Difference<Input>[][] {
    return [...this.#clusters.values()].toSorted(([a], [b]) => byWorth(a!, b!));
  }
}

/** The more telling class first, then inputs within the bounds, then the smaller input. */
export function byWorth(a: Difference<unknown>, b: Difference<unknown>): number {
  return (
    Number(b.withinBounds) - Number(a.withinBounds) ||
    differenceClasses.indexOf(a.class) - differenceClasses.indexOf(b.class) ||
    weightOf(a.tree) - weightOf(b.tree)
  );
}

/** The cluster of a difference: its class and the kinds of both outcomes. */
export function clusterOf({
  class: kind,
  outcomes: { a, b },
}: Pick<Difference<unknown>, 'class' | 'outcomes'>): string {
  return [kind, kindOf(a), kindOf(b), ...(kind === 'value' ? [relationOf(a, b)] : [])].join('|');
}

function kindOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'value':
      return valueKind(outcome.value);
    case 'text':
      return textKind(outcome.text);
    case 'crash':
      return `crash ${outcome.error}`;
    case 'limit':
      return outcome.limit;
    case 'long':
    case 'unknown':
      return outcome.kind;
  }
}

function valueKind(value: Json): string {
  if (typeof value === 'boolean' || value === null) return String(value);
  if (isNumber(value)) return 'number';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** Short words such as YES stand for themselves. */
function textKind(text: string): string {
  const word = text.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(word)) return 'number';
  if (/^\p{L}{1,10}$/u.test(word)) return word;
  return word === '' ? 'nothing' : 'text';
}

function relationOf(a: Outcome, b: Outcome): string {
  const [one, other] = [sizeOf(a), sizeOf(b)];
  return one === other ? 'same size' : one < other ? 'smaller' : 'larger';
}

function sizeOf(outcome: Outcome): number {
  if (outcome.kind === 'text')
    return textKind(outcome.text) === 'number' ? Number(outcome.text) : outcome.text.split(/\s+/).length;
  if (outcome.kind !== 'value') return 0;
  const { value } = outcome;
  if (isNumber(value)) return Number(value);
  return Array.isArray(value) || typeof value === 'string' ? value.length : 0;
}
