import assert from 'node:assert/strict';
import type { GoldReference, GoldUse } from '../../../../src/core/calibration/gold.ts';
import { calibrationOf, type CalibrationContext } from '../../../../src/core/statistics/calibration.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import { sampleReview } from '../samples.ts';

/** The n-th review in time. */
function judged(n: number, taskId: string, winner: string, changes: Partial<Review> = {}): Review {
  return sampleReview({
    id: `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`,
    taskId,
    preference: winner === 'tie' ? { kind: 'tie' } : { kind: 'better', winner, strength: 2 },
    submittedAt: `2026-11-21T10:${String(n).padStart(2, '0')}:00.000Z`,
    ...changes,
  });
}

function gold(use: GoldUse, ...taskIds: readonly string[]): [string, GoldReference][] {
  const preference = { kind: 'better', winner: 'left', strength: 1 } as const;
  return taskIds.map((taskId) => [taskId, { preference, rationale: 'why', use }]);
}

function context(changes: Partial<CalibrationContext>): CalibrationContext {
  return { gold: new Map(), duplicates: new Map(), passMark: 0.75, ...changes };
}

describe('calibration', () => {
  it('counts gold verdicts matched at the first attempt, and lists misses in the order of time', () => {
    const references = new Map(gold('calibration', 'g1', 'g2', 'g3'));
    const missed = judged(2, 'g2', 'right');
    const reviews = [
      judged(3, 'g3', 'tie'),
      judged(1, 'g1', 'left'),
      missed,
      judged(4, 'g2', 'left', { revises: missed.id }),
      judged(5, 'other', 'right'),
    ];
    const figures = calibrationOf(reviews, context({ gold: references }));
    assert.deepEqual([figures.gold.count, figures.gold.of], [1, 3]);
    assert.deepEqual(figures.missed, [missed.id, judged(3, 'g3', 'tie').id]);
    assert.equal(figures.qualification.state, 'none');
  });

  it('detects when misses became frequent', () => {
    const taskIds = Array.from({ length: 8 }, (_, at) => `g${at}`);
    const misses = [0, 0, 1, 1, 0, 1, 1, 1];
    const reviews = taskIds.map((taskId, at) => judged(at, taskId, misses[at] === 1 ? 'right' : 'left'));
    const { drift } = calibrationOf(reviews, context({ gold: new Map(gold('calibration', ...taskIds)) }));
    assert.equal(drift.chart.at(-1)?.toFixed(6), '4.399132');
    assert.equal(drift.alarm, reviews[7]!.id);
  });

  it('compares duplicates with the first verdict', () => {
    const duplicates = new Map([
      ['d1', 't1'],
      ['d2', 't2'],
      ['d3', 'gone'],
    ]);
    const reviews = [
      judged(1, 't1', 'left'),
      judged(2, 't2', 'left'),
      judged(3, 'd1', 'right', { shown: ['right', 'left'] }),
      judged(4, 'd2', 'left', { shown: ['right', 'left'] }),
      judged(5, 'd3', 'left'),
    ];
    const { flips, position } = calibrationOf(reviews, context({ duplicates }));
    assert.deepEqual([flips.flipped.count, flips.flipped.of, flips.kept.count], [1, 2, 1]);
    assert.deepEqual([position.first.count, position.first.of], [4, 5]);
  });

  const set = gold('qualification', 'q1', 'q2', 'q3', 'q4');
  const tries: [string, string[], string][] = [
    ['is open while it can go either way', ['left', 'right'], 'open'],
    ['is passed as soon as the mark is reached', ['left', 'left', 'left'], 'passed'],
    ['is failed as soon as it is out of reach', ['right', 'left', 'tie'], 'failed'],
  ];
  for (const [title, winners, state] of tries) {
    it(`the qualification ${title}`, () => {
      const reviews = winners.map((winner, at) => judged(at, `q${at + 1}`, winner));
      const { qualification } = calibrationOf(reviews, context({ gold: new Map(set) }));
      assert.deepEqual(
        [qualification.state, qualification.done, qualification.of],
        [state, winners.length, 4],
      );
    });
  }
});
