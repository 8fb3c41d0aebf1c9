import assert from 'node:assert/strict';
import { agreementOf } from '../../../../src/core/statistics/agreement.ts';
import { agreementReport } from '../../../../src/core/statistics/agreementReport.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import { sampleReview } from '../samples.ts';
import { assertDigits, fourObservers } from './tables.ts';

const options = { categories: 2, metric: 'nominal', seed: 's' } as const;

describe('agreement', () => {
  it('has raw agreement and n, but no coefficient, below 20 shared items', () => {
    const items = Array.from({ length: 19 }, (_, at) => [at % 2, at % 3 === 0 ? 0 : at % 2]);
    const few = agreementOf([...items, [0], []], options);
    assert.deepEqual([few.items, few.ratings, few.suppressed], [19, 38, true]);
    assert.equal(few.raw, 16 / 19);
    assert.deepEqual([few.alpha, few.ac1, few.fleiss], [undefined, undefined, undefined]);
    const enough = agreementOf([...items, [0, 0]], options);
    assert.equal(enough.suppressed, false);
    assert.ok(enough.alpha !== undefined && enough.ac1 !== undefined && enough.fleiss !== undefined);
  });

  it('gives the same interval for the same seed, another for another, and a narrower one for more items', () => {
    const items = Array.from({ length: 4 }, () => fourObservers).flat();
    const wide = { categories: 5, metric: 'ordinal', values: [1, 2, 3, 4, 5] } as const;
    const one = agreementOf(items, { ...wide, seed: 'one' }).alpha!.interval!;
    assert.deepEqual(agreementOf(items, { ...wide, seed: 'one' }).alpha!.interval, one);
    assert.notDeepEqual(agreementOf(items, { ...wide, seed: 'two' }).alpha!.interval, one);
    const many = Array.from({ length: 25 }, () => items).flat();
    const narrow = agreementOf(many, { ...wide, seed: 'one' }).alpha!;
    // A hundred times the items have nearly the same alpha and an interval a fifth as wide as 25 times fewer.
    const ratio = (one.high - one.low) / (narrow.interval!.high - narrow.interval!.low);
    assert.ok(ratio > 4 && ratio < 6, `${ratio}`);
  });
});

describe('the agreement report', () => {
  const languages: Record<string, string> = {};
  const reviews: Review[] = [];
  for (let n = 0; n < 40; n += 1) {
    const taskId = `t${n}`;
    languages[taskId] = n < 25 ? 'python' : 'go';
    // Ada and Bob agree except on every fifth task; Cy judges the first ten, always a tie.
    reviews.push(
      judged(n, taskId, 'ada', 'left', 2),
      judged(n + 100, taskId, 'bob', n % 5 === 0 ? 'right' : 'left', 1),
    );
    if (n < 10) reviews.push(judged(n + 200, taskId, 'cy', 'tie', 1));
  }
  const report = agreementReport(reviews, (taskId) => languages[taskId]);

  it('has separate figures with and without ties', () => {
    const { tiesIn, tiesOut, strength } = report.overall;
    // 8 tasks have the pair in disagreement; ten have a third rater who agrees with nobody.
    const raw = (24 + 8 * (1 / 3)) / 40;
    assertDigits(tiesIn.raw, raw.toFixed(9));
    assert.equal(tiesOut.raw, 32 / 40);
    assert.deepEqual([tiesIn.items, tiesIn.ratings, tiesOut.ratings], [40, 90, 80]);
    assert.equal(strength.raw, 0);
    assert.equal(tiesIn.fleiss, undefined);
  });

  it('has figures for each language and evaluator', () => {
    assert.deepEqual(
      [...report.byLanguage].map(([language, { tiesOut }]) => [language, tiesOut.items, tiesOut.raw]),
      [
        ['python', 25, 20 / 25],
        ['go', 15, 12 / 15],
      ],
    );
    assert.equal(report.byLanguage.get('go')!.tiesOut.alpha, undefined);
    assert.deepEqual(
      [...report.byEvaluator].map(([evaluator, { tiesIn }]) => [evaluator, tiesIn.items]),
      [
        ['ada', 40],
        ['bob', 40],
        ['cy', 10],
      ],
    );
  });

  it('has figures for each pair, without kappa for ten tasks', () => {
    assert.deepEqual(
      report.pairs.map(({ evaluators, items, raw, kappa }) => [evaluators.join(), items, raw, kappa?.kappa]),
      [
        ['ada,bob', 40, 0.8, 0],
        ['ada,cy', 10, 0, undefined],
        ['bob,cy', 10, 0, undefined],
      ],
    );
  });

  it('has figures for each criterion by its scale', () => {
    const { items, raw, alpha } = report.byCriterion.get('correctness')!;
    assert.deepEqual([items, raw], [80, (20 + 40) / 80]);
    assert.ok(alpha!.value > 0);
  });

  it('takes a revision in place of what it revises, and one review of each evaluator', () => {
    const revised = {
      ...judged(300, 't0', 'bob', 'left', 1),
      revises: judged(100, 't0', 'bob', 'left', 1).id,
    };
    const again = agreementReport(
      [...reviews, revised, judged(301, 't1', 'ada', 'left', 3)],
      () => undefined,
    );
    assert.equal(again.overall.tiesOut.raw, 33 / 40);
    assert.equal(again.overall.tiesOut.ratings, 80);
    assert.equal(again.byLanguage.size, 0);
  });
});

function judged(n: number, taskId: string, evaluator: string, winner: string, strength: 1 | 2 | 3): Review {
  return sampleReview({
    id: `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`,
    taskId,
    evaluator,
    shown: n % 2 === 0 ? ['left', 'right'] : ['right', 'left'],
    preference: winner === 'tie' ? { kind: 'tie' } : { kind: 'better', winner, strength },
    scores:
      evaluator === 'cy'
        ? {}
        : {
            left: { correctness: evaluator === 'ada' || n % 2 === 0 ? 5 : 4 },
            right: { correctness: n % 2 },
          },
  });
}
