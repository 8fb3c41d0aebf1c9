import assert from 'node:assert/strict';
import { sampleContext } from '../../../../fixtures/rationaleContext.ts';
import { findings, fixed, testExamples } from './table.ts';

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const { rubric } = sampleContext();

describe('R16 length', () => {
  testExamples('R16', {
    good: [
      words(25),
      words(120),
      words(250),
      `${words(30)}\n\n\`\`\`python\n${words(400)}\n\`\`\``,
      '@A is better than @B: @A:4 checks the size, and @B:7 returns `[]` for it.',
      [words(12), { rubric: { ...rubric, thresholds: { briefWords: 10 } } }],
      [words(300), { rubric: { ...rubric, thresholds: { mostWords: 400 } } }],
    ],
    bad: [
      '',
      'B works.',
      '@A is better.',
      words(9),
      words(10),
      words(24),
      words(251),
      `\`\`\`\n${words(50)}\n\`\`\``,
    ],
  });

  it('blocks what is too short and only warns of what is brief or long', () => {
    const severities = [9, 10, 24, 251].map((count) => findings('R16', words(count))[0]?.severity);
    assert.deepEqual(severities, ['E', 'W', 'W', 'W']);
  });

  it('inserts an outline, after a verdict if there is none', () => {
    const corrected = fixed('', findings('R16', '')[0]!);
    assert.match(
      corrected,
      /^@A is better than @B\. The deciding difference is \[\.\.\.\]\. .* @B gives \[\.\.\.\]/,
    );
    assert.match(
      fixed('@A is better.', findings('R16', '@A is better.')[0]!),
      /^@A is better\. The deciding/,
    );
    assert.match(fixed('', findings('R16', '', { ranked: false })[0]!), /^What the answer gets right is/);
    // The rule reports the places until they are filled in.
    assert.equal(findings('R21', corrected).length, 6);
  });

  it('folds the text beyond the word limit, at the end of a sentence', () => {
    const text = `${words(200)}. ${words(40)}. ${words(90)}.`;
    const corrected = fixed(text, findings('R16', text)[0]!);
    assert.equal(corrected, `${words(200)}. ${words(40)}.\n\n<details>\n\n${words(90)}.\n\n</details>`);
    const fenced = `${words(260)}.\n\n\`\`\`\ncode\n\`\`\``;
    assert.equal(findings('R16', fenced)[0]!.fix, undefined);
  });

  it('is the only finding of an empty rationale', () => {
    assert.match(findings('R16', '  \n')[0]!.message, /no rationale yet.*which is better/);
    assert.match(findings('R16', '', { ranked: false })[0]!.message, /Say what is right or wrong/);
  });
});
