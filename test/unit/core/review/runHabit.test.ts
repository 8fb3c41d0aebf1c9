import assert from 'node:assert/strict';
import { runsFirst } from '../../../../src/core/review/runHabit.ts';
import type { Step } from '../../../../src/core/review/trail.ts';

function reviewed(...kinds: Step['kind'][]) {
  return { trail: kinds.map((kind, index) => ({ kind, activeMs: index })) };
}

describe('the habit of running', () => {
  const ran = reviewed('code', 'run', 'preference');

  it('shows in the last three reviews, each with a run before the decision', () => {
    assert.equal(runsFirst([ran, ran, ran]), true);
    assert.equal(runsFirst([reviewed('preference'), ran, ran, reviewed('run')]), true);
  });

  it('does not show in fewer reviews, without a run, or with a run after the decision', () => {
    assert.equal(runsFirst([ran, ran]), false);
    assert.equal(runsFirst([ran, {}, ran]), false);
    assert.equal(runsFirst([ran, ran, reviewed('preference', 'run')]), false);
  });
});
