import type { Judged } from './judged.ts';

/** The data of an answer that the model figures need. */
export interface ModelAnswer {
  readonly model: string;
  /** The measures of `styleOf`, in the order of `styleTraits`. */
  readonly style: readonly number[];
}

export type AnswersOf = (taskId: string, answerId: string) => ModelAnswer | undefined;

/** One review of two answers as a comparison of two models. */
export interface ModelVote {
  readonly taskId: string;
  readonly evaluator: string;
  /** The answer shown first (side A) and the answer shown second. */
  readonly first: ModelAnswer;
  readonly second: ModelAnswer;
  readonly outcome: 'first' | 'second' | 'tie' | 'both-bad';
}

/** The reviews that compare two different models. Skips reviews without a ranking, and answers without a model. */
export function modelVotes(
  reviews: readonly Pick<Judged, 'taskId' | 'evaluator' | 'shown' | 'preference'>[],
  answersOf: AnswersOf,
): ModelVote[] {
  return reviews.flatMap(({ taskId, evaluator, shown, preference }) => {
    const [first, second] = shown.map((answerId) => answersOf(taskId, answerId));
    if (preference === null || first === undefined || second === undefined) return [];
    if (first.model === second.model) return [];
    const outcome =
      preference.kind === 'better' ? (preference.winner === shown[0] ? 'first' : 'second') : preference.kind;
    return [{ taskId, evaluator, first, second, outcome }];
  });
}

/** A pair of models in alphabetical order, with the number of votes for each. */
export interface PairCounts {
  readonly models: readonly [string, string];
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  readonly bothBad: number;
}

/** The counts of each pair that was compared, in alphabetical order. */
export function pairCounts(votes: readonly ModelVote[]): PairCounts[] {
  return [...Map.groupBy(votes, pairKey).values()]
    .map((ofPair) => {
      const models = pairOf(ofPair[0]!);
      const outcomes = ofPair.map(outcomeOf);
      const times = (outcome: PairOutcome): number => outcomes.filter((each) => each === outcome).length;
      return {
        models,
        wins: times('first'),
        losses: times('second'),
        ties: times('tie'),
        bothBad: times('both-bad'),
      };
    })
    .toSorted((one, other) => (one.models.join('\n') < other.models.join('\n') ? -1 : 1));
}

/** An outcome in terms of the pair in alphabetical order. */
export type PairOutcome = ModelVote['outcome'];

export function pairOf({ first, second }: ModelVote): [string, string] {
  return first.model < second.model ? [first.model, second.model] : [second.model, first.model];
}

export function pairKey(vote: ModelVote): string {
  return JSON.stringify(pairOf(vote));
}

export function outcomeOf({ first, second, outcome }: ModelVote): PairOutcome {
  if (outcome === 'tie' || outcome === 'both-bad' || first.model < second.model) return outcome;
  return outcome === 'first' ? 'second' : 'first';
}
