import { beyondPairsBut, droppedOf, type Content } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { leftOutOf, mergeLeftOut, pairReviewsInEffect, type PairReview } from './inEffect.ts';

const lacking: readonly Content[] = ['strength', ...beyondPairsBut('names of the models')];

/**
 * BigCodeReward's format: the vote is vote_model_A, vote_model_B, vote_tie or vote_both_bad; the texts are the last
 * messages of `states` (https://github.com/bigcode-project/bigcodearena). A and B are the sides as shown.
 */
export const bigCodeReward: Exporter = {
  id: 'bigcodereward',
  title: 'BigCodeReward',
  description: 'instruction, two models and the vote, including ties and both bad',
  fileExtension: 'jsonl',
  export(data) {
    const { inEffect, leftOut } = pairReviewsInEffect(data);
    const voted = inEffect.filter(({ preference }) => preference !== null);
    const unranked = inEffect.filter(({ preference }) => preference === null);
    const without = unranked.map(({ review }) => ({ id: review.id, reason: 'without a ranking' }));
    return {
      lines: voted.map(line),
      report: {
        target: this.title,
        exported: voted.length,
        leftOut: mergeLeftOut(leftOut, leftOutOf(without)),
        dropped: droppedOf(voted, lacking),
      },
    };
  },
};

function line(inEffect: PairReview): string {
  const { task, review, answers } = inEffect;
  const isTurned = review.shown[0] !== answers[0].id;
  const [one, other] = isTurned ? [answers[1], answers[0]] : answers;
  const state = (text: string): object => ({
    messages: [
      ['user', task.prompt],
      ['assistant', text],
    ],
  });
  return JSON.stringify({
    chat_session_id: review.id,
    instruction: task.prompt,
    model_A: one.model ?? 'A',
    model_B: other.model ?? 'B',
    states: { model_A: state(one.text), model_B: state(other.text) },
    human_vote: voteOf(inEffect, one.id),
  });
}

function voteOf({ preference }: PairReview, idOfA: string): string {
  if (preference?.kind === 'both-bad') return 'vote_both_bad';
  if (preference?.kind !== 'better') return 'vote_tie';
  return preference.winner === idOfA ? 'vote_model_A' : 'vote_model_B';
}
