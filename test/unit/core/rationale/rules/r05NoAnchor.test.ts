import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R05 no anchor', () => {
  testExamples('R05', {
    good: [
      'For the word ACEDY the code of @A returns 0, expected 3, because capitals are ignored.',
      '@A is better because @B:4 drops the last chunk.',
      '@A is better: it passes @case:empty-list.',
      '@A is better, since `size <= 0` is checked before anything is read.',
      '@A is better: chunk([], 2) → [] while @B raises.',
      '@A is better because it says "size must be positive" where @B says nothing.',
      '@A is better. For [1, 2, 3] and 2 @B returns [[1, 2]] and loses the 3.',
      '@A is better: expected 3 for the empty list, but @B got 0.',
      '@A is better, see line 4.',
      '> if size <= 0:\n\n@A is better because it has this check.',
      '@A is better, since @diff:1 shows that the check is missing in the other.',
    ],
    bad: [
      '@B has a bug.',
      '@A is better because it is cleaner and easier to read.',
      '@A is better and @B is worse.',
      'I prefer @A since it handles edge cases while @B does not handle them.',
      '@A is better because it returns the right value.',
      'Mail me at someone@Acme.org for details about why A is better.',
    ],
  });

  it('cites the case that splits the answers, in quotes if its id has spaces', () => {
    const text = '@A is better because it checks more.';
    const [finding] = findings('R05', text);
    assert.equal(fixed(text, finding!), `${text} @A passes @case:"size zero raises" and @B does not.`);
  });
});
