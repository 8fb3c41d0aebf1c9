import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeTempDir, removeTempDir } from '../../../../scripts/lib/temp.mjs';
import { duplicateOf } from '../../../../src/core/task/duplicate.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import { DashboardSource } from '../../../../src/sessions/dashboard/dashboardSource.ts';
import type { ShownAgreement, ShownQuick, ShownSlow } from '../../../../src/protocol/dashboard.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { generateReviews } from '../../../fixtures/generateReviews.ts';
import {
  naiveAc1,
  naiveCohen,
  naiveCusum,
  naiveFleiss,
  naiveNominalAlpha,
  naiveOrdinalAlpha,
  naiveRaw,
  naiveWilson,
} from '../../../fixtures/naiveFigures.ts';
import { pairsAbsent } from '../../../fixtures/pairs.ts';
import { sampleGold } from '../../store/samples.ts';
import { importReviews, importTasks } from '../../../fixtures/imports.ts';

/*
 * A store with 200 reviews by four evaluators. The figures of the dashboard are computed a second time from the reviews, with
 * other formulas.
 */
describe('what the dashboard shows of 200 stored reviews', () => {
  if (pairsAbsent !== undefined) console.log(`      on the samples, for ${pairsAbsent}`);
  const generated = generateReviews();
  const { reviews } = generated;
  const tasks = generated.tasks.map((task, at) =>
    at < 12 ? { ...task, gold: { preference: { kind: 'tie' as const } } } : task,
  );
  const byId = new Map(tasks.map((task) => [task.id, task]));
  /** Decided here, which overrides the task's own verdict. */
  const decided = tasks[0]!;
  const evaluators = ['ada', 'bob', 'cy', 'dee'];
  let store: Store;
  let source: DashboardSource;
  let quick: ShownQuick;
  let slow: ShownSlow;

  before(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, tasks);
    await importReviews(store, reviews);
    await store.record(
      'gold',
      sampleGold(1, decided.id, {
        taskHash: contentHash(decided),
        preference: { kind: 'better', winner: decided.answers[0]!.id, strength: 1 },
      }),
    );
    source = new DashboardSource(store, { showEvaluators: true, passMark: 0.8 });
    quick = await source.quick({});
    slow = await source.slow({});
  });
  after(() => store.close());

  const standing = reviews.filter(
    ({ id, taskId }) =>
      duplicateOf(byId.get(taskId)!) === undefined && !reviews.some(({ revises }) => revises === id),
  );
  /** 0 or 1 for the winner by the order of the answers' ids, 2 for a tie, 3 for both bad. */
  const labelOf = ({ preference, shown }: Review): number => {
    if (preference?.kind === 'better') return shown.toSorted().indexOf(preference.winner);
    return preference?.kind === 'tie' ? 2 : 3;
  };
  const strengthOf = (review: Review): number[] => {
    const { preference } = review;
    if (preference?.kind === 'tie') return [0];
    if (preference?.kind !== 'better') return [];
    return [labelOf(review) === 0 ? -preference.strength : preference.strength];
  };
  const byTask = (some: readonly Review[]): Review[][] => [
    ...Map.groupBy(some, ({ taskId }) => taskId).values(),
  ];

  it('does not show an evaluator how hidden tasks measure them', async () => {
    const [own] = evaluators;
    const blind = new DashboardSource(store, { showEvaluators: true, passMark: 0.8, evaluator: own });
    const { evaluators: shown } = await blind.quick({});
    const figures = (name: string) => shown.find(({ evaluator }) => evaluator === name)!;
    // The evaluator sees a verdict for training anyway.
    assert.deepEqual([figures(own!).gold.of, figures(own!).kept.of], [1, 0]);
    const before = quick.evaluators.filter(({ evaluator }) => evaluator !== own);
    assert.ok(before.some(({ gold, kept }) => gold.of + kept.of > 0));
    for (const other of before) assert.deepEqual(figures(other.evaluator), other);
  });

  it('counts what was submitted, by day and evaluator', () => {
    assert.deepEqual([quick.stored, quick.submitted, quick.reviews], [200, 200, standing.length]);
    for (const { day, reviews: counts } of quick.throughput) {
      const ofDay = reviews.filter(({ submittedAt }) => submittedAt.startsWith(day));
      for (const evaluator of evaluators)
        assert.equal(counts[evaluator] ?? 0, ofDay.filter((review) => review.evaluator === evaluator).length);
    }
  });

  it('reports active time as nearest-rank percentiles', () => {
    for (const { evaluator, medianActiveMs, ninthActiveMs } of quick.evaluators) {
      const times = reviews
        .filter((review) => review.evaluator === evaluator)
        .map(({ activeMs }) => activeMs);
      const noLonger = (limit: number) => times.filter((time) => time <= limit).length;
      assert.equal(noLonger(medianActiveMs), Math.ceil(times.length * 0.5));
      assert.equal(noLonger(ninthActiveMs), Math.ceil(times.length * 0.9));
    }
  });

  it('agrees on agreement, as a whole, by evaluator and by language', () => {
    const names = slow.groups.map(({ kind, name }) => `${kind} ${name}`);
    const languages = [...new Set(tasks.map(({ language }) => language))].toSorted();
    assert.deepEqual(names, [
      'all All reviews',
      ...evaluators.map((name) => `evaluator ${name}`),
      ...languages.map((name) => `language ${name}`),
    ]);
    for (const { kind, name, tiesIn, tiesOut, strength } of slow.groups) {
      const of = byTask(standing).filter((some) =>
        kind === 'all'
          ? true
          : kind === 'language'
            ? byId.get(some[0]!.taskId)!.language === name
            : some.some(({ evaluator }) => evaluator === name),
      );
      const labels = of.map((some) => some.map(labelOf));
      const winners = labels.map((some) => some.filter((label) => label < 2));
      const strengths = of.map((some) => some.flatMap(strengthOf));
      agree(tiesIn, labels, { alpha: naiveNominalAlpha, categories: 4 }, `${name}, ties in`);
      agree(tiesOut, winners, { alpha: naiveNominalAlpha, categories: 2 }, `${name}, ties out`);
      const ranks = strengths.map((some) => some.map((value) => value + 3));
      agree(strength, ranks, { alpha: naiveOrdinalAlpha, categories: 7 }, `${name}, strength`);
    }
  });

  it('agrees on agreement by criterion, where each answer of a task is an item', () => {
    assert.deepEqual(slow.criteria.map(({ criterion }) => criterion).toSorted(), [
      'clarity',
      'correctness',
      'style',
    ]);
    for (const { criterion, agreement } of slow.criteria) {
      const items = byTask(standing).flatMap((some) =>
        byId
          .get(some[0]!.taskId)!
          .answers.map(({ id }) =>
            some.flatMap(({ scores }) =>
              scores[id]?.[criterion] === undefined ? [] : [scores[id][criterion]],
            ),
          ),
      );
      const values = [...new Set(items.flat())].toSorted((one, other) => one - other);
      const places = items.map((item) => item.map((score) => values.indexOf(score)));
      agree(agreement, places, { alpha: naiveOrdinalAlpha, categories: values.length }, criterion);
    }
  });

  it('agrees on each two evaluators', () => {
    assert.equal(slow.pairs.length, 6);
    for (const { one, other, items, raw, kappa } of slow.pairs) {
      const both = byTask(standing).flatMap((some): [number, number][] => {
        const [first, second] = [one, other].map((name) => some.find(({ evaluator }) => evaluator === name));
        return first && second ? [[labelOf(first), labelOf(second)]] : [];
      });
      assert.equal(items, both.length);
      close(raw, both.filter(([first, second]) => first === second).length / both.length);
      close(kappa?.value, naiveCohen(both));
      assert.ok(kappa!.interval!.low < kappa!.value && kappa!.value < kappa!.interval!.high);
    }
  });

  it('agrees on gold, the verdict decided here before that of the task, and on drift', () => {
    for (const { evaluator, gold, drift } of quick.evaluators) {
      const tried = reviews.filter(
        (review) =>
          review.evaluator === evaluator &&
          review.revises === undefined &&
          byId.get(review.taskId)?.gold !== undefined,
      );
      const isMet = ({ taskId, preference }: Review): boolean =>
        taskId === decided.id
          ? preference?.kind === 'better' && preference.winner === decided.answers[0]!.id
          : preference?.kind === 'tie';
      const met = tried.filter(isMet).length;
      assert.deepEqual([gold.count, gold.of], [met, tried.length]);
      const interval = naiveWilson(met, tried.length);
      close(gold.interval?.low, interval.low);
      close(gold.interval?.high, interval.high);
      const chart = naiveCusum(tried.map((review) => !isMet(review)));
      assert.deepEqual(
        drift.chart.map((value) => value.toFixed(9)),
        chart.map((value) => value.toFixed(9)),
      );
      const alarm = chart.findIndex((value) => value >= 4);
      assert.equal(drift.alarm, alarm === -1 ? undefined : alarm);
    }
  });

  it('agrees on flips of hidden duplicates and on position, by evaluator', () => {
    for (const { evaluator, flipped, kept, position } of quick.evaluators) {
      const theirs = reviews.filter((review) => review.evaluator === evaluator);
      const first = theirs.filter(({ revises }) => revises === undefined);
      const repeats = first.flatMap((again) => {
        const before = first.find(({ taskId }) => taskId === duplicateOf(byId.get(again.taskId)!));
        return before === undefined ? [] : [[labelOf(before), labelOf(again)] as const];
      });
      const decidedTwice = repeats.filter(([before, again]) => before < 2 && again < 2);
      assert.deepEqual(
        [kept.count, kept.of],
        [repeats.filter(([one, two]) => one === two).length, repeats.length],
      );
      assert.deepEqual(
        [flipped.count, flipped.of],
        [decidedTwice.filter(([one, two]) => one !== two).length, decidedTwice.length],
      );
      const inEffect = theirs.filter(({ id }) => !reviews.some(({ revises }) => revises === id));
      const won = inEffect.filter(({ preference }) => preference?.kind === 'better');
      const forA = won.filter(
        ({ preference, shown }) => preference?.kind === 'better' && preference.winner === shown[0],
      );
      assert.deepEqual([position.first.count, position.first.of], [forA.length, won.length]);
      close(position.delta, Math.log(forA.length / won.length / (1 - forA.length / won.length)));
      const interval = naiveWilson(forA.length, won.length);
      close(position.first.interval?.low, interval.low);
      close(position.first.interval?.high, interval.high);
    }
  });

  it('agrees on the longer answers that win, and finds no better effect of length', () => {
    const lengthOf = (taskId: string, answerId: string) =>
      Array.from(byId.get(taskId)!.answers.find(({ id }) => id === answerId)!.text).length;
    const choices = standing.flatMap(({ taskId, shown, preference }) => {
      if (preference?.kind !== 'better') return [];
      const loser = shown.find((id) => id !== preference.winner)!;
      return [[lengthOf(taskId, preference.winner), lengthOf(taskId, loser)] as const];
    });
    const unequal = choices.filter(([winner, loser]) => winner !== loser);
    const longer = unequal.filter(([winner, loser]) => winner > loser).length;
    assert.deepEqual([slow.longer.count, slow.longer.of], [longer, unequal.length]);
    const differences = choices.map(([winner, loser]) => (winner - loser) / (winner + loser + 1));
    const deviation = Math.sqrt(differences.reduce((sum, z) => sum + z * z, 0) / differences.length);
    const likelihood = (beta: number) =>
      differences.reduce((sum, z) => sum - Math.log1p(Math.exp((-beta * z) / deviation)), 0);
    const beta = slow.lengthBeta!.value;
    for (const step of [1e-4, -1e-4]) assert.ok(likelihood(beta) > likelihood(beta + step));
  });

  it('agrees on the rules most overridden, and names them', () => {
    for (const { rule, name, reviews: count } of quick.overridden) {
      assert.equal(
        count,
        standing.filter(({ overrides }) => overrides.some((it) => it.rule === rule)).length,
      );
      assert.notEqual(name, '');
    }
  });

  it('takes a language, a period and an evaluator into account', async () => {
    const language = 'python';
    const inPython = reviews.filter(({ taskId }) => byId.get(taskId)!.language === language);
    assert.equal((await source.quick({ language })).submitted, inPython.length);
    const day = reviews[100]!.submittedAt.slice(0, 10);
    const from = await source.quick({ from: day });
    assert.equal(from.submitted, reviews.filter(({ submittedAt }) => submittedAt >= day).length);
    const only = await source.quick({ from: day, to: day });
    assert.deepEqual([only.throughput.length, only.throughput[0]!.day], [1, day]);
    const mine = await source.quick({ evaluator: 'cy' });
    assert.deepEqual(
      mine.evaluators.map(({ evaluator }) => evaluator),
      ['cy'],
    );
    assert.equal(mine.submitted, reviews.filter(({ evaluator }) => evaluator === 'cy').length);
    assert.deepEqual(mine.choices.evaluators, evaluators);
    // Agreement needs others: their reviews of the same tasks count there.
    const agreement = (await source.slow({ evaluator: 'cy' })).groups[0]!.tiesIn;
    const known = slow.groups.find(({ name }) => name === 'cy')!.tiesIn;
    assert.deepEqual(
      [agreement.items, agreement.raw, agreement.ac1?.value],
      [known.items, known.raw, known.ac1?.value],
    );
    assert.equal((await source.quick({ language: 'cobol' })).submitted, 0);
  });

  it('names nobody unless allowed, and still filters', async () => {
    const blind = new DashboardSource(store, { showEvaluators: false, passMark: 0.8 });
    const shown = await blind.quick({});
    const texts = JSON.stringify([shown, await blind.slow({})]);
    for (const evaluator of evaluators) assert.ok(!texts.includes(`"${evaluator}"`), evaluator);
    assert.equal(new Set(shown.choices.evaluators).size, 4);
    assert.ok(shown.choices.evaluators.every((name) => /^E-[0-9a-f]{4}$/.test(name)));
    const [first] = shown.evaluators;
    const alone = await blind.quick({ evaluator: first!.evaluator });
    assert.deepEqual(alone.evaluators, [first]);
  });
});

