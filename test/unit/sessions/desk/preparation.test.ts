import assert from 'node:assert/strict';
import { Preparation, type Upcoming } from '../../../../src/sessions/desk/preparation.ts';
import { heldClock } from '../../../fixtures/heldClock.ts';
import { turn } from '../../../fixtures/heldRunner.ts';

/** A preparation whose timer goes off, and whose work ends, when the test says so. */
function parts() {
  const clock = heldClock();
  const begun: { work: string; signal: AbortSignal; end: () => void; fail: (error: Error) => void }[] = [];
  const reports: unknown[] = [];
  const state = { next: { work: 'b', key: 'b' } as Upcoming<string> | undefined, isBusy: false };
  const preparation = new Preparation<string>({
    find: async () => state.next,
    prepare: (work, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      begun.push({ work, signal, end: resolve, fail: reject });
      return promise;
    },
    isBusy: () => state.isBusy,
    report: (error) => reports.push(error),
    later: clock.later,
  });
  const pause = async (): Promise<void> => {
    clock.pass();
    await turn();
  };
  return { preparation, clock, begun, reports, state, pause };
}

describe('the preparation of the next work', () => {
  it('begins after a pause without actions, and waits while something runs for the person', async () => {
    const { preparation, begun, state, pause } = parts();
    preparation.interrupt();
    await turn();
    assert.equal(begun.length, 0);
    state.isBusy = true;
    await pause();
    assert.equal(begun.length, 0);
    state.isBusy = false;
    await pause();
    assert.deepEqual(
      begun.map(({ work }) => work),
      ['b'],
    );
  });

  it('stops at once when the person starts something, and begins again after a pause', async () => {
    const { preparation, begun, reports, pause } = parts();
    preparation.interrupt();
    await pause();
    preparation.interrupt();
    assert.equal(begun[0]!.signal.aborted, true);
    begun[0]!.fail(new Error('stopped'));
    await pause();
    assert.deepEqual([begun.length, begun[1]!.signal.aborted, reports], [2, false, []]);
  });

  it('is not stopped by typing, which only delays its begin', async () => {
    const { preparation, clock, begun, pause } = parts();
    preparation.interrupt();
    preparation.postpone();
    assert.equal(clock.waiting, 1);
    await pause();
    preparation.postpone();
    assert.deepEqual([begun[0]!.signal.aborted, clock.waiting], [false, 0]);
  });

  it('is not repeated for work that is ready, and follows other work', async () => {
    const { preparation, begun, state, pause } = parts();
    preparation.interrupt();
    await pause();
    begun[0]!.end();
    await turn();
    preparation.interrupt();
    await pause();
    assert.equal(begun.length, 1);
    state.next = { work: 'b', key: 'b with other settings' };
    preparation.reconsider();
    await pause();
    assert.equal(begun.length, 2);
  });

  it('does nothing without next work, reports a failure, and tries again later', async () => {
    const { preparation, begun, reports, state, pause } = parts();
    state.next = undefined;
    preparation.interrupt();
    await pause();
    assert.equal(begun.length, 0);
    state.next = { work: 'b', key: 'b' };
    preparation.reconsider();
    await pause();
    begun[0]!.fail(new Error('no grammar'));
    await turn();
    assert.match(String(reports), /no grammar/);
    preparation.reconsider();
    await pause();
    assert.equal(begun.length, 2);
  });

  it('ends with the window', async () => {
    const { preparation, clock, begun, pause } = parts();
    preparation.interrupt();
    await pause();
    preparation.dispose();
    preparation.interrupt();
    assert.deepEqual([begun[0]!.signal.aborted, clock.waiting], [true, 0]);
  });
});
