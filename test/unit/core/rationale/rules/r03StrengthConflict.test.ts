import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R03 strength conflict', () => {
  testExamples('R03', {
    good: [
      '@A is better than @B, which drops the last chunk.',
      ['@A is much better than @B: nothing in @B runs.', { shown: -3 }],
      ['@A is slightly better, since its message names the value.', { shown: -1 }],
      ['I have a slight preference for @B.', { shown: 1 }],
      ['@B is far superior.', { shown: 3 }],
      'Although @B is slightly better at naming, @A is better on the whole.',
      ['@B is not much better than @A, only a little more robust.', { shown: 1 }],
      ['@B is slightly better.', { shown: null }],
      ['On paper @B wins by a mile, but it is only a slight preference for @B here.', { shown: 1 }],
      ['@A is much faster, and @B slightly better overall for its checks.', { shown: 1 }],
      ['@A and @B are equally good; @A is much longer.', { shown: 0 }],
    ],
    bad: [
      ['@A is slightly better than @B.', { shown: -3 }],
      ['@B is much better than @A because it is lazy.', { shown: 1 }],
      ['I think @A is marginally better.', { shown: -2 }],
      ['@B is a little stronger than @A on the cases that were run here.', { shown: 3 }],
      ['@A is far worse than @B, but not by much.', { shown: 1 }],
      ['I have a strong preference for @A.', { shown: -1 }],
      ['@B is better by far.', { shown: 1 }],
      ['@B edges out @A.', { shown: 3 }],
      ['@B completely outclasses @A.', { shown: 1 }],
      ['@A is significantly better than @B.', { shown: -1 }],
    ],
  });

  it('replaces the adverb, and leaves it out for the strength between', () => {
    const remedy = (text: string, shown: -3 | -2 | -1) => fixed(text, findings('R03', text, { shown })[0]!);
    assert.equal(remedy('@A is slightly better.', -3), '@A is much better.');
    assert.equal(remedy('@A is vastly superior.', -1), '@A is slightly superior.');
    assert.equal(remedy('@A is marginally better.', -2), '@A is better.');
  });
});
