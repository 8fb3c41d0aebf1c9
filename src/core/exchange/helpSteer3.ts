import { beyondPairs, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import type { Preference } from '../preference.ts';
import type { Settlement } from '../settlement.ts';
import {
  leftOutOf,
  mergeLeftOut,
  settledKey,
  settlementsOf,
  standingReviews,
  type StandingReview,
} from './standing.ts';

const lacking = beyondPairs.filter((what) => what !== 'rationale');

/**
 * HelpSteer3's preference format: one line a task, −3 (response 1 is much better) … 3, with each evaluator's score
 * and reasoning (https://huggingface.co/datasets/nvidia/HelpSteer3). Ties are written as 0: a reader that makes pairs
 * of it must leave them out, for it would otherwise take the same text for chosen and rejected.
 */
export const helpSteer3: Exporter = {
  id: 'helpsteer3',
  title: 'HelpSteer3',
  description: 'context, two responses and preferences from −3 to 3 with reasoning; ties are 0',
  fileExtension: 'jsonl',
  export(data) {
    const { standing, leftOut } = standingReviews(data);
    const settlements = settlementsOf(data);
    const without: { id: string; reason: string }[] = [];
    const written: StandingReview[] = [];
    const lines: string[] = [];
    for (const reviews of Map.groupBy(standing, ({ task }) => task.id).values()) {
      const scored = reviews.filter(({ review, preference }) => {
        const reason = preference === null ? 'without a ranking' : 'both bad';
        const isScored = preference !== null && preference.kind !== 'both-bad';
        if (!isScored) without.push({ id: review.id, reason });
        return isScored;
      });
      if (scored.length === 0) continue;
      const overall = overallOf(scored, settlements.get(settledKey(scored[0]!.review)));
      if (overall === undefined) {
        without.push(...scored.map(({ review }) => ({ id: review.id, reason: 'unresolved' })));
        continue;
      }
      lines.push(line(scored, overall));
      written.push(...scored);
    }
    const ties = lines.filter((text) => text.includes('"overall_preference":0,')).length;
    const dropped = [
      ...droppedOf(written, lacking),
      ...(ties === 0 ? [] : [`that a tie is no pair (${ties} with 0: leave them out of pairs)`]),
    ];
    return {
      lines,
      report: {
        target: this.title,
        exported: lines.length,
        leftOut: mergeLeftOut(leftOut, leftOutOf(without)),
        dropped,
      },
    };
  },
};

function line(reviews: readonly StandingReview[], overall: number): string {
  const { task, answers } = reviews[0]!;
  return JSON.stringify({
    context: [{ role: 'user', content: task.prompt }],
    response1: answers[0].text,
    response2: answers[1].text,
    overall_preference: overall,
    individual_preference: reviews.map((review) => ({
      score: scoreOf(review.preference, review),
      reasoning: review.review.rationale,
    })),
  });
}

/** What was settled, else the mean, rounded away from 0; `undefined` where one's winner is another's loser. */
function overallOf(
  reviews: readonly StandingReview[],
  settlement: Settlement | undefined,
): number | undefined {
  if (settlement !== undefined) return scoreOf(settlement.verdict, reviews[0]!);
  const scores = reviews.map((review) => scoreOf(review.preference, review)!);
  if (scores.some((score) => score < 0) && scores.some((score) => score > 0)) return undefined;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.sign(mean) * Math.round(Math.abs(mean)) || 0;
}

/** −3 … 3 by the order of the task's answers; `undefined` for both bad and what is unresolved. */
function scoreOf(preference: Preference | null, { answers }: StandingReview): number | undefined {
  if (preference === null || preference.kind === 'both-bad') return undefined;
  if (preference.kind === 'tie') return 0;
  return preference.winner === answers[0].id ? -preference.strength : preference.strength;
}
