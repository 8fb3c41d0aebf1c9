import type { asks } from './task.ts';

/** What an evaluator is to do on a task. */
export interface Asked {
  /** To say which of two answers is better. */
  readonly rank: boolean;
  /** To score each answer by the rubric. */
  readonly scores: boolean;
  /** To flag lines and give reasons: an ideal and cases speak for themselves. */
  readonly judgement: boolean;
  readonly ideal: boolean;
  readonly cases: boolean;
}

/** What a task asks for; a ranking where it does not say. One answer cannot be ranked: it is scored. */
export function askedOf(task: {
  readonly ask?: readonly (typeof asks)[number][] | undefined;
  readonly answers: readonly unknown[];
}): Asked {
  const asked = new Set(task.ask ?? ['rank']);
  const scores = asked.has('rank') || asked.has('rate');
  return {
    rank: asked.has('rank') && task.answers.length === 2,
    scores,
    judgement: scores || asked.has('flag'),
    ideal: asked.has('ideal'),
    cases: asked.has('cases'),
  };
}
