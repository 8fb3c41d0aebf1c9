import assert from 'node:assert/strict';
import { createFairQueue } from '../../../src/runner/queue.ts';

/** Work that says when it begins and ends when it is told to. */
function piece(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = (): Promise<void> => {
    log.push(name);
    return promise;
  };
  return { work, end: resolve };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('work that wants to be alone', () => {
  it('waits for what is under way, and nothing new begins before it has ended', async () => {
    const queue = createFairQueue(2);
    const log: string[] = [];
    const [first, alone, later] = [piece('first', log), piece('alone', log), piece('later', log)];
    const all = [queue.add({}, first.work), queue.alone(alone.work), queue.add({}, later.work)];
    await turn();
    assert.deepEqual(log, ['first'], 'there is room for another, but not beside the one to come');
    first.end();
    await turn();
    assert.deepEqual(log, ['first', 'alone']);
    alone.end();
    await turn();
    assert.deepEqual(log, ['first', 'alone', 'later']);
    later.end();
    await Promise.all(all);
  });

  it('goes on when one piece fails', async () => {
    const queue = createFairQueue(1);
    await assert.rejects(
      queue.alone(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
    assert.equal(await queue.add({}, () => Promise.resolve(1)), 1);
  });
});
