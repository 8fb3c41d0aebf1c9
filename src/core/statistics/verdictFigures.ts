import type { Preference } from '../task/preference.ts';
import { fewestShared } from './agreement.ts';
import { confusionOf, type Confusion } from './confusion.ts';
import { fitDawidSkene, type Label } from './dawidSkene.ts';
import { fisherExact } from './fisher.ts';
import { directionOf, directions, type Judged } from './judged.ts';
import { unusualVotes, type Unusual } from './unusualVotes.ts';
import type { ModelVote } from './modelVotes.ts';
import { wilson, type Proportion } from './wilson.ts';

/** How one evaluator's verdicts compare with known verdicts and with those of the other evaluators. */
export interface EvaluatorVerdicts {
  readonly evaluator: string;
  /** First reviews of tasks with a known verdict that give the same winner, tie or both bad. */
  readonly known: Proportion;
  readonly confusion: Confusion | undefined;
  /** Rows: the known verdict; columns: the verdict given; both in the order of `directions`. */
  readonly table: readonly (readonly number[])[];
  /** Fisher's exact p of the evaluator's known verdicts against those of all others; `undefined` without others. */
  readonly pAgainstOthers: number | undefined;
  /** Dawid and Skene's estimate of how often the evaluator is right, with no verdict known. */
  readonly estimated: number | undefined;
  /** How unlikely the evaluator's votes between models are in combination. */
  readonly unusual: Unusual | undefined;
}

export interface VerdictData {
  /** Reviews in effect, without hidden duplicates. */
  readonly reviews: readonly Judged[];
  /** First reviews without revisions: a revision may follow comments or the known verdict. */
  readonly firstReviews: readonly Judged[];
  /** Task id → the verdict that counts as true: a gold verdict, else a settlement. */
  readonly known: ReadonlyMap<string, Preference>;
  readonly votes: readonly ModelVote[];
}

/** A Dirichlet prior of half a label keeps the rates of evaluators with few labels away from 0 and 1. */
const smoothing = 0.5;
/** With only two evaluators the data cannot show which of them is right. */
const fewestEvaluators = 3;

/** The verdicts of every evaluator, by evaluator id. */
export function verdictFigures({ reviews, firstReviews, known, votes }: VerdictData): EvaluatorVerdicts[] {
  const tried = new Map(
    [...Map.groupBy(firstReviews, ({ evaluator }) => evaluator)].map(([evaluator, theirs]) => [
      evaluator,
      theirs.flatMap((review) => labelledBy(review, known)),
    ]),
  );
  const estimates = estimatedAccuracies(reviews);
  const unusual = unusualVotes(votes);
  const evaluators = [...new Set([...tried.keys(), ...reviews.map(({ evaluator }) => evaluator)])].toSorted();
  return evaluators.map((evaluator) => {
    const pairs = tried.get(evaluator) ?? [];
    const others = [...tried].flatMap(([other, theirs]) => (other === evaluator ? [] : theirs));
    return {
      evaluator,
      known: wilson(pairs.filter(isMet).length, pairs.length),
      confusion: confusionOf(pairs),
      table: directions.map((truth) =>
        directions.map(
          (given) => pairs.filter((pair) => pair.truth === truth && pair.given === given).length,
        ),
      ),
      pAgainstOthers:
        pairs.length === 0 || others.length === 0 ? undefined : fisherExact(tally(pairs), tally(others)),
      estimated: estimates?.get(evaluator),
      unusual: unusual.get(evaluator),
    };
  });
}

interface Labelled {
  readonly given: (typeof directions)[number];
  readonly truth: (typeof directions)[number];
}

function isMet({ given, truth }: Labelled): boolean {
  return given === truth;
}

function tally(pairs: readonly Labelled[]): { hits: number; misses: number } {
  const hits = pairs.filter(isMet).length;
  return { hits, misses: pairs.length - hits };
}

/** The review's direction with the known direction; empty without a ranking or without a known verdict. */
function labelledBy(review: Judged, known: ReadonlyMap<string, Preference>): Labelled[] {
  const preference = known.get(review.taskId);
  const given = directionOf(review);
  const truth = preference && directionOf({ shown: review.shown, preference });
  return given === undefined || truth === undefined ? [] : [{ given, truth }];
}

/** Evaluator → share of correct verdicts by the fitted error rates; `undefined` with too few shared tasks. */
function estimatedAccuracies(reviews: readonly Judged[]): Map<string, number> | undefined {
  const shared = [...Map.groupBy(reviews, ({ taskId }) => taskId).values()].filter(
    (ofTask) => new Set(ofTask.map(({ evaluator }) => evaluator)).size > 1,
  );
  const labels = shared.flat().flatMap((review): Label[] => {
    const direction = directionOf(review);
    if (direction === undefined) return [];
    return [{ item: review.taskId, observer: review.evaluator, label: directions.indexOf(direction) }];
  });
  const observers = new Set(labels.map(({ observer }) => observer));
  const items = new Set(labels.map(({ item }) => item));
  if (items.size < fewestShared || observers.size < fewestEvaluators) return undefined;
  const { priors, errorRates } = fitDawidSkene(labels, directions.length, smoothing);
  return new Map(
    [...errorRates].map(([evaluator, rates]) => [
      evaluator,
      priors.reduce((sum, prior, truth) => sum + prior * rates[truth]![truth]!, 0),
    ]),
  );
}
