import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { isOnScale, shareOf, summariseScores } from '../../../../src/core/task/scoring.ts';
import { sampleRubric } from '../samples.ts';

const [correctness, style] = sampleRubric.criteria;

describe('summariseScores', () => {
  it('weighs each criterion on its own scale', () => {
    const summary = summariseScores(sampleRubric, { correctness: 4, style: -1 });
    assert.equal(summary.share, (3 * 0.8) / 4);
    assert.equal(summary.total, 12 - 1);
    assert.equal(summary.highest, 15 + 1);
    assert.equal(summary.lowest, 0 - 1);
    assert.equal(summary.complete, true);
  });

  it('takes the mean over scored criteria, and names the others', () => {
    const summary = summariseScores(sampleRubric, { style: 1 });
    assert.equal(summary.share, 1);
    assert.deepEqual(summary.missing, ['correctness']);
    assert.equal(summary.complete, false);
  });

  it('has no share without scores', () => {
    assert.equal(summariseScores(sampleRubric, {}).share, undefined);
  });

  it('counts a number that is not on the scale as missing, and ignores unknown criteria', () => {
    const summary = summariseScores(sampleRubric, { correctness: 2.5, style: 1, speed: 9 });
    assert.deepEqual(summary.missing, ['correctness']);
    assert.equal(summary.total, 1);
  });

  it('is not confused by names that every object has', () => {
    const criteria = [{ ...correctness!, id: 'constructor' }];
    assert.deepEqual(summariseScores({ ...sampleRubric, criteria }, {}).missing, ['constructor']);
  });

  it('stays between 0 and 1 and grows with every score', () => {
    const points = fc.record({ correctness: fc.integer({ min: 0, max: 4 }), style: fc.constantFrom(-1, 1) });
    fc.assert(
      fc.property(points, (scores) => {
        const share = summariseScores(sampleRubric, scores).share!;
        const better = summariseScores(sampleRubric, {
          ...scores,
          correctness: scores.correctness + 1,
        }).share!;
        assert.ok(share >= 0 && share <= 1);
        assert.ok(better > share);
      }),
    );
  });
});

describe('shareOf and isOnScale', () => {
  it('put the ends of a scale at 0 and 1', () => {
    assert.equal(shareOf(style!, -1), 0);
    assert.equal(shareOf(style!, 1), 1);
  });

  it('know the points of a scale', () => {
    assert.equal(isOnScale(style!, 1), true);
    assert.equal(isOnScale(style!, 0), false);
  });
});
