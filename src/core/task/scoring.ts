import type { Criterion, Rubric, Scores } from './rubric.ts';

/** The summary of an answer's scores. Shares run from 0 (lowest point of each scale) to 1 (highest). */
export interface ScoreSummary {
  /** Weighted mean of the shares over the criteria with a score; `undefined` without any score. */
  readonly share: number | undefined;
  /** Weighted sum of the given scores, with its highest and lowest possible value over the same criteria. */
  readonly total: number;
  readonly highest: number;
  readonly lowest: number;
  /** Ids of the criteria without a valid score, in the rubric's order. */
  readonly missing: readonly string[];
  readonly complete: boolean;
}

/**
 * Summarizes one answer's scores by the rubric. A score that is not a point of its scale counts as missing; a score for
 * an unknown criterion is ignored.
 */
export function summariseScores(rubric: Rubric, scores: Scores): ScoreSummary {
  const scored = rubric.criteria.filter((criterion) => hasScore(criterion, scores));
  const missing = rubric.criteria.filter((criterion) => !hasScore(criterion, scores));
  const weight = sum(scored, (criterion) => criterion.weight);
  const shares = sum(scored, (criterion) => criterion.weight * shareOf(criterion, scores[criterion.id]!));
  return {
    share: scored.length === 0 ? undefined : shares / weight,
    total: sum(scored, (criterion) => criterion.weight * scores[criterion.id]!),
    highest: sum(scored, (criterion) => criterion.weight * scaleOf(criterion).highest),
    lowest: sum(scored, (criterion) => criterion.weight * scaleOf(criterion).lowest),
    missing: missing.map((criterion) => criterion.id),
    complete: missing.length === 0,
  };
}

/** Position of a score on its scale: 0 at the lowest point, 1 at the highest. */
export function shareOf(criterion: Criterion, score: number): number {
  const { lowest, highest } = scaleOf(criterion);
  return (score - lowest) / (highest - lowest);
}

/** Whether `score` is a point of the criterion's scale. */
export function isOnScale(criterion: Criterion, score: number): boolean {
  return criterion.scale.some((point) => point.value === score);
}

/** The ends of a criterion's scale, which the schema keeps ascending. */
function scaleOf(criterion: Criterion): { lowest: number; highest: number } {
  return { lowest: criterion.scale[0]!.value, highest: criterion.scale.at(-1)!.value };
}

function hasScore(criterion: Criterion, scores: Scores): boolean {
  const score = Object.hasOwn(scores, criterion.id) ? scores[criterion.id] : undefined;
  return score !== undefined && isOnScale(criterion, score);
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
