import assert from 'node:assert/strict';
import { result } from '../../../../fixtures/rationaleContext.ts';
import { findings, fixed, testExamples } from './table.ts';

const titled = {
  cases: [{ id: 'n1', title: 'negative numbers' }],
  results: { A: [result('n1', 'pass')], B: [result('n1', 'fail')] },
};
const even = { results: { A: [result('empty-list', 'pass')], B: [result('empty-list', 'pass')] } };

describe('R09 ignored split', () => {
  testExamples('R09', {
    good: [
      '@A is better: it passes @case:"size zero raises".',
      '@A is better; see @case:size zero raises.',
      '@A is better, as `size zero raises` shows.',
      '@A is better: for a size of 0, @B gives [] where an error was expected.',
      '@A is better: `chunk([1], 0)` → ValueError, and an endless loop on @B.',
      '@A is better, since @B does not compile.',
      ['@A is better on Negative Numbers.', titled],
      ['@A is better because of its names.', even],
      ['@A is better because of its names.', { results: {} }],
      ['@A is better because of its names.', { results: { A: [result('empty-list', 'pass')] } }],
    ],
    bad: [
      '@A is better because its names are clear.',
      '@A is better: it passes @case:empty-list.',
      '@A is better because @A:4 checks the size.',
      '@A is better, as the case of size zero shows.',
      '@A is better because it yields one list at a time, where @B:4 returns `result`.',
      ['Both answers are bad.', { shown: 'both-bad' }],
      '@B:4 has no check. That decides it.',
    ],
  });

  it('names the cases and cites the first', () => {
    const text = '@A is better because its names are clear.';
    const [finding] = findings('R09', text);
    assert.equal(finding!.message, '@case:"size zero raises" splits A and B. Cite it');
    assert.equal(fixed(text, finding!), `${text} @A passes @case:"size zero raises" and @B does not.`);
  });
});
