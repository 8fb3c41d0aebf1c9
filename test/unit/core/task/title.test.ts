import { strict as assert } from 'node:assert';
import { clipped, taskTitle } from '../../../../src/core/task/title.ts';

describe('the title of a task', () => {
  it('is its own title, else the first line of its prompt, shortened if long', () => {
    assert.equal(taskTitle({ title: 'Add', prompt: 'Write add.' }), 'Add');
    assert.equal(taskTitle({ prompt: '\n  Write add.\nWith types.' }), 'Write add.');
    const cut = taskTitle({ prompt: 'word '.repeat(40) });
    assert.equal(cut, `${'word '.repeat(16).trimEnd()}…`);
  });

  it('is the first words of a prompt that is code', () => {
    const include =
      '#include<assert.h>\n#include <vector>\n// Given a vector, pluck one of its nodes.\nint f();';
    assert.equal(taskTitle({ prompt: include }), 'Given a vector, pluck one of its nodes.');
    assert.equal(taskTitle({ prompt: '//You are given a string s.' }), 'You are given a string s.');
    assert.equal(taskTitle({ prompt: 'from typing import List\n\ndef add(a, b):' }), 'def add(a, b):');
    assert.equal(taskTitle({ prompt: '```python\nimport os\n```' }), '```python');
    assert.equal(taskTitle({ prompt: '# Stack\nImport nothing.' }), 'Stack');
    assert.equal(taskTitle({ prompt: 'Import the file.' }), 'Import the file.');
  });

  it('is cut without a space before the ellipsis', () => {
    assert.equal(clipped('one two', 7), 'one two');
    assert.equal(clipped('one two', 5), 'one…');
  });

  it('shows hidden characters', () => {
    assert.equal(taskTitle({ title: 'a\u202e\nb', prompt: '' }), 'a\\u202e\\nb');
    assert.equal(taskTitle({ prompt: 'Write \u001b[2J f.' }), 'Write \\x1b[2J f.');
  });
});
