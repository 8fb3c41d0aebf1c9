import assert from 'node:assert/strict';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';
import { answerProgram } from '../../../../src/core/extraction/programFiles.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { showAnswers } from '../../../../src/sessions/review/answers.ts';

const options = { language: 'python', mainFile: 'main.py' };
const large: Readonly<Record<string, [text: string, told: RegExp]>> = {
  characters: ['x'.repeat(1_000_001), /1,000,001 characters, and at most 1,000,000 are read/],
  lines: ['x = 1\r\n'.repeat(20_001), /20,001 lines, and at most 20,000 are read/],
  fences: ['```\nx\n```\n'.repeat(501), /1,002 code fences, and at most 1,000 are read/],
};

describe('an answer that is too large to read in full', () => {
  for (const [what, [text, told]] of Object.entries(large)) {
    it(`by its ${what} says so, shows its beginning and does not run`, () => {
      const { problems, segments, readings } = extractAnswer(text, options);
      assert.match(problems.join(), told);
      assert.match(problems.join(), /so nothing is run. Only its beginning is shown/);
      assert.equal(readings.length, 1);
      assert.ok(segments[0]!.text.length <= 100_000 && text.startsWith(segments[0]!.text));
      const { rejections } = answerProgram(
        { language: 'python', prompt: '' },
        { text },
        { mainFile: 'main.py' },
      );
      assert.match(rejections?.[0]?.reason ?? '', told);
    });
  }

  it('is masked in the part that is shown, and does not run', () => {
    const task: Task = {
      id: 't',
      language: 'python',
      prompt: 'Write f.',
      answers: [
        { id: 'one', text: `I am Claude.\n${'x = 1\n'.repeat(20_001)}` },
        { id: 'two', text: 'x = 1\n' },
      ],
    };
    const [a, b] = showAnswers(task, ['one', 'two'], {}, 'main.py');
    assert.match(a!.panel.segments[0]!.text, /^I am \[model\]\.\nx = 1\n/);
    assert.match(a!.panel.problems.join(), /too large to read in full/);
    assert.match(a!.rejections?.[0]?.reason ?? '', /too large to read in full/);
    assert.equal(b!.rejections, undefined);
  });
});

describe('an answer just below the limits', () => {
  it('is read in full', () => {
    const text = `\`\`\`python\n${'x = 1\n'.repeat(19_990)}\`\`\`\n`;
    assert.deepEqual(extractAnswer(text, options).problems, []);
  });
});
