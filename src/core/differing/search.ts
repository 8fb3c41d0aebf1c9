import type { Random } from '../text/random.ts';
import { fits } from './profile.ts';
import { grown, mutated } from './mutate.ts';
import type { Outcome, OutcomePair } from './outcome.ts';
import { leafTrees, pick, randomTree, smallTrees, type Space } from './space.ts';
import type { Tree } from './tree.ts';

/** An input to try. */
export interface Candidate<Input> {
  readonly tree: Tree;
  readonly input: Input;
  /** It has the properties that the seeds share, and keeps the bounds that the prompt states. */
  readonly withinBounds: boolean;
}

/** What a search works with. */
export interface SearchParts<Input> {
  readonly space: Space;
  readonly seeds: readonly Tree[];
  /** Tries no input outside of the profile, apart from the seeds. */
  readonly staysWithinBounds?: boolean;
  /** The input that a tree stands for. */
  readonly render: (tree: Tree) => Input;
}

/** Longer inputs are not tried. In characters of JSON. */
const longestInput = 600;
/** The share of inputs outside of the profile that are tried. */
const strayShare = 0.15;
const mostSmall = 200;
const firstGeneration = 25;
const largestGeneration = 200;
/** What is tried in turn. Small inputs come first, since they are the easiest to read. */
const smallFirst = 30;
const turns = [
  'small',
  'mutated',
  'leaf',
  'random',
  'mutated',
  'small',
  'random',
  'mutated',
  'leaf',
  'grown',
] as const;
type Source = (typeof turns)[number];

/** Makes inputs for two answers, and learns from their outcomes which ones to change further. The same for the same seed. */
export class Search<Input> {
  readonly #parts: SearchParts<Input>;
  readonly #random: Random;
  readonly #seen = new Set<string>();
  readonly #behaviours = new Set<string>();
  readonly #kept: Tree[];
  readonly #small: Tree[];
  readonly #leaves: Generator<Tree, undefined>;
  #made = 0;
  #generations = 0;

  constructor(parts: SearchParts<Input>) {
    this.#parts = parts;
    this.#random = parts.space.random;
    this.#kept = [...parts.seeds];
    this.#small = smallTrees(parts.space, mostSmall);
    this.#leaves = leafTrees(parts.space, parts.seeds);
  }

  /**
   * The next generation of inputs; none if hardly any are left. Its size and inputs depend only on the seed and on what was
   * told about earlier generations: how fast the answers run does not matter.
   */
  next(): Candidate<Input>[] {
    const count = Math.min(largestGeneration, firstGeneration * 2 ** this.#generations);
    this.#generations += 1;
    const found: Candidate<Input>[] = [];
    for (let tries = 0; found.length < count && tries < 20 * count; tries += 1) {
      const tree = this.#nextTree();
      const candidate = tree && this.#candidate(tree);
      if (candidate !== undefined) found.push(candidate);
    }
    return found;
  }

  /** Keeps an input whose outcome is of a new kind as a start for others. */
  tell({ tree }: Candidate<Input>, { a, b }: OutcomePair): void {
    const behaviour = `${behaviourOf(a)} ${behaviourOf(b)}`;
    if (this.#behaviours.has(behaviour)) return;
    this.#behaviours.add(behaviour);
    this.#kept.push(tree);
  }

  #candidate(tree: Tree): Candidate<Input> | undefined {
    const { space, render, seeds, staysWithinBounds = false } = this.#parts;
    const input = render(tree);
    const key = JSON.stringify(input);
    if (key.length > longestInput || this.#seen.has(key)) return undefined;
    const withinBounds = fits(space.shape, tree);
    if (!withinBounds && this.#made > seeds.length && (staysWithinBounds || this.#random() >= strayShare))
      return undefined;
    this.#seen.add(key);
    return { tree, input, withinBounds };
  }

  #nextTree(): Tree | undefined {
    const at = this.#made;
    this.#made += 1;
    const { seeds } = this.#parts;
    if (at < seeds.length) return seeds[at];
    const turn = at - seeds.length;
    return this.#treeFrom(turn < smallFirst ? 'small' : turns[turn % turns.length]!);
  }

  #treeFrom(source: Source): Tree | undefined {
    const { space } = this.#parts;
    const start = pick(this.#kept, this.#random);
    switch (source) {
      case 'small':
        return this.#small.shift() ?? randomTree(space);
      case 'leaf':
        return this.#leaves.next().value ?? randomTree(space);
      case 'random':
        return randomTree(space);
      case 'mutated':
        return start && mutated(start, pick(this.#kept, this.#random) ?? start, space);
      case 'grown':
        return start && grown(start, space);
    }
  }
}

/** The kind of an outcome, without its exact value. */
function behaviourOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'value': {
      const text = JSON.stringify(outcome.value);
      return `${typeof outcome.value} ${text.length < 6 ? text : Math.ceil(Math.log2(text.length) * 2)}`;
    }
    case 'text':
      return `text ${outcome.text.length < 6 ? outcome.text : Math.ceil(Math.log2(outcome.text.length) * 2)}`;
    case 'long':
      return 'long';
    case 'crash':
      return `crash ${outcome.error}`;
    case 'limit':
      return `limit ${outcome.limit}`;
    case 'unknown':
      return 'unknown';
  }
}
