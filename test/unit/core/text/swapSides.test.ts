import assert from 'node:assert/strict';
import { swapSides } from '../../../../src/core/text/swapSides.ts';

describe('a text by a person who saw the other order', () => {
  const rewritten: [string, string][] = [
    [
      '@A is better: @A:12-14 handles what @B/main.py:3 drops.',
      '@B is better: @B:12-14 handles what @A/main.py:3 drops.',
    ],
    ['A is better than B.', 'B is better than A.'],
    ['A returns chunks, B the list.', 'B returns chunks, A the list.'],
    ["Slightly for A. A’s loop and B's test differ", "Slightly for B. B’s loop and A's test differ"],
    ['Answer A passes; answer B fails (B only).', 'Answer B passes; answer A fails (A only).'],
    ['- A wins\n- B loses', '- B wins\n- A loses'],
    ['**A** is right', '**B** is right'],
    ['A and B agree, but A, unlike B, is fast', 'B and A agree, but B, unlike A, is fast'],
    ['I prefer A', 'I prefer B'],
  ];
  for (const [text, expected] of rewritten)
    it(`is rewritten: ${text}`, () => assert.deepEqual(swapSides(text), { text: expected, isUnsure: false }));

  const kept = [
    'the call `A(B)` and `@A`',
    '```\nA = B\n```',
    'a B-tree, A* and an A/B test',
    'matrix A has type B',
    'the input "A" gives ‘B’',
    'mail@A.org, A[0] and A.size',
  ];
  for (const text of kept)
    it(`keeps letters that are not sides: ${text}`, () =>
      assert.deepEqual(swapSides(text), { text, isUnsure: false }));

  it('keeps a sentence that may begin with an article, and reports it', () => {
    const text = 'A class would do. A previous answer too.';
    assert.deepEqual(swapSides(text), { text, isUnsure: true });
  });
});
