import { Clusters, byWorth, type Difference } from '../../core/differing/clusters.ts';
import { classOf, type Outcome, type OutcomePair, type SameOutcome } from '../../core/differing/outcome.ts';
import { fits } from '../../core/differing/profile.ts';
import { Search, type Candidate, type SearchParts } from '../../core/differing/search.ts';
import { simplerTrees } from '../../core/differing/shrink.ts';
import type { DrivenInput, Driver } from '../../runner/driver/driver.ts';

/** How long a search lasts at most. */
export interface Budget {
  readonly ms: number;
  /** Pairs of runs after which the search ends if it has found a difference. */
  readonly enoughPairs: number;
  readonly mostPairs: number;
}

export const foregroundBudget: Budget = { ms: 10_000, enoughPairs: 500, mostPairs: 50_000 };

export interface Progress {
  readonly pairs: number;
  readonly differences: number;
}

/** The two answers, running. */
export interface Contest {
  readonly a: Driver;
  readonly b: Driver;
  readonly same: SameOutcome;
}

/** Small, because an answer may wait at every input. */
const firstBatch = 4;
const largestBatch = 200;
/** Batches become smaller if one takes longer, and larger if one takes less than half of this. */
const batchMs = 400;
const mostShown = 5;
const shrinkRuns = 500;
/** How long a single difference is made smaller at most. */
const shrinkMs = { quick: 10_000, slow: 2000 };
/** Inputs that run into a limit take long, so fewer of them are tried, for less time. */
const shrinkBatch = { quick: 100, slow: 4 };

/** Searches for inputs on which two answers differ, makes them small and confirms them. */
export class Finder {
  readonly #contest: Contest;
  readonly #parts: SearchParts<DrivenInput>;
  readonly #clusters = new Clusters<DrivenInput>();
  readonly #onProgress: (progress: Progress) => void;
  readonly #deadline: number;
  readonly #budget: Budget;
  #pairs = 0;
  #batchSize = firstBatch;
  #firstMs: number | undefined;

  constructor(
    contest: Contest,
    parts: SearchParts<DrivenInput>,
    budget: Budget,
    onProgress: (progress: Progress) => void,
  ) {
    this.#contest = contest;
    this.#parts = parts;
    this.#budget = budget;
    this.#deadline = performance.now() + budget.ms;
    this.#onProgress = onProgress;
  }

  /** When the first difference was seen, in milliseconds from the start; `undefined` if there is none. */
  get firstMs(): number | undefined {
    return this.#firstMs;
  }

  get pairs(): number {
    return this.#pairs;
  }

