import { strict as assert } from 'node:assert';
import { clipped, taskTitle } from '../../../src/core/title.ts';

describe('the title of a task', () => {
  it('is its own, else the first line of its prompt, cut where it is long', () => {
    assert.equal(taskTitle({ title: 'Add', prompt: 'Write add.' }), 'Add');
    assert.equal(taskTitle({ prompt: '\n  Write add.\nWith types.' }), 'Write add.');
    const cut = taskTitle({ prompt: 'word '.repeat(40) });
    assert.equal(cut, `${'word '.repeat(16).trimEnd()}…`);
  });

  it('is cut without a space before the ellipsis', () => {
    assert.equal(clipped('one two', 7), 'one two');
    assert.equal(clipped('one two', 5), 'one…');
  });
});
