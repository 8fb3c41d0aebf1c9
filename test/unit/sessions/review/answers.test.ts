import assert from 'node:assert/strict';
import type { Task } from '../../../../src/core/task/task.ts';
import {
  diffAnswers,
  linesOf,
  promptSegments,
  showAnswers,
} from '../../../../src/sessions/review/answers.ts';

const task: Task = {
  id: 't',
  language: 'python',
  prompt: 'Write `double(x)`. It may use `helper`.',
  files: [{ path: 'helper.py', text: 'def helper(x):\n    return x\n' }],
  answers: [
    { id: 'one', text: 'As ChatGPT, I suggest:\n\n```python\ndef double(x):\n    return x + x\n```\n' },
    {
      id: 'two',
      text: '```python\nfrom helper import helper\n\ndef double(x):\n    return 2 * helper(x)\n```\n',
    },
  ],
};

describe('the answers of a task', () => {
  const [a, b] = showAnswers(task, ['one', 'two'], {}, 'main.py');

  it('run with the task’s own files; the answer’s files come first, because the program starts there', () => {
    assert.deepEqual(
      a?.files.map(({ path }) => path),
      ['main.py', 'helper.py'],
    );
    assert.match(b?.files[0]?.text ?? '', /2 \* helper/);
  });

  it('are shown without names that they give themselves, with the number of masked names', () => {
    assert.equal(a?.panel.masked, 1);
    assert.doesNotMatch(JSON.stringify(a?.panel), /ChatGPT/);
  });

  it('carry no answer id to the panel', () => {
    assert.doesNotMatch(JSON.stringify([a?.panel, b?.panel]), /"one"|"two"/);
  });

  it('are aligned by file; single files are aligned whatever their names', () => {
    const [pair] = diffAnswers([a!, b!], 'python');
    assert.deepEqual([pair?.a, pair?.b], ['main.py', 'main.py']);
    assert.ok(pair?.rows.some(({ kind }) => kind !== 'same'));
  });

  it('keep a chosen reading, and fall back to the best if it no longer exists', () => {
    const ids = a?.panel.readings.map(({ id }) => id) ?? [];
    const other = ids.at(-1)!;
    assert.equal(showAnswers(task, ['one', 'two'], { one: other }, 'main.py')[0]?.panel.reading, other);
    assert.equal(showAnswers(task, ['one', 'two'], { one: 'gone' }, 'main.py')[0]?.panel.reading, ids[0]);
  });
});

describe('lines of a text', () => {
  it('are counted as an editor counts them', () => {
    assert.deepEqual(linesOf('a\nb\n'), ['a', 'b']);
    assert.deepEqual(linesOf('a\r\nb'), ['a', 'b']);
    assert.deepEqual(linesOf(''), ['']);
  });
});

describe('a prompt', () => {
  it('is prose unless it holds a fenced block', () => {
    assert.deepEqual(
      promptSegments('Write a function.').map(({ kind }) => kind),
      ['prose'],
    );
    assert.deepEqual(
      promptSegments('Fix this:\n\n```py\nx = 1\n```\n').map(({ kind }) => kind),
      ['prose', 'code'],
    );
  });
});
