import assert from 'node:assert/strict';
import { modelFigures } from '../../../../src/core/statistics/modelStrengths.ts';
import { modelVotes, type ModelVote } from '../../../../src/core/statistics/modelVotes.ts';
import { unusualVotes } from '../../../../src/core/statistics/unusualVotes.ts';
import { seededRandom } from '../../../../src/core/text/random.ts';
import { assertDigits } from './tables.ts';

type Outcome = ModelVote['outcome'];

let nextTask = 0;

/** Votes on tasks of their own. */
function votes(
  first: string,
  second: string,
  outcomes: Readonly<Partial<Record<Outcome, number>>>,
): ModelVote[] {
  return Object.entries(outcomes).flatMap(([outcome, times]) =>
    Array.from({ length: times }, () => ({
      taskId: `task ${(nextTask += 1)}`,
      evaluator: 'ada',
      first: { model: first, style: [100, 0, 0, 0] },
      second: { model: second, style: [100, 0, 0, 0] },
      outcome: outcome as Outcome,
    })),
  );
}

describe('votes between models', () => {
  const models: Readonly<Record<string, string>> = { one: 'm1', other: 'm2', twin: 'm1' };
  const read = (shown: string[], winner: string | undefined) =>
    modelVotes(
      [
        {
          taskId: 't',
          evaluator: 'ada',
          shown,
          preference: winner === undefined ? null : { kind: 'better', winner, strength: 1 },
        },
      ],
      (_task, answer) => (models[answer] === undefined ? undefined : { model: models[answer], style: [] }),
    );

  it('keep the order in which the answers were shown', () => {
    const [vote] = read(['other', 'one'], 'one');
    assert.deepEqual([vote!.first.model, vote!.second.model, vote!.outcome], ['m2', 'm1', 'second']);
  });

  it('are none without a ranking, without a model, or between two answers of one model', () => {
    assert.deepEqual(read(['one', 'other'], undefined), []);
    assert.deepEqual(read(['one', 'unnamed'], 'one'), []);
    assert.deepEqual(read(['one', 'twin'], 'one'), []);
    assert.deepEqual(read(['one'], 'one'), []);
  });
});

