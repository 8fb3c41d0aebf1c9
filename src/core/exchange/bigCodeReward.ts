import { droppedOf, type Content } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { leftOutOf, mergeLeftOut, standingReviews, type StandingReview } from './standing.ts';

const lacking: readonly Content[] = [
  'strength',
  'rationale',
  'scores',
  'flags',
  'runs',
  'diagnostics',
  'cases',
  'ideal solution',
  'files of the task',
  'who judged, when and the chain of hashes',
];

/**
 * BigCodeReward's format: the vote is one of vote_model_A, vote_model_B, vote_tie and vote_both_bad, the texts are the
 * last messages of `states` (https://github.com/bigcode-project/bigcodearena). A and B are the sides as shown.
 */
export const bigCodeReward: Exporter = {
  id: 'bigcodereward',
  title: 'BigCodeReward',
  description: 'instruction, two models and the vote, ties and both bad among them',
  fileExtension: 'jsonl',
  export(data) {
    const { standing, leftOut } = standingReviews(data);
    const voted = standing.filter(({ preference }) => preference !== null);
    const unranked = standing.filter(({ preference }) => preference === null);
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

function line(standing: StandingReview): string {
  const { task, review, answers } = standing;
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
    human_vote: voteOf(standing, one.id),
  });
}

function voteOf({ preference }: StandingReview, idOfA: string): string {
  if (preference?.kind === 'both-bad') return 'vote_both_bad';
  if (preference?.kind !== 'better') return 'vote_tie';
  return preference.winner === idOfA ? 'vote_model_A' : 'vote_model_B';
}