describe('the source of the dashboard', () => {
  it('reads again what another process has written', async () => {
    const folder = await makeTempDir();
    const path = join(folder, 'tiebreak.db');
    const { tasks, reviews } = generateReviews(undefined, { count: 12 });
    const writer = await openSqliteStore(path);
    const reader = await openSqliteStore(path);
    try {
      await importTasks(writer, tasks);
      const source = new DashboardSource(reader, { showEvaluators: false, passMark: 0.8 });
      assert.equal((await source.quick({})).stored, 0);
      await importReviews(writer, reviews);
      assert.equal((await source.quick({})).stored, 12);
    } finally {
      await reader.close();
      await writer.close();
      await removeTempDir(folder);
    }
  });

  it('counts the tasks of the qualification set that nobody has judged', async () => {
    const store = await openSqliteStore(':memory:');
    const { tasks, reviews } = generateReviews(undefined, { count: 12 });
    const [first] = tasks;
    const unseen = { ...first!, id: 'unseen' };
    await importTasks(store, [...tasks, unseen]);
    await importReviews(store, reviews);
    const preference = { kind: 'both-bad' as const };
    for (const [at, task] of [first!, unseen].entries())
      await store.record(
        'gold',
        sampleGold(at, task.id, { taskHash: contentHash(task), preference, use: 'qualification' }),
      );
    const source = new DashboardSource(store, { showEvaluators: true, passMark: 1 });
    for (const { evaluator, qualification } of (await source.quick({})).evaluators) {
      const tried = reviews.find((review) => review.evaluator === evaluator && review.taskId === first!.id);
      const isRight = tried!.preference?.kind === 'both-bad';
      const expected = { state: isRight ? 'open' : 'failed', right: isRight ? 1 : 0, done: 1, of: 2 };
      assert.deepEqual(qualification, expected);
    }
    await store.close();
  });

  it('counts reviews without tasks, in no language', async () => {
    const store = await openSqliteStore(':memory:');
    const { reviews } = generateReviews(undefined, { count: 12 });
    await importReviews(store, reviews);
    const source = new DashboardSource(store, { showEvaluators: false, passMark: 0.8 });
    const { stored, submitted, choices } = await source.quick({});
    assert.deepEqual([stored, submitted, choices.languages], [12, 12, []]);
    const { longer, groups } = await source.slow({});
    assert.equal(longer.of, 0);
    assert.ok(groups.every(({ kind }) => kind !== 'language'));
    await store.close();
  });
});

