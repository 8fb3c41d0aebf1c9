import { chiSquareQuantile, combineP } from './fisher.ts';
import { outcomeOf, pairKey, type ModelVote, type PairOutcome } from './modelVotes.ts';

/** How unlikely all votes of one evaluator are together, if they followed the distribution of the others' votes. */
export interface Unusual {
  readonly votes: number;
  /** M = −2 Σ ln p, and the value that M exceeds for 1 of 100 evaluators by chance. */
  readonly statistic: number;
  readonly limit: number;
  readonly p: number;
}

/** Pairs of models with fewer votes by others are ignored: their usual outcome is unknown. */
const minVotesOfOthers = 10;
const significance = 0.01;

/**
 * Evaluator → how unusual their votes between models are. A vote's p is the share of others' votes on the same pair of models
 * whose outcome is as rare as this one or rarer; the p-values are combined by Fisher's method. Evaluators are left out if
 * others have too few votes on all of their pairs. Source: W.-L. Chiang et al., Chatbot Arena: an open platform for
 * evaluating LLMs by human preference (2024), §7.
 */
export function unusualVotes(votes: readonly ModelVote[]): Map<string, Unusual> {
  const found = new Map<string, number[]>();
  for (const ofPair of Map.groupBy(votes, pairKey).values()) {
    const all = countsOf(ofPair);
    for (const [evaluator, own] of Map.groupBy(ofPair, (vote) => vote.evaluator)) {
      const others = without(all, countsOf(own));
      if (totalOf(others) < minVotesOfOthers) continue;
      const values = found.get(evaluator) ?? [];
      found.set(evaluator, values);
      for (const vote of own) values.push(pOf(outcomeOf(vote), others));
    }
  }
  return new Map(
    [...found].map(([evaluator, values]) => {
      const { statistic, freedom, p } = combineP(values);
      const limit = chiSquareQuantile(1 - significance, freedom);
      return [evaluator, { votes: values.length, statistic, limit, p }];
    }),
  );
}

type Counts = Readonly<Record<PairOutcome, number>>;

function countsOf(votes: readonly ModelVote[]): Counts {
  const counts = { first: 0, second: 0, tie: 0, 'both-bad': 0 };
  for (const vote of votes) counts[outcomeOf(vote)] += 1;
  return counts;
}

function without(all: Counts, own: Counts): Counts {
  return {
    first: all.first - own.first,
    second: all.second - own.second,
    tie: all.tie - own.tie,
    'both-bad': all['both-bad'] - own['both-bad'],
  };
}

function totalOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The p-value of a vote; 1 is added to both counts, so that p is never 0. */
function pOf(outcome: PairOutcome, others: Counts): number {
  const asRare = Object.values(others)
    .filter((count) => count <= others[outcome])
    .reduce((sum, count) => sum + count, 0);
  return (1 + asRare) / (1 + totalOf(others));
}
