import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

const scale = [1, 2, 3, 4, 5].map((value) => ({ value, meaning: String(value) }));
const criterion = (id: string, title: string) => ({ id, title, description: '', weight: 1, scale });
const rubric = {
  id: 'r',
  title: 'R',
  criteria: [criterion('security', 'Security'), criterion('style', 'Style'), criterion('i18n', 'Locales')],
};
const gap = {
  rubric,
  scores: { A: { security: 4, style: 3, i18n: 3 }, B: { security: 1, style: 2, i18n: 3 } },
};
const text = '@A is better because @A:4 checks the size before it reads.';

describe('R23 unmentioned gap', () => {
  testExamples('R23', {
    good: [
      ['@A is better: @B:4 is open to injection.', gap],
      ['@A is better on security.', gap],
      [text, { ...gap, scores: { A: { security: 3 }, B: { security: 2 } } }],
      [text, { ...gap, scores: { A: { security: 4 }, B: {} } }],
      text,
      [text, { ...gap, rubric: { ...rubric, thresholds: { scoreGap: 4 } } }],
    ],
    bad: [
      [text, gap],
      ['@A is better since it is short and clear.', gap],
      ['@B is better at naming; @A is better.', { rubric, scores: { A: { i18n: 5 }, B: { i18n: 2 } } }],
      [text, { rubric, scores: { A: { style: 1 }, B: { style: 5 } } }],
      [
        text,
        {
          ...gap,
          scores: { A: { security: 2 }, B: { security: 1 } },
          rubric: { ...rubric, thresholds: { scoreGap: 1 } },
        },
      ],
      [
        '@A > @B: the first returns the sum.',
        { rubric, scores: { A: { security: 5, i18n: 1 }, B: { security: 5, i18n: 5 } } },
      ],
    ],
  });

  it('adds a sentence for each criterion', () => {
    assert.equal(
      fixed(text, findings('R23', text, gap)[0]!),
      `${text} On security @A is ahead of @B (4 against 1): …`,
    );
  });
});
