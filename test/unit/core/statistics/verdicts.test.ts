import assert from 'node:assert/strict';
import type { Judged } from '../../../../src/core/statistics/judged.ts';
import { verdictFigures } from '../../../../src/core/statistics/verdictFigures.ts';
import type { Preference } from '../../../../src/core/task/preference.ts';
import { assertDigits } from './tables.ts';

const one: Preference = { kind: 'better', winner: 'a', strength: 1 };
const other: Preference = { kind: 'better', winner: 'b', strength: 3 };
const tie: Preference = { kind: 'tie' };

function review(evaluator: string, taskId: string, preference: Preference | null): Judged {
  return {
    id: `${evaluator} ${taskId}`,
    taskId,
    evaluator,
    shown: ['b', 'a'],
    preference,
    scores: {},
    overrides: [],
    activeMs: 1,
    submittedAt: '2026-01-01T00:00:00.000Z',
  };
}

function figures(reviews: readonly Judged[], known: Readonly<Record<string, Preference>>) {
  return verdictFigures({ reviews, firstReviews: reviews, known: new Map(Object.entries(known)), votes: [] });
}

describe('the verdicts of evaluators', () => {
  it('are counted against known verdicts, by verdict', () => {
    const [ada] = figures(
      [
        review('ada', 't1', one),
        review('ada', 't2', tie),
        review('ada', 't3', other),
        review('ada', 'unknown', one),
        review('ada', 't4', null),
      ],
      { t1: one, t2: one, t3: { ...other, strength: 1 }, t4: one },
    );
    assert.deepEqual([ada!.known.count, ada!.known.of], [2, 3]);
    assert.deepEqual(ada!.table, [
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    assertDigits(ada!.confusion?.accuracy, '.666667');
    // Of three labels: precision 1, 1, 0; recall 1/2, 1, 0; F1 2/3, 1, 0.
    assertDigits(ada!.confusion?.precision, '.666667');
    assertDigits(ada!.confusion?.recall, '.500000');
    assertDigits(ada!.confusion?.f1, '.555556');
    assert.equal(ada!.pAgainstOthers, undefined);
  });

  it("are compared with those of all others by Fisher's exact test", () => {
    const tasks = ['t1', 't2', 't3', 't4'];
    const found = figures(
      [
        ...tasks.map((task, at) => review('ada', task, at < 3 ? one : tie)),
        ...tasks.map((task, at) => review('bob', task, at < 1 ? one : tie)),
      ],
      Object.fromEntries(tasks.map((task) => [task, one])),
    );
    for (const { pAgainstOthers } of found) assertDigits(pAgainstOthers, '.485714');
  });

  it('have an estimate without known verdicts if three evaluators share twenty tasks, and none below', () => {
    const tasks = Array.from({ length: 24 }, (_, at) => `t${at}`);
    const truth = (at: number) => [one, other, tie][at % 3]!;
    const of = (some: readonly string[]) =>
      figures(
        some.flatMap((task, at) => [
          review('ada', task, truth(at)),
          review('bob', task, truth(at)),
          // Wrong in each fourth task.
          review('cy', task, at % 4 === 0 ? truth(at + 1) : truth(at)),
        ]),
        {},
      );
    const [ada, , cy] = of(tasks);
    assert.ok(ada!.estimated! > 0.8 && ada!.estimated! > cy!.estimated!, `${ada!.estimated}`);
    assert.ok(cy!.estimated! > 0.6 && cy!.estimated! < 0.8, `${cy!.estimated}`);
    assert.equal(of(tasks.slice(0, 19))[0]!.estimated, undefined);
  });
});
