import assert from 'node:assert/strict';
import { duplicateOf } from '../../../../src/core/task/duplicate.ts';
import type { GoldReference } from '../../../../src/core/calibration/gold.ts';
import {
  quickFigures,
  slowFigures,
  type QuickFigures,
  type SlowFigures,
} from '../../../../src/core/statistics/dashboard.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import { generateReviews } from '../../../fixtures/generateReviews.ts';
import { pairsAbsent } from '../../../fixtures/pairs.ts';

/*
 * Every figure is computed a second time here from the reviews in the simplest way: pair by pair, by definition, without any
 * code of the dashboard.
 */
describe('the figures of 200 reviews by 4 evaluators', () => {
  if (pairsAbsent !== undefined) console.log(`      on the samples, for ${pairsAbsent}`);
  const { tasks, reviews } = generateReviews();
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const lengthOf = (taskId: string, answerId: string) =>
    byId.get(taskId)?.answers.find(({ id }) => id === answerId)?.text.length;
  const duplicates = new Map(
    tasks.flatMap((task) =>
      duplicateOf(task) === undefined ? [] : [[task.id, duplicateOf(task)!] as const],
    ),
  );
  const goldIds = tasks.slice(0, 12).map(({ id }) => id);
  const gold = new Map(
    goldIds.map((id): [string, GoldReference] => {
      const winner = byId.get(id)!.answers[0]!.id;
      return [
        id,
        { preference: { kind: 'better', winner, strength: 2 }, rationale: 'why', use: 'calibration' },
      ];
    }),
  );
  let figures: QuickFigures & SlowFigures;
  /** The last review of each task by each evaluator, without duplicates. */
  const inEffect = reviews.filter(
    ({ id, taskId }) => !duplicates.has(taskId) && !reviews.some(({ revises }) => revises === id),
  );

  before(() => {
    const languageOf = (taskId: string) => byId.get(taskId)?.language;
    const context = { gold, duplicates, passMark: 0.8, languageOf, lengthOf };
    const selection = { chosen: reviews, shared: reviews };
    figures = { ...quickFigures(selection, context), ...slowFigures(selection, context) };
  });

  it('are of reviews that contain everything that figures need', () => {
    assert.equal(reviews.length, 200);
    assert.equal(new Set(reviews.map(({ evaluator }) => evaluator)).size, 4);
    assert.ok(reviews.some(({ revises }) => revises !== undefined));
    assert.ok(reviews.some(({ taskId }) => duplicates.has(taskId)));
    for (const kind of ['better', 'tie', 'both-bad'])
      assert.ok(
        reviews.some(({ preference }) => preference?.kind === kind),
        kind,
      );
    assert.deepEqual([figures.submitted, figures.reviews], [200, inEffect.length]);
  });

  it('are the same for the same seed, and others for another', () => {
    assert.deepEqual(generateReviews(), { tasks, reviews });
    assert.notDeepEqual(generateReviews(undefined, { seed: 'other' }).reviews, reviews);
  });

  const label = ({ preference }: Review): string =>
    preference?.kind === 'better' ? preference.winner : preference!.kind;

  it('agree on raw agreement, pair by pair', () => {
    const byTask = [...Map.groupBy(inEffect, ({ taskId }) => taskId).values()].filter(
      (some) => some.length > 1,
    );
    const shares = byTask.map((some) => {
      const pairs = some.flatMap((one, at) => some.slice(at + 1).map((other) => label(one) === label(other)));
      return pairs.filter(Boolean).length / pairs.length;
    });
    const { tiesIn } = figures.agreement.overall;
    assert.equal(tiesIn.items, byTask.length);
    close(tiesIn.raw, shares.reduce((sum, share) => sum + share, 0) / shares.length);
    for (const { evaluators, raw, items } of figures.agreement.pairs) {
      const both = byTask.flatMap((some) => {
        const [one, other] = evaluators.map((name) => some.find(({ evaluator }) => evaluator === name));
        return one && other ? [label(one) === label(other)] : [];
      });
      assert.equal(items, both.length);
      close(raw, both.filter(Boolean).length / both.length);
    }
  });

  it('agree on alpha by definition: disagreement of pairs within tasks and of all pairs', () => {
    const byTask = [...Map.groupBy(inEffect, ({ taskId }) => taskId).values()].filter(
      (some) => some.length > 1,
    );
    // Labels are ranks among the answers' ids within a task.
    const side = (review: Review): string =>
      review.preference?.kind === 'better'
        ? `${review.shown.toSorted().indexOf(review.preference.winner)}`
        : label(review);
    const all = byTask.flat().map(side);
    let observed = 0;
    for (const some of byTask) {
      for (const one of some)
        for (const other of some) if (side(one) !== side(other)) observed += 1 / (some.length - 1);
    }
    let expected = 0;
    for (const one of all) for (const other of all) if (one !== other) expected += 1;
    const { alpha, ac1 } = figures.agreement.overall.tiesIn;
    close(alpha?.value, 1 - observed / all.length / (expected / (all.length * (all.length - 1))));
    assert.ok(alpha!.interval!.low < alpha!.value && alpha!.value < alpha!.interval!.high);
    assert.ok(ac1!.value > 0 && ac1!.value < 1);
  });

  it('agree on the effects of position and length', () => {
    const won = inEffect.flatMap(({ preference, shown, taskId }) =>
      preference?.kind === 'better' ? [{ winner: preference.winner, shown, taskId }] : [],
    );
    const first = won.filter(({ winner, shown }) => winner === shown[0]).length;
    assert.deepEqual([figures.position.first.count, figures.position.first.of], [first, won.length]);
    const unequal = won.filter(
      ({ taskId, shown }) => lengthOf(taskId, shown[0]!) !== lengthOf(taskId, shown[1]!),
    );
    const longer = unequal.filter(({ winner, shown, taskId }) =>
      shown.every((id) => lengthOf(taskId, id)! <= lengthOf(taskId, winner)!),
    ).length;
    assert.deepEqual([figures.length.longer.count, figures.length.longer.of], [longer, unequal.length]);
  });

  it('agree on gold, flips, throughput and time of each evaluator', () => {
    assert.deepEqual([...figures.evaluators.keys()], ['ada', 'bob', 'cy', 'dee']);
    for (const [evaluator, { reviews: count, medianActiveMs, calibration }] of figures.evaluators) {
      const theirs = reviews.filter((review) => review.evaluator === evaluator);
      const first = theirs.filter(({ revises }) => revises === undefined);
      assert.equal(count, theirs.length);
      assert.equal(theirs.filter(({ activeMs }) => activeMs <= medianActiveMs).length, Math.ceil(count / 2));
      const tried = first.filter(({ taskId }) => goldIds.includes(taskId));
      const met = tried.filter((review) => label(review) === byId.get(review.taskId)!.answers[0]!.id);
      assert.deepEqual([calibration.gold.count, calibration.gold.of], [met.length, tried.length]);
      const repeats = first.flatMap((again) => {
        const before = first.find(({ taskId }) => taskId === duplicates.get(again.taskId));
        return before === undefined ? [] : [label(before) === label(again)];
      });
      assert.deepEqual(
        [calibration.flips.kept.count, calibration.flips.kept.of],
        [repeats.filter(Boolean).length, repeats.length],
      );
    }
    const days = figures.throughput.flatMap(({ reviews: counts }) => [...counts.values()]);
    assert.equal(
      days.reduce((sum, count) => sum + count, 0),
      200,
    );
    const { day, reviews: counts } = figures.throughput[0]!;
    assert.equal(
      counts.get('ada'),
      reviews.filter(({ evaluator, submittedAt }) => evaluator === 'ada' && submittedAt.startsWith(day))
        .length,
    );
  });

  it('agree on the rules most overridden', () => {
    const rules = new Set(inEffect.flatMap(({ overrides }) => overrides.map(({ rule }) => rule)));
    assert.equal(figures.overridden.length, rules.size);
    for (const { rule, reviews: count } of figures.overridden)
      assert.equal(
        count,
        inEffect.filter(({ overrides }) => overrides.some((override) => override.rule === rule)).length,
      );
    const counts = figures.overridden.map(({ reviews: count }) => count);
    assert.deepEqual(
      counts,
      counts.toSorted((one, other) => other - one),
    );
  });
});

function close(actual: number | undefined, expected: number): void {
  assert.equal(actual?.toFixed(9), expected.toFixed(9));
}
