import assert from 'node:assert/strict';
import { sampleContext } from '../../../../fixtures/rationaleContext.ts';
import { findings, testExamples } from './table.ts';

const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const { rubric } = sampleContext();

describe('R16 length', () => {
  testExamples('R16', {
    good: [
      words(25),
      words(120),
      words(250),
      `${words(30)}\n\n\`\`\`python\n${words(400)}\n\`\`\``,
      [words(12), { rubric: { ...rubric, thresholds: { briefWords: 10 } } }],
      [words(300), { rubric: { ...rubric, thresholds: { mostWords: 400 } } }],
    ],
    bad: ['', 'B works.', words(9), words(10), words(24), words(251), `\`\`\`\n${words(50)}\n\`\`\``],
  });

  it('blocks what is too short and only warns of what is brief or long', () => {
    const severities = [9, 10, 24, 251].map((count) => findings('R16', words(count))[0]?.severity);
    assert.deepEqual(severities, ['E', 'W', 'W', 'W']);
  });

  it('is the only finding of an empty rationale', () => {
    assert.match(findings('R16', '  \n')[0]!.message, /no rationale yet.*which is better/);
    assert.match(findings('R16', '', { ranked: false })[0]!.message, /Say what is right or wrong/);
  });
});
