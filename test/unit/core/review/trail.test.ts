import assert from 'node:assert/strict';
import type { Step, Trail } from '../../../../src/core/review/trail.ts';
import { aroundDecision, withStep } from '../../../../src/core/review/steps.ts';

const trailOf = (...steps: readonly Step[]): Trail => steps.reduce<Trail>(withStep, []);

describe('the trail of a review', () => {
  it('lists each step once, at its first time', () => {
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

  it('splits at the last choice of the preference', () => {
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

  it('has no decision without a preference', () => {
    const trail = trailOf({ kind: 'code', activeMs: 0 });
    assert.deepEqual(aroundDecision(trail), { before: trail, decidedMs: undefined, after: [] });
  });
});
