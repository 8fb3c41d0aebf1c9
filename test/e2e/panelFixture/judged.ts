import { chunkIdeal } from './chunkIdeal.ts';
import { chunkRationale, chunkTask } from './chunkTask.ts';
import type { FixtureOptions } from './host.ts';

/** A complete judgement, so that every part has content. */
export const fullyJudged: FixtureOptions = {
  ran: true,
  task: { ...chunkTask, ask: ['rank', 'ideal', 'cases'] },
  ideal: chunkIdeal(),
  draft: {
    preference: 2,
    rationale: chunkRationale,
    scores: { first: { correctness: 5, clarity: 4 }, second: { correctness: 2 } },
    flags: [
      {
        id: 'f',
        answerId: 'second',
        kind: 'wrong',
        file: 'main.py',
        startLine: 4,
        endLine: 5,
        note: 'reads everything',
      },
    ],
  },
};