function agree(
  shown: ShownAgreement,
  items: readonly (readonly number[])[],
  { alpha, categories }: { alpha: (items: readonly (readonly number[])[]) => number; categories: number },
  name: string,
): void {
  const shared = items.filter((item) => item.length > 1);
  assert.deepEqual([shown.items, shown.ratings], [shared.length, shared.flat().length], name);
  if (shared.length === 0) return;
  close(shown.raw, naiveRaw(items), name);
  assert.equal(shown.suppressed, shared.length < 20, name);
  if (shown.suppressed) {
    assert.deepEqual([shown.alpha, shown.ac1, shown.fleiss], [undefined, undefined, undefined], name);
    return;
  }
  close(shown.alpha?.value, alpha(items), name);
  close(shown.ac1?.value, naiveAc1(items, categories), name);
  const fleiss = naiveFleiss(items);
  if (fleiss === undefined) assert.equal(shown.fleiss, undefined, name);
  else close(shown.fleiss?.value, fleiss, name);
  for (const { value, interval } of [shown.alpha!, shown.ac1!])
    assert.ok(interval!.low < value && value < interval!.high, name);
}

function close(actual: number | undefined, expected: number, name?: string): void {
  assert.equal(actual?.toFixed(8), expected.toFixed(8), name);
}
