import { bootstrapIntervals } from './bootstrap.ts';
import {
  fitBradleyTerry,
  type BradleyTerryFit,
  type Estimate,
  type PairedComparison,
} from './bradleyTerry.ts';
import type { Interval } from './interval.ts';
import {
  outcomeOf,
  pairCounts,
  pairKey,
  pairOf,
  type ModelVote,
  type PairCounts,
  type PairOutcome,
} from './modelVotes.ts';
import { raoKupperPair } from './raoKupper.ts';
import { relativeDifference, standardised, styleTraits } from './style.ts';
import { wilson, type Proportion } from './wilson.ts';

/** The comparison of models, over the votes of reviews in effect. */
export interface ModelFigures {
  /** Strongest first if strengths can be estimated, else in alphabetical order. */
  readonly models: readonly ModelResult[];
  readonly pairs: readonly PairResult[];
  /** Davidson's ν, the frequency of ties; `undefined` without estimated strengths or without ties. */
  readonly tie: number | undefined;
  /** Other influences on the votes; empty if the adjusted strengths cannot be estimated. */
  readonly effects: readonly Effect[];
}

export interface ModelResult {
  readonly model: string;
  readonly votes: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  readonly bothBad: number;
  /** λ of Bradley–Terry with Davidson's ties: log strength with a mean of zero, clustered by task. */
  readonly strength: Estimate | undefined;
  /** The strength without the effects of position and style. */
  readonly adjusted: Estimate | undefined;
  readonly rank: Rank | undefined;
}

/** Rank among the models, 1 for the strongest, with the range of the rank in 95 of 100 resamples of the tasks. */
export interface Rank {
  readonly rank: number;
  readonly interval: Interval | undefined;
}

/** Two models in alphabetical order. */
export interface PairResult extends PairCounts {
  /** Share of votes for the first model, among votes with a winner. */
  readonly won: Proportion;
  /** Rao and Kupper's ratio of strengths, including ties; `undefined` if one of the two never won. */
  readonly ratio: number | undefined;
}

export interface Effect {
  /** `position` (shown first), or a trait of style, for which the effect is per standard deviation. */
  readonly name: 'position' | (typeof styleTraits)[number];
  readonly estimate: Estimate;
}

/** Fewer draws than for coefficients, because each draw fits the model again. */
const rankDraws = 500;

/** The figures of all models in the votes. Equal votes give equal intervals. "Both bad" does not affect strengths. */
export function modelFigures(votes: readonly ModelVote[]): ModelFigures {
  const pairs = pairCounts(votes);
  const fit = fitBradleyTerry(comparisonsOf(votes), { ties: tieRule(votes) });
  const adjusted = fit && adjustedFit(votes);
  const ranks = fit && ranksOf(votes, fit);
  const models = [...new Set(pairs.flatMap((pair) => pair.models))].toSorted();
  const results = models.map((model): ModelResult => ({
    model,
    ...totalsOf(model, pairs),
    strength: fit?.strengths.get(model),
    adjusted: adjusted?.fit.strengths.get(model),
    rank: ranks?.get(model),
  }));
  return {
    models: fit ? results.toSorted((one, other) => other.strength!.value - one.strength!.value) : results,
    pairs: pairs.map((pair) => ({
      ...pair,
      won: wilson(pair.wins, pair.wins + pair.losses),
      ratio: raoKupperPair(pair.wins, pair.losses, pair.ties)?.ratio,
    })),
    tie: fit?.tie,
    effects: adjusted === undefined ? [] : effectsOf(adjusted),
  };
}

/** Drops ties if there are none: Davidson's tie parameter then has no finite estimate. */
function tieRule(votes: readonly ModelVote[]): 'davidson' | 'drop' {
  return votes.some(({ outcome }) => outcome === 'tie') ? 'davidson' : 'drop';
}

function totalsOf(
  model: string,
  pairs: readonly PairCounts[],
): Pick<ModelResult, 'votes' | 'wins' | 'losses' | 'ties' | 'bothBad'> {
  const totals = { votes: 0, wins: 0, losses: 0, ties: 0, bothBad: 0 };
  for (const { models, wins, losses, ties, bothBad } of pairs) {
    if (!models.includes(model)) continue;
    const isFirst = models[0] === model;
    totals.votes += wins + losses + ties + bothBad;
    totals.wins += isFirst ? wins : losses;
    totals.losses += isFirst ? losses : wins;
    totals.ties += ties;
    totals.bothBad += bothBad;
  }
  return totals;
}

