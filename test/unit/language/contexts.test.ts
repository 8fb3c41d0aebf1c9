import { strict as assert } from 'node:assert';
import { Contexts } from '../../../src/language/contexts.ts';
import { context } from './samples.ts';

describe('contexts of rationales', () => {
  it('are asked for once until they are forgotten', async () => {
    const asked: string[] = [];
    const contexts = new Contexts(async (uri) => {
      asked.push(uri);
      return context();
    });
    await Promise.all([contexts.get('a'), contexts.get('a'), contexts.get('b')]);
    await contexts.get('a');
    assert.deepEqual(asked, ['a', 'b']);
    contexts.forget('a');
    await contexts.get('a');
    assert.deepEqual(asked, ['a', 'b', 'a']);
  });

  it('are asked for again after the host failed to answer', async () => {
    let fails = true;
    const contexts = new Contexts(async () => {
      if (fails) throw new Error('the host is busy');
      return null;
    });
    await assert.rejects(contexts.get('a'), /busy/);
    fails = false;
    assert.equal(await contexts.get('a'), null);
  });

  it('that were forgotten while they were asked for are asked for anew', async () => {
    const replies: ((context: null) => void)[] = [];
    const contexts = new Contexts(() => new Promise((resolve) => replies.push(resolve)));
    const [first, second] = [contexts.get('a'), (contexts.forget('a'), contexts.get('a'))];
    assert.equal(replies.length, 2);
    for (const reply of replies) reply(null);
    await Promise.all([first, second]);
  });
});
