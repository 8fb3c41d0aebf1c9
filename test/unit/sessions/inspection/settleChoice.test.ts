import { strict as assert } from 'node:assert';
import { settleChoices } from '../../../../src/sessions/inspection/settleChoice.ts';
import type { InspectEntry } from '../../../../src/store/store.ts';

const entry = (taskId: string, change: Partial<InspectEntry> = {}): InspectEntry => ({
  reviewId: `review of ${taskId}`,
  taskId,
  title: `Title of ${taskId}`,
  language: 'python',
  evaluator: 'eva',
  submittedAt: '2026-10-01T08:00:00.000Z',
  activeMs: 1_000,
  overrides: 0,
  reviewsOfTask: 2,
  agreement: 0,
  isRevision: false,
  state: 'open',
  ...change,
});

describe('the tasks that can be settled', () => {
  it('are listed once each, in the order of agreement, settled tasks last', () => {
    const entries = [
      entry('one'),
      entry('one'),
      entry('two', { agreement: 0.5, reviewsOfTask: 3 }),
      entry('three', { agreement: 1 }),
    ];
    assert.deepEqual(settleChoices(entries, new Set(['one'])), [
      { taskId: 'two', label: 'Title of two', detail: 'two · 3 reviews · 50% agree' },
      { taskId: 'three', label: 'Title of three', detail: 'three · 2 reviews · 100% agree' },
      { taskId: 'one', label: 'Title of one', detail: 'one · 2 reviews · 0% agree · settled' },
    ]);
  });

  it('have reviews by two evaluators, and exist here', () => {
    const entries = [entry('alone', { reviewsOfTask: 1 }), entry('gone', { language: undefined })];
    assert.deepEqual(settleChoices(entries, new Set()), []);
  });

  it('show hidden characters of an id', () => {
    const [choice] = settleChoices([entry('tw\u202eo')], new Set());
    assert.deepEqual([choice?.taskId, choice?.detail], ['tw\u202eo', 'tw\\u202eo · 2 reviews · 0% agree']);
  });
});