function comparisonsOf(
  votes: readonly ModelVote[],
  style?: readonly (readonly number[])[],
): PairedComparison[] {
  return votes.flatMap(({ taskId, first, second, outcome }, at) =>
    outcome === 'both-bad'
      ? []
      : [
          {
            first: first.model,
            second: second.model,
            outcome,
            cluster: taskId,
            ...(style !== undefined && { style: style[at]! }),
          },
        ],
  );
}

interface AdjustedFit {
  readonly fit: BradleyTerryFit;
  /** Indexes of the traits in the fit. */
  readonly traits: readonly number[];
}

/** Fits with position and the traits of style that can be separated: all that vary, else only length, else none. */
function adjustedFit(votes: readonly ModelVote[]): AdjustedFit | undefined {
  const differences = votes.map(({ first, second }) =>
    first.style.map((value, trait) => relativeDifference(value, second.style[trait]!)),
  );
  const varying = styleTraits.flatMap((_, trait) =>
    differences.some((row) => row[trait] !== 0) ? [trait] : [],
  );
  const attempts = [varying, varying.filter((trait) => trait === 0), []];
  for (const traits of attempts) {
    const rows = standardised(differences.map((row) => traits.map((trait) => row[trait]!)));
    const fit = fitBradleyTerry(comparisonsOf(votes, rows), { ties: tieRule(votes), position: true });
    if (fit !== undefined) return { fit, traits };
  }
  return undefined;
}

function effectsOf({ fit, traits }: AdjustedFit): Effect[] {
  return [
    { name: 'position', estimate: fit.position! },
    ...traits.map((trait, at): Effect => ({ name: styleTraits[trait]!, estimate: fit.style[at]! })),
  ];
}

function ranksOf(votes: readonly ModelVote[], fit: BradleyTerryFit): Map<string, Rank> {
  const { items } = fit;
  const ranks = rankedBy(items, fit);
  const patterns = taskPatterns(votes.filter(({ outcome }) => outcome !== 'both-bad'));
  const none = items.map(() => undefined);
  const intervals = bootstrapIntervals(
    patterns.map(({ times }) => times),
    (drawn) => {
      const comparisons = countedComparisons(patterns, drawn);
      const isTied = comparisons.some(({ outcome }) => outcome === 'tie');
      const drawnFit = fitBradleyTerry(comparisons, { ties: isTied ? 'davidson' : 'drop' });
      return drawnFit === undefined || drawnFit.items.length < items.length
        ? none
        : rankedBy(items, drawnFit);
    },
    { seed: 'ranks of models', draws: rankDraws },
  );
  return new Map(items.map((model, at) => [model, { rank: ranks[at]!, interval: whole(intervals[at]) }]));
}

/** Ranks in the order of `items`. */
function rankedBy(items: readonly string[], { strengths }: BradleyTerryFit): number[] {
  const values = items.map((item) => strengths.get(item)!.value);
  return values.map((value) => 1 + values.filter((other) => other > value).length);
}

/** Rounds an interval outwards to whole ranks. */
function whole(interval: Interval | undefined): Interval | undefined {
  return interval && { low: Math.floor(interval.low), high: Math.ceil(interval.high) };
}

interface TaskPattern {
  readonly votes: readonly { readonly models: readonly [string, string]; readonly outcome: PairOutcome }[];
  /** Number of tasks with these votes. */
  times: number;
}

/** Groups tasks by their votes; thousands of tasks give a few patterns. */
function taskPatterns(votes: readonly ModelVote[]): TaskPattern[] {
  const patterns = new Map<string, TaskPattern>();
  for (const ofTask of Map.groupBy(votes, ({ taskId }) => taskId).values()) {
    const key = ofTask
      .map((vote) => `${pairKey(vote)} ${outcomeOf(vote)}`)
      .toSorted()
      .join('\n');
    const pattern = patterns.get(key) ?? {
      votes: ofTask.map((vote) => ({ models: pairOf(vote), outcome: outcomeOf(vote) })),
      times: 0,
    };
    pattern.times += 1;
    patterns.set(key, pattern);
  }
  return [...patterns.values()];
}

function countedComparisons(patterns: readonly TaskPattern[], drawn: readonly number[]): PairedComparison[] {
  const counts = new Map<
    string,
    { models: readonly [string, string]; outcome: PairOutcome; times: number }
  >();
  patterns.forEach(({ votes }, at) => {
    if (drawn[at] === 0) return;
    for (const { models, outcome } of votes) {
      const key = `${models.join('\n')}\n${outcome}`;
      const known = counts.get(key) ?? { models, outcome, times: 0 };
      known.times += drawn[at]!;
      counts.set(key, known);
    }
  });
  return [...counts.values()].flatMap(({ models: [first, second], outcome, times }) =>
    outcome === 'both-bad' ? [] : [{ first, second, outcome, times }],
  );
}
