import assert from 'node:assert/strict';
import { aroundDecision, withStep, type Step, type Trail } from '../../../src/core/trail.ts';

const trailOf = (...steps: readonly Step[]): Trail => steps.reduce<Trail>(withStep, []);

describe('how an evaluator came to a review', () => {
  it('names each thing once, where it was first looked at', () => {
    const trail = trailOf(
      { kind: 'code', activeMs: 0 },
      { kind: 'case', what: 'empty', activeMs: 900 },
      { kind: 'code', activeMs: 1_200 },
      { kind: 'case', what: 'negative', activeMs: 1_500 },
    );
    assert.deepEqual(
      trail.map(({ kind, what, activeMs }) => [kind, what, activeMs]),
      [
        ['code', undefined, 0],
        ['case', 'empty', 900],
        ['case', 'negative', 1_500],
      ],
    );
  });

  it('counts as seen before deciding what was there when the preference was last chosen', () => {
    const trail = trailOf(
      { kind: 'preference', activeMs: 500 },
      { kind: 'run', activeMs: 4_000 },
      { kind: 'preference', activeMs: 9_000 },
      { kind: 'difference', activeMs: 12_000 },
    );
    const { before, decidedMs, after } = aroundDecision(trail);
    assert.deepEqual(
      [before.map(({ kind }) => kind), decidedMs, after.map(({ kind }) => kind)],
      [['run'], 9_000, ['difference']],
    );
  });

  it('knows no decision where nothing was ranked', () => {
    const trail = trailOf({ kind: 'code', activeMs: 0 });
    assert.deepEqual(aroundDecision(trail), { before: trail, decidedMs: undefined, after: [] });
  });
});
