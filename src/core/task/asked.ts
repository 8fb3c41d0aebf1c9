import type { asks } from './task.ts';

/** What an evaluator is to do on a task. */
export interface Asked {
  /** Whether to choose the better of two answers. */
  readonly rank: boolean;
  /** Whether to score each answer by the rubric. */
  readonly scores: boolean;
  /** Whether to flag lines and write a rationale; an ideal and cases need none. */
  readonly judgement: boolean;
  readonly ideal: boolean;
  readonly cases: boolean;
}

/** What a task asks for; by default a ranking. A single answer cannot be ranked, so it is scored instead. */
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