  /** Tries inputs until the budget is used up. */
  async search(): Promise<void> {
    const search = new Search(this.#parts);
    while (!this.#isOver()) {
      const generation = search.next();
      if (generation.length === 0 || !(await this.#try(generation, search))) return;
    }
  }

  /** Runs a generation in batches. Returns whether all of it ran. */
  async #try(generation: readonly Candidate<DrivenInput>[], search: Search<DrivenInput>): Promise<boolean> {
    for (let at = 0; at < generation.length;) {
      if (performance.now() > this.#deadline) return false;
      const batch = generation.slice(at, at + this.#batchSize);
      at += batch.length;
      const started = performance.now();
      const compared = await this.#compare(batch);
      for (const { candidate, outcomes, difference } of compared) {
        search.tell(candidate, outcomes);
        if (difference === undefined) continue;
        this.#clusters.add(difference);
        this.#firstMs ??= Math.round(performance.now() + this.#budget.ms - this.#deadline);
      }
      this.#tellProgress();
      if (compared.length < batch.length) return false;
      const took = performance.now() - started;
      if (took > batchMs) this.#batchSize = Math.max(4, Math.floor(this.#batchSize / 2));
      else if (took < batchMs / 2) this.#batchSize = Math.min(largestBatch, this.#batchSize * 2);
    }
    return true;
  }

  #tellProgress(): void {
    this.#onProgress({ pairs: this.#pairs, differences: this.#clusters.size });
  }

  #isOver(): boolean {
    const { enoughPairs, mostPairs } = this.#budget;
    if (performance.now() > this.#deadline || this.#pairs >= mostPairs) return true;
    return this.#clusters.size > 0 && this.#pairs >= enoughPairs;
  }

  /** The best difference of each cluster, made small and confirmed by `confirm`. */
  async witnesses(
    confirm: (difference: Difference<DrivenInput>) => Promise<OutcomePair | undefined>,
  ): Promise<Difference<DrivenInput>[]> {
    const found = new Map<string, Difference<DrivenInput>>();
    for (const cluster of this.#clusters.inOrder()) {
      if (found.size === mostShown) break;
      for (const difference of cluster) {
        const small = await this.#shrunk(difference);
        const key = JSON.stringify(small.input);
        if (found.has(key)) break;
        const witness = (await this.#repeated(small, confirm)) ?? (await this.#repeated(difference, confirm));
        if (witness === undefined) continue;
        found.set(JSON.stringify(witness.input), witness);
        break;
      }
    }
    return [...found.values()].toSorted(byWorth);
  }

  /** A difference that repeats twice in processes of their own, and then in a fresh sandbox. */
  async #repeated(
    difference: Difference<DrivenInput>,
    confirm: (difference: Difference<DrivenInput>) => Promise<OutcomePair | undefined>,
  ): Promise<Difference<DrivenInput> | undefined> {
    const compared = await this.#compare([difference, difference], true);
    if (compared.length < 2 || !compared.every((each) => each.difference?.class === difference.class))
      return undefined;
    const outcomes = await confirm(difference);
    const kind = outcomes && classOf(outcomes, this.#contest.same);
    if (outcomes === undefined || kind === undefined) return undefined;
    return { ...difference, class: kind, outcomes };
  }

  /** The simplest difference of the same class that a difference can be reduced to. */
  async #shrunk(start: Difference<DrivenInput>): Promise<Difference<DrivenInput>> {
    const pace = start.class === 'value' || start.class === 'crash' ? 'quick' : 'slow';
    const deadline = performance.now() + shrinkMs[pace];
    let best = start;
    let runs = 0;
    const goesOn = (): boolean => runs < shrinkRuns && performance.now() < deadline;
    while (goesOn()) {
      const simpler = simplerTrees(best.tree)
        .map((tree) => this.#candidateOf(tree))
        .filter((each) => each.withinBounds || !best.withinBounds);
      let better: Difference<DrivenInput> | undefined;
      for (let at = 0; at < simpler.length && better === undefined && goesOn(); at += shrinkBatch[pace]) {
        const batch = simpler.slice(at, at + shrinkBatch[pace]);
        runs += batch.length;
        const compared = await this.#compare(batch);
        this.#tellProgress();
        better = compared.find(({ difference }) => difference?.class === start.class)?.difference;
      }
      if (better === undefined) return best;
      best = better;
    }
    return best;
  }

  #candidateOf(tree: Candidate<DrivenInput>['tree']): Candidate<DrivenInput> {
    const { space, render } = this.#parts;
    return { tree, input: render(tree), withinBounds: fits(space.shape, tree) };
  }

  /** Runs both answers on inputs. Fewer results than inputs if the search was cancelled. */
  async #compare(candidates: readonly Candidate<DrivenInput>[], isolated = false): Promise<Compared[]> {
    const inputs = candidates.map(({ input }) => input);
    const pairs = await runBoth(this.#contest, inputs, isolated);
    this.#pairs += pairs.length;
    return pairs.map((outcomes, index) => {
      const candidate = candidates[index]!;
      const kind = classOf(outcomes, this.#contest.same);
      const { tree, input, withinBounds } = candidate;
      const difference = kind && { tree, input, withinBounds, class: kind, outcomes };
      return { candidate, outcomes, difference };
    });
  }
}

interface Compared {
  readonly candidate: Candidate<DrivenInput>;
  readonly outcomes: OutcomePair;
  readonly difference: Difference<DrivenInput> | undefined;
}

/** Runs both answers on inputs side by side. */
export async function runBoth(
  { a, b }: Pick<Contest, 'a' | 'b'>,
  inputs: readonly DrivenInput[],
  isolated = false,
): Promise<OutcomePair[]> {
  const [ofA, ofB] = await Promise.all([a.run(inputs, { isolated }), b.run(inputs, { isolated })]);
  return ofA.slice(0, ofB.length).map((outcome: Outcome, index) => ({ a: outcome, b: ofB[index]! }));
}
