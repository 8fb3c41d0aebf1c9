import assert from 'node:assert/strict';
import { result } from '../../../../fixtures/rationaleContext.ts';
import { findings, fixed, testExamples } from './table.ts';

/** A passes t1 and t2, B passes t1 only; t4 was run for neither. */
const ran = {
  cases: ['t1', 't2', 't3', 't4'].map((id) => ({ id })),
  results: {
    A: [result('t1', 'pass'), result('t2', 'pass'), result('t3', 'timeout')],
    B: [result('t1', 'pass'), result('t2', 'fail'), result('t3', 'unsupported')],
  },
};

describe('R07 false test claim', () => {
  testExamples('R07', {
    good: [
      '@B fails neither @case:empty-list nor anything like it.',
      'Apart from @case:empty-list, @B fails everything.',
      'Except for @case:empty-list, @B fails everything.',
      'All cases but @case:"size zero raises" pass for @B.',
      '@A and @B pass and fail @case:"size zero raises", respectively.',
      '@A passes all cases.',
      'All cases pass for @A, and @B passes all cases but @case:"size zero raises".',
      '@B passes all cases of the prompt.',
      '@case:"size zero raises" is red for @B and green for @A.',
      'If @B passed all cases, it would win.',
      ['@A passes @case:t2 and @B does not.', ran],
      ['@B fails @case:t2, which @A passes.', ran],
      ['Both pass @case:t1.', ran],
      ['@case:t2: @A passes, @B fails.', ran],
      ['@A passes @case:t1 and @case:t2 and fails @case:t3.', ran],
      ['@A fails @case:t4.', ran],
      ['@B passes @case:t3.', ran],
      ['@B would pass @case:t2 if it did not stop early.', ran],
      ['@A passes @case:t2; @B, on the other hand, fails.', ran],
      ['@case:t2 fails for @B and passes for @A.', ran],
      ['@A does not fail @case:t2.', ran],
      ['Unlike @B, @A passes @case:t2.', ran],
      ['@A times out on @case:t3, the large one.', ran],
      ['The claim that @A fails @case:t2 is wrong.', ran],
      ['@B:4 fails to keep the order, which @case:t1 does not show.', ran],
      ['@A fails with a ValueError on @case:t2, as it should.', ran],
      ['@A fails loudly on @case:t2.', ran],
      ['Neither @case:t2 nor @case:t3 passes on @B.', ran],
      ['@case:t1 and @case:t2 are what counts, both pass on @A.', ran],
      ['@case:t1 passes on both, @case:t2 only on @A.', ran],
      ['@A passes the list on to the caller; see @case:t3.', ran],
    ],
    bad: [
      '@B passes all cases.',
      'All tests pass for @B.',
      'Both pass every case.',
      'No case fails for @B.',
      '@A fails all cases.',
      '@case:"size zero raises" is green for @B.',
      '@case:"size zero raises" succeeds for @B.',
      '@B has passed @case:"size zero raises".',
      '@case:empty-list is red for both of them.',
      ['@A fails @case:t2.', ran],
      ['@B passes @case:t2.', ran],
      ['@A is better because @B also passes @case:t1 and passes @case:t2.', ran],
      ['Both pass @case:t2.', ran],
      ['Neither passes @case:t1.', ran],
      ['@case:t2: @A fails, @B passes.', ran],
      ['@case:t1 fails on @B.', ran],
      ['@A does not pass @case:t2.', ran],
      ['@A passes @case:t3.', ran],
      ['@A is much better: it passes all, whereas @B fails @case:t1 and @case:t2.', ran],
      ['@A fails with a traceback on @case:t2.', ran],
      ['@A crashes on @case:t1 with a traceback.', ran],
    ],
  });

  it('reports the result of the run and inserts the right verb', () => {
    const remedies = {
      '@A fails @case:t2.': '@A passes @case:t2.',
      '@B passes @case:t2 too.': '@B fails @case:t2 too.',
      '@A does not pass @case:t2.': '@A passes @case:t2.',
    };
    for (const [text, expected] of Object.entries(remedies)) {
      assert.equal(fixed(text, findings('R07', text, ran)[0]!), expected);
    }
    assert.match(findings('R07', '@A passes @case:t3.', ran)[0]!.message, /@A ended with “timeout”/);
  });

  it('offers no verb if it would be wrong for one of the sides', () => {
    assert.equal(findings('R07', 'Both pass @case:t2.', ran)[0]?.fix, undefined);
  });
});
