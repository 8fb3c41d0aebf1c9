import type { Flag, Review } from '../review/review.ts';
import type { Run, Verdict } from '../run/run.ts';
import { directionOf, strengthOf } from '../statistics/judged.ts';
import type { DifferenceKind } from './kinds.ts';

/** A criterion that the evaluators scored differently. */
export interface ScoreDifference {
  readonly answerId: string;
  readonly criterion: string;
  /** Evaluator → score, without evaluators who gave no score. */
  readonly scores: ReadonlyMap<string, number>;
}

/** A flag that only some evaluators raised. */
export interface FlagDifference {
  readonly flag: Flag;
  readonly raisedBy: readonly string[];
  readonly notRaisedBy: readonly string[];
}

/** A case with different verdicts in two reviews' runs of the same code: a replay decides. */
export interface FactDifference {
  readonly answerId: string;
  readonly caseId: string;
  /** Evaluator → verdict. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** The differences between the reviews of one task. */
export interface ReviewDifferences {
  /** All reviews name the same winner, or all a tie, or all "both bad". */
  readonly isSameDirection: boolean;
  /** Distance between the two extreme preferences, 0 to 6; `undefined` if a preference is not on the scale. */
  readonly strengthApart: number | undefined;
  readonly scores: readonly ScoreDifference[];
  readonly flags: readonly FlagDifference[];
  readonly facts: readonly FactDifference[];
  /**
   * The most likely reason for a difference in direction: facts if runs or flags contradict each other; weights if all
   * reviews have the same criteria ahead but choose differently; else taste. `undefined` without a difference.
   */
  readonly restsOn: DifferenceKind | undefined;
}

/** Compares two or more reviews of one task, one per evaluator. */
export function compareReviews(reviews: readonly Review[]): ReviewDifferences {
  const isSameDirection = new Set(reviews.map(directionOf)).size <= 1;
  const strengths = reviews.map(strengthOf);
  const flags = flagDifferences(reviews);
  const facts = factDifferences(reviews);
  return {
    isSameDirection,
    strengthApart: strengths.includes(undefined)
      ? undefined
      : Math.max(...strengths.map((strength) => strength!)) -
        Math.min(...strengths.map((strength) => strength!)),
    scores: scoreDifferences(reviews),
    flags,
    facts,
    restsOn: isSameDirection ? undefined : basis(reviews, facts, flags),
  };
}

function basis(
  reviews: readonly Review[],
  facts: readonly FactDifference[],
  flags: readonly FlagDifference[],
): DifferenceKind {
  if (facts.length > 0 || flags.some(({ flag }) => factualKinds.has(flag.kind))) return 'facts';
  const seen = new Set(reviews.map(criteriaAhead));
  return seen.size === 1 && !seen.has('') ? 'weights' : 'taste';
}

/** Flags that state facts and so can be checked. */
const factualKinds: ReadonlySet<Flag['kind']> = new Set([
  'wrong',
  'hallucinated-api',
  'unsafe',
  'games-tests',
]);

/** The answer that each criterion favours, as text; empty if no criterion has scores for both answers. */
function criteriaAhead({ scores, shown }: Review): string {
  const [one, other] = shown.toSorted();
  if (one === undefined || other === undefined) return '';
  return Object.keys(scores[one] ?? {})
    .filter((criterion) => scores[other]?.[criterion] !== undefined)
    .toSorted()
    .map((criterion) => `${criterion} ${Math.sign(scores[one]![criterion]! - scores[other]![criterion]!)}`)
    .join(', ');
}

function scoreDifferences(reviews: readonly Review[]): ScoreDifference[] {
  const items = new Map<string, { answerId: string; criterion: string }>();
  for (const { scores } of reviews) {
    for (const [answerId, given] of Object.entries(scores)) {
      for (const criterion of Object.keys(given))
        items.set(JSON.stringify([answerId, criterion]), { answerId, criterion });
    }
  }
  return [...items.values()].flatMap(({ answerId, criterion }) => {
    const scores = new Map(
      reviews.flatMap((review) => {
        const score = review.scores[answerId]?.[criterion];
        return score === undefined ? [] : [[review.evaluator, score] as const];
      }),
    );
    const isSame = scores.size === reviews.length && new Set(scores.values()).size === 1;
    return isSame ? [] : [{ answerId, criterion, scores }];
  });
}

function flagDifferences(reviews: readonly Review[]): FlagDifference[] {
  const seen: Flag[] = [];
  return reviews.flatMap(({ flags }) =>
    flags.flatMap((flag) => {
      if (seen.some((other) => isSameFlag(flag, other))) return [];
      seen.push(flag);
      const raised = reviews.filter((review) => review.flags.some((other) => isSameFlag(flag, other)));
      if (raised.length === reviews.length) return [];
      const notRaised = reviews.filter((review) => !raised.includes(review));
      const names = (some: readonly Review[]): string[] => some.map(({ evaluator }) => evaluator);
      return [{ flag, raisedBy: names(raised), notRaisedBy: names(notRaised) }];
    }),
  );
}

/** Whether two flags have the same kind and overlapping lines. */
function isSameFlag(one: Flag, other: Flag): boolean {
  return (
    one.answerId === other.answerId &&
    one.kind === other.kind &&
    one.file === other.file &&
    one.startLine <= other.endLine &&
    other.startLine <= one.endLine
  );
}

function factDifferences(reviews: readonly Review[]): FactDifference[] {
  const found = new Map<string, { answerId: string; caseId: string; verdicts: Map<string, Verdict> }>();
  for (const { evaluator, runs } of reviews) {
    for (const { run, result } of resultsOf(runs)) {
      // Compare only the same code on the same case: on different code, different verdicts do not contradict each other.
      const content = run.cases.find(({ id }) => id === result.caseId);
      const key = JSON.stringify([run.answerId, run.codeHash, content ?? result.caseId]);
      const known = found.get(key) ?? { answerId: run.answerId, caseId: result.caseId, verdicts: new Map() };
      known.verdicts.set(evaluator, result.verdict);
      found.set(key, known);
    }
  }
  return [...found.values()].filter(({ verdicts }) => new Set(verdicts.values()).size > 1);
}

function resultsOf(runs: readonly Run[]): { run: Run; result: Run['results'][number] }[] {
  return runs.flatMap((run) => run.results.map((result) => ({ run, result })));
}