describe('the figures of models', () => {
  it("are those of Davidson's and Rao and Kupper's closed forms for a pair", () => {
    const { models, pairs, tie } = modelFigures(votes('i', 'j', { first: 30, second: 15, tie: 10 }));
    assert.deepEqual(
      models.map(({ model }) => model),
      ['i', 'j'],
    );
    assertDigits(models[0]!.strength!.value - models[1]!.strength!.value, '.693147');
    assertDigits(tie, '.471405');
    const [pair] = pairs;
    assert.deepEqual([pair!.wins, pair!.losses, pair!.ties, pair!.won.of], [30, 15, 10, 45]);
    assertDigits(pair!.ratio, '1.788854');
  });

  it('count a pair whichever model was shown first, and leave both bad out of strengths', () => {
    const swapped = [
      ...votes('i', 'j', { first: 20, tie: 10 }),
      ...votes('j', 'i', { first: 15, second: 10 }),
    ];
    const { pairs, models } = modelFigures([...swapped, ...votes('j', 'i', { 'both-bad': 7 })]);
    const { wins, losses, ties, bothBad } = pairs[0]!;
    assert.deepEqual([wins, losses, ties, bothBad], [30, 15, 10, 7]);
    assertDigits(models[0]!.strength!.value - models[1]!.strength!.value, '.693147');
    assert.deepEqual([models[0]!.votes, models[1]!.losses], [62, 30]);
  });

  it('fit strengths without a parameter for ties if there are no ties', () => {
    const { models, tie } = modelFigures(votes('i', 'j', { first: 30, second: 10 }));
    assert.equal(tie, undefined);
    assertDigits(models[0]!.strength!.value - models[1]!.strength!.value, Math.log(3).toFixed(6));
  });

  it('estimate the effect of position, and remove it from the strengths', () => {
    // Each wins 30 of 40 when it is shown first: neither is better, and first is worth ln 3.
    const { effects, models } = modelFigures([
      ...votes('i', 'j', { first: 30, second: 10 }),
      ...votes('j', 'i', { first: 30, second: 10 }),
    ]);
    assert.deepEqual(
      effects.map(({ name }) => name),
      ['position'],
    );
    assertDigits(effects[0]!.estimate.value, Math.log(3).toFixed(6));
    for (const { adjusted } of models) assertDigits(adjusted!.value, '.000000');
  });

  it('remove the effect of length from the strengths, in standard deviations', () => {
    const long = (vote: ModelVote): ModelVote => ({
      ...vote,
      first: { ...vote.first, style: [301, 0, 0, 0] },
    });
    const short = (vote: ModelVote): ModelVote => ({
      ...vote,
      second: { ...vote.second, style: [301, 0, 0, 0] },
    });
    // i wins 30 of 40 when it is longer, 20 of 40 when it is shorter, on either side alike.
    const { effects, models } = modelFigures([
      ...votes('i', 'j', { first: 30, second: 10 }).map(long),
      ...votes('i', 'j', { first: 20, second: 20 }).map(short),
      ...votes('j', 'i', { second: 30, first: 10 }).map(short),
      ...votes('j', 'i', { second: 20, first: 20 }).map(long),
    ]);
    const length = effects.find(({ name }) => name === 'length')!.estimate;
    assertDigits(length.value, (Math.log(3) / 2).toFixed(6));
    const [i, j] = ['i', 'j'].map((name) => models.find(({ model }) => model === name)!.adjusted!.value);
    assertDigits(i! - j!, (Math.log(3) / 2).toFixed(6));
  });

  it('rank models with a range that is narrow for clear votes and wide for others', () => {
    const { models } = modelFigures([
      ...votes('best', 'mid', { first: 90, second: 10 }),
      ...votes('mid', 'also', { first: 20, second: 20 }),
      ...votes('best', 'also', { first: 88, second: 12 }),
    ]);
    const ranks = new Map(models.map(({ model, rank }) => [model, rank]));
    assert.deepEqual(ranks.get('best'), { rank: 1, interval: { low: 1, high: 1 } });
    assert.deepEqual(ranks.get('mid')?.interval, { low: 2, high: 3 });
    assert.deepEqual(ranks.get('also')?.interval, { low: 2, high: 3 });
    assert.equal(models[0]!.model, 'best');
  });

  it('have counts but no strengths if a model never lost', () => {
    const { models, effects, pairs } = modelFigures(votes('j', 'i', { first: 5 }));
    assert.deepEqual(
      models.map(({ model, strength, adjusted, rank }) => [model, strength, adjusted, rank]),
      [
        ['i', undefined, undefined, undefined],
        ['j', undefined, undefined, undefined],
      ],
    );
    assert.deepEqual(effects, []);
    assert.equal(pairs[0]!.ratio, undefined);
    assert.equal(pairs[0]!.won.share, 0);
  });
});

describe('unusual votes', () => {
  it('are found exactly for an evaluator who votes against all others', () => {
    const random = seededRandom('unusual');
    const vote = (evaluator: string, share: number): ModelVote => ({
      ...votes('i', 'j', { [random() < share ? 'first' : 'second']: 1 })[0]!,
      evaluator,
    });
    const all = ['ada', 'bob', 'cy'].flatMap((name) => Array.from({ length: 60 }, () => vote(name, 0.9)));
    const found = unusualVotes([...all, ...Array.from({ length: 40 }, () => vote('eve', 0.1))]);
    const eve = found.get('eve')!;
    assert.equal(eve.votes, 40);
    assert.ok(eve.statistic > eve.limit && eve.p < 0.001, `${eve.p}`);
    for (const name of ['ada', 'bob', 'cy'])
      assert.ok(found.get(name)!.statistic < found.get(name)!.limit, name);
  });

  it('are not reported if others have too few votes on the pair', () => {
    assert.equal(unusualVotes(votes('i', 'j', { first: 30 })).size, 0);
  });
});
