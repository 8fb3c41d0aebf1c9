import assert from 'node:assert/strict';
import { inBackground, takeEveryStep } from '../../../src/sessions/background.ts';

describe('work that nobody waits for', () => {
  it('reports its failure', async () => {
    const reports: unknown[] = [];
    inBackground(Promise.reject(new Error('refused')), (error) => reports.push(error));
    await Promise.resolve();
    assert.match(String(reports), /refused/);
  });
});

describe('steps at the end', () => {
  it('all run, in order, and each failure is reported', async () => {
    const taken: string[] = [];
    const reports: unknown[] = [];
    const step = (name: string, error?: Error) => async (): Promise<void> => {
      taken.push(name);
      if (error !== undefined) throw error;
    };
    await takeEveryStep(
      [step('flush one', new Error('disk full')), step('flush other', new Error('locked')), step('close')],
      (error) => reports.push(error),
    );
    assert.deepEqual(taken, ['flush one', 'flush other', 'close']);
    assert.deepEqual(reports.map(String), ['Error: disk full', 'Error: locked']);
  });

  it('run even after a step that throws synchronously', async () => {
    const reports: unknown[] = [];
    let isClosed = false;
    await takeEveryStep(
      [
        () => {
          throw new Error('gone');
        },
        async () => (isClosed = true),
      ],
      (error) => reports.push(error),
    );
    assert.deepEqual([isClosed, reports.length], [true, 1]);
  });
});
