import assert from 'node:assert/strict';
import { Clusters, type Difference } from '../../../../src/core/differing/clusters.ts';
import { classOf, type Outcome } from '../../../../src/core/differing/outcome.ts';

const value = (content: number, ms = 1): Outcome => ({ kind: 'value', value: content, ms });
const crash: Outcome = { kind: 'crash', error: 'ValueError', message: '' };
const other: Outcome = { kind: 'crash', error: 'KeyError', message: '' };
const late: Outcome = { kind: 'limit', limit: 'time' };
const unknown: Outcome = { kind: 'unknown', reason: '' };
const same = (a: Outcome, b: Outcome): boolean =>
  JSON.stringify({ ...a, ms: 0 }) === JSON.stringify({ ...b, ms: 0 });

describe('the class of a difference', () => {
  it('is about values, then crashes, then time', () => {
    const kinds = [
      [value(1), value(2)],
      [value(1), crash],
      [value(1), late],
      [value(1, 1), value(1, 50)],
    ] as const;
    assert.deepEqual(
      kinds.map(([a, b]) => classOf({ a, b }, same)),
      ['value', 'crash', 'timeout', 'slow'],
    );
  });

  it('does not exist if both answers fail, or if nothing is known about one', () => {
    for (const [a, b] of [
      [crash, other],
      [late, late],
      [value(1), unknown],
      [value(1), value(1, 9)],
    ] as const)
      assert.equal(classOf({ a, b }, same), undefined);
  });
});

describe('the clusters of differences', () => {
  const difference = (input: number, b: Outcome, withinBounds = true): Difference<number> => ({
    tree: [input],
    input,
    withinBounds,
    class: b.kind === 'value' ? 'value' : 'crash',
    outcomes: { a: value(5), b },
  });

  it('show the smallest input of each, values first, those outside of the bounds last', () => {
    const clusters = new Clusters<number>();
    const added = [
      difference(9, value(7)),
      difference(3, value(8)),
      difference(1, crash),
      difference(0, value(1), false),
    ];
    added.forEach((each) => clusters.add(each));
    assert.deepEqual(
      clusters.inOrder().map(([first]) => first!.input),
      [3, 1, 0],
    );
  });
});
