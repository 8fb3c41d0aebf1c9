import type { Review } from '../../../src/core/review/review.ts';
import type { Rubric } from '../../../src/core/task/rubric.ts';

/** A submitted review with only the fields that the schema requires. */
export function sampleReview(changes: Partial<Review> = {}): Review {
  return {
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    taskId: 'sum',
    taskHash: 'task-hash',
    evaluator: 'ada',
    shown: ['left', 'right'],
    preference: { kind: 'better', winner: 'left', strength: 2 },
    scores: {},
    flags: [],
    rationale: '@A is better than @B because @B:2 drops the last item.',
    cases: [],
    readings: {},
    overrides: [],
    activeMs: 61_000,
    startedAt: '2026-11-21T10:00:00.000Z',
    submittedAt: '2026-11-21T10:05:00.000Z',
    runs: [],
    checks: [],
    rubricHash: 'rubric-hash',
    toolVersion: '0.1.0',
    prevHash: '',
    ...changes,
  };
}

/** Two criteria on scales of different ranges, the first three times as heavy. */
export const sampleRubric: Rubric = {
  id: 'sample',
  title: 'Sample',
  criteria: [
    {
      id: 'correctness',
      title: 'Correctness',
      description: 'Does what the prompt asks.',
      weight: 3,
      scale: [0, 1, 2, 3, 4, 5].map((value) => ({ value, meaning: `${value} of 5` })),
    },
    {
      id: 'style',
      title: 'Style',
      description: 'Reads well.',
      weight: 1,
      scale: [
        { value: -1, meaning: 'worse than the code around it' },
        { value: 1, meaning: 'as good' },
      ],
    },
  ],
};
