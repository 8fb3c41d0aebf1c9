import { annotationsLack, droppedOf } from './dropped.ts';
import type { Exporter } from './exporter.ts';
import { pairReviewsInEffect, type PairReview } from './inEffect.ts';

/** One answer to one of Argilla's questions. */
interface Response {
  readonly value: unknown;
  readonly user: string;
}

/**
 * Argilla's records with nested responses: fields "prompt", "answer_1" and "answer_2" (in the order of the task), and
 * the questions "preference", "strength", "rationale" (https://docs.argilla.io/latest/how_to_guides/record/).
 */
export const argilla: Exporter = argillaExporter({
  id: 'argilla',
  title: 'Argilla records',
  description: 'fields, metadata and responses, one record per task',
  row: ({ fields, metadata }, responses) => ({
    id: metadata['tiebreak_id'],
    fields,
    metadata,
    responses: Object.fromEntries(
      Object.entries(responses).map(([question, given]) => [
        question,
        given.map(({ value, user }) => ({ value, user_id: user, status: 'submitted' })),
      ]),
    ),
  }),
});

/** The same records with the flat columns of Argilla's exports to data sets. */
export const argillaFlat: Exporter = argillaExporter({
  id: 'argilla-flat',
  title: 'Argilla records, flat',
  description: 'The same with columns such as preference.responses, as data sets have them',
  row: ({ fields, metadata }, responses) => ({
    id: metadata['tiebreak_id'],
    ...fields,
    metadata,
    ...Object.fromEntries(
      Object.entries(responses).flatMap(([question, given]) => [
        [`${question}.responses`, given.map(({ value }) => value)],
        [`${question}.responses.users`, given.map(({ user }) => user)],
        [`${question}.responses.status`, given.map(() => 'submitted')],
      ]),
    ),
  }),
});

interface Record {
  readonly fields: Readonly<{ [name: string]: string }>;
  readonly metadata: Readonly<{ [name: string]: string }>;
}

function argillaExporter({
  row,
  ...about
}: Omit<Exporter, 'fileExtension' | 'export'> & {
  row: (record: Record, responses: Readonly<{ [question: string]: readonly Response[] }>) => object;
}): Exporter {
  return {
    ...about,
    fileExtension: 'jsonl',
    export(data) {
      const { inEffect, leftOut } = pairReviewsInEffect(data);
      const tasks = [...Map.groupBy(inEffect, ({ task }) => task.id).values()];
      const lines = tasks.map((reviews) => JSON.stringify(row(recordOf(reviews[0]!), responsesOf(reviews))));
      const dropped = droppedOf(inEffect, annotationsLack);
      return { lines, report: { target: about.title, exported: lines.length, leftOut, dropped } };
    },
  };
}

function recordOf({ task, answers }: PairReview): Record {
  const [one, other] = answers;
  return {
    fields: { prompt: task.prompt, answer_1: one.text, answer_2: other.text },
    metadata: {
      tiebreak_id: task.id,
      language: task.language,
      ...(one.model !== undefined && { model_1: one.model }),
      ...(other.model !== undefined && { model_2: other.model }),
    },
  };
}

function responsesOf(reviews: readonly PairReview[]): { [question: string]: Response[] } {
  const responses: { [question: string]: Response[] } = {};
  const add = (question: string, value: unknown, user: string): void => {
    (responses[question] ??= []).push({ value, user });
  };
  for (const { review, preference, answers } of reviews) {
    const user = review.evaluator;
    if (preference !== null) add('preference', choiceOf(preference, answers[0].id), user);
    if (preference?.kind === 'better') add('strength', preference.strength, user);
    if (review.rationale.trim() !== '') add('rationale', review.rationale, user);
    answers.forEach(({ id }, at) => {
      for (const [criterion, score] of Object.entries(review.scores[id] ?? {}))
        add(`${criterion}_${at + 1}`, score, user);
    });
  }
  return responses;
}

function choiceOf(preference: NonNullable<PairReview['preference']>, first: string): string {
  if (preference.kind !== 'better') return preference.kind;
  return preference.winner === first ? 'answer_1' : 'answer_2';
}
