import assert from 'node:assert/strict';
import { createFairQueue } from '../../../src/runner/queue.ts';

/** Work that reports its start and ends when the test decides. */
function piece(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = (): Promise<void> => {
    log.push(name);
    return promise;
  };
  return { work, end: resolve };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('exclusive work', () => {
  it('waits for running work, and no other work begins before it has ended', async () => {
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
