import { annotationsLack, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { pairReviewsInEffect, type PairReview } from './inEffect.ts';

/**
 * Label Studio's JSON: a list of tasks with annotations, for a labelling set-up with Pairwise "preference", Choices
 * "verdict", Rating "strength", TextArea "rationale" and Number by criterion and side, all to "answers"
 * (https://labelstud.io/guide/export#Label-Studio-JSON-format). Left and right are the answers in the task's order.
 */
export const labelStudio: Exporter = {
  id: 'label-studio',
  title: 'Label Studio JSON',
  description: 'A list of tasks with one annotation per review, to continue in Label Studio',
  fileExtension: 'json',
  export(data) {
    const { inEffect, leftOut } = pairReviewsInEffect(data);
    const evaluators = [...new Set(inEffect.map(({ review }) => review.evaluator))];
    const tasks = [...Map.groupBy(inEffect, ({ task }) => task.id).values()].map((reviews, at) =>
      taskOf(reviews, at + 1, evaluators),
    );
    const lines = tasks.map((task, at) => `${JSON.stringify(task)}${at + 1 === tasks.length ? '' : ','}`);
    return {
      lines: ['[', ...lines, ']'],
      report: {
        target: this.title,
        exported: tasks.length,
        leftOut,
        dropped: droppedOf(inEffect, annotationsLack),
      },
    };
  },
};

function taskOf(reviews: readonly PairReview[], id: number, evaluators: readonly string[]): object {
  const { task, answers } = reviews[0]!;
  const [left, right] = answers;
  return {
    id,
    data: {
      tiebreak_id: task.id,
      language: task.language,
      prompt: task.prompt,
      left: left.text,
      right: right.text,
      ...(left.model !== undefined && { left_model: left.model }),
      ...(right.model !== undefined && { right_model: right.model }),
    },
    annotations: reviews.map((inEffect, at) => ({
      id: id * 1000 + at,
      result: resultsOf(inEffect),
      was_cancelled: false,
      ground_truth: false,
      created_at: inEffect.review.submittedAt,
      lead_time: inEffect.review.activeMs / 1000,
      completed_by: evaluators.indexOf(inEffect.review.evaluator) + 1,
    })),
    predictions: [],
  };
}

function resultsOf({ review, preference, answers }: PairReview): object[] {
  const result = (name: string, type: string, value: object): object => ({
    id: `${review.id}-${name}`,
    from_name: name,
    to_name: 'answers',
    type,
    value,
  });
  const scores = answers.flatMap(({ id }, at) =>
    Object.entries(review.scores[id] ?? {}).map(([criterion, score]) =>
      result(`${criterion}_${at === 0 ? 'left' : 'right'}`, 'number', { number: score }),
    ),
  );
  const rationale =
    review.rationale.trim() === '' ? [] : [result('rationale', 'textarea', { text: [review.rationale] })];
  if (preference === null) return [...scores, ...rationale];
  if (preference.kind !== 'better')
    return [result('verdict', 'choices', { choices: [preference.kind] }), ...scores, ...rationale];
  const selected = preference.winner === answers[0].id ? 'left' : 'right';
  return [
    result('preference', 'pairwise', { selected }),
    result('strength', 'rating', { rating: preference.strength }),
    ...scores,
    ...rationale,
  ];
}
