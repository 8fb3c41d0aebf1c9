import { promptTurns } from './turns.ts';
import { beyondPairsBut, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import type { Preference } from '../task/preference.ts';
import type { Settlement } from '../inspection/settlement.ts';
import {
  leftOutOf,
  mergeLeftOut,
  settledKey,
  settlementsOf,
  pairReviewsInEffect,
  type PairReview,
} from './inEffect.ts';

/**
 * HelpSteer3's preference format: one line per task, from −3 (response 1 is much better) to 3, with each evaluator's
 * score and reasoning (https://huggingface.co/datasets/nvidia/HelpSteer3). Ties are written as 0. A reader that builds
 * pairs must leave ties out: a tie has no chosen and no rejected answer.
 */
export const helpSteer3: Exporter = {
  id: 'helpsteer3',
  title: 'HelpSteer3',
  description: 'context, two responses and preferences from −3 to 3 with reasoning; ties are 0',
  fileExtension: 'jsonl',
  export(data) {
    const { inEffect, leftOut } = pairReviewsInEffect(data);
    const settlements = settlementsOf(data);
    const without: { id: string; reason: string }[] = [];
    const written: PairReview[] = [];
    const lines: string[] = [];
    for (const reviews of Map.groupBy(inEffect, ({ task }) => task.id).values()) {
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
      ...droppedOf(written, beyondPairsBut('rationale', 'turns of the prompt, which became one text')),
      ...(ties === 0 ? [] : [`ties (${ties} written as 0: leave them out of pairs)`]),
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

function line(reviews: readonly PairReview[], overall: number): string {
  const { task, answers } = reviews[0]!;
  return JSON.stringify({
    context: promptTurns(task),
    response1: answers[0].text,
    response2: answers[1].text,
    overall_preference: overall,
    individual_preference: reviews.map((review) => ({
      score: scoreOf(review.preference, review),
      reasoning: review.review.rationale,
    })),
  });
}

/** The settled score, else the mean, rounded away from 0; `undefined` if the evaluators disagree on the winner. */
function overallOf(reviews: readonly PairReview[], settlement: Settlement | undefined): number | undefined {
  if (settlement !== undefined) return scoreOf(settlement.verdict, reviews[0]!);
  const scores = reviews.map((review) => scoreOf(review.preference, review)!);
  if (scores.some((score) => score < 0) && scores.some((score) => score > 0)) return undefined;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.sign(mean) * Math.round(Math.abs(mean)) || 0;
}

/** −3 … 3 in the order of the task's answers; `undefined` for both bad and for an unresolved preference. */
function scoreOf(preference: Preference | null, { answers }: PairReview): number | undefined {
  if (preference === null || preference.kind === 'both-bad') return undefined;
  if (preference.kind === 'tie') return 0;
  return preference.winner === answers[0].id ? -preference.strength : preference.strength;
}
