import assert from 'node:assert/strict';
import type { RationaleContext } from '../../../../../src/core/rationale/context.ts';
import { findings, fixed, testExamples } from './table.ts';

const points = [1, 2, 3, 4, 5].map((value) => ({ value, meaning: String(value) }));
const criterion = (id: string, title: string, weight: number) => ({
  id,
  title,
  description: '',
  weight,
  scale: points,
});
const rubric = {
  id: 'r',
  title: 'R',
  criteria: [criterion('correctness', 'Correctness', 3), criterion('clarity', 'Clarity', 1)],
};

/** A is preferred; the scores are `[correctness, clarity]`. */
function scored(a: [number, number], b: [number, number], shown: RationaleContext['shown'] = -2) {
  const named = ([correctness, clarity]: [number, number]) => ({ correctness, clarity });
  return { shown, rubric, scores: { A: named(a), B: named(b) } };
}

const plain = '@A is better than @B because @A:4 checks the size before anything is read.';

describe('R04 rubric conflict', () => {
  testExamples('R04', {
    good: [
      [plain, scored([4, 4], [2, 2])],
      [plain, scored([3, 3], [3, 3])],
      [
        'Although @B is right more often, @A is better, as @A:4 never deletes a file.',
        scored([2, 4], [4, 4]),
      ],
      ['@B passes one case more, but @A is better: it cannot be tricked (@A:4).', scored([3, 5], [4, 2])],
      [
        'While @B is correct on more inputs, @A is the one that keeps data safe (@A:4).',
        scored([3, 5], [4, 2]),
      ],
      ['@A is better despite its failure on @case:empty-list.', scored([2, 4], [4, 4])],
      ['@A fails one case more; still, @A:4 is safe, hence better.', scored([2, 4], [4, 4])],
      [
        '@B is ahead on correctness, @A on safety, and safety decides: @A is better (@A:4).',
        scored([2, 4], [4, 4]),
      ],
      [
        '@A is better. It scored lower on correctness for one input; safety weighs more (@A:4).',
        scored([2, 4], [4, 4]),
      ],
      [plain, { rubric, scores: { A: { clarity: 1 }, B: { clarity: 5 } } }],
      [plain, scored([2, 2], [4, 4], null)],
      ['@A and @B are equally good.', scored([2, 2], [4, 4], 0)],
    ],
    bad: [
      [plain, scored([2, 4], [4, 4])],
      [plain, scored([3, 1], [3, 5])],
      [plain, { rubric, scores: { A: { correctness: 2 }, B: { correctness: 3 } } }],
      ['@B is better than @A: it handles the empty list at @B:4.', scored([5, 5], [4, 4], 1)],
      ['@A is better: it passes every case, but @B fails @case:empty-list.', scored([2, 4], [4, 4])],
      ['@A is better because it handles sets, while @B raises on them (@B:4).', scored([2, 4], [4, 4])],
    ],
  });

  it('names the contradicting score, and adds a concession', () => {
    const [finding] = findings('R04', plain, scored([2, 4], [4, 4]));
    assert.match(finding!.message, /lower on correctness \(2 against 4\)/);
    assert.equal(
      fixed(plain, finding!),
      `${plain} @A is better despite its lower score on correctness (2 against 4).`,
    );
    assert.match(findings('R04', plain, scored([3, 1], [3, 5]))[0]!.message, /in total \(10 against 14\)/);
  });
});
