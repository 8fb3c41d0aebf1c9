import assert from 'node:assert/strict';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { heldRunner, turn } from '../../../fixtures/heldRunner.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const task: Task = {
  id: 'sum',
  language: 'python',
  prompt: 'Add two numbers.',
  answers: [
    { id: 'm1', text: '```python\ndef add(a, b):\n    return a + b\n```\n' },
    { id: 'm2', text: '```python\n# by Claude\ndef add(a, b):\n    return a - b\n```\n' },
  ],
};

function input(...args: number[]): Case {
  return { id: 'try', kind: 'call', args, origin: 'evaluator' };
}

describe('an input that is tried', () => {
  let store: Store;
  let session: Session;
  let held: ReturnType<typeof heldRunner>;
  let blocked: string | undefined;
  beforeEach(async () => {
    blocked = undefined;
    held = heldRunner();
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
    const services = sampleServices(store, {
      runner: held.runner,
      blocked: () => Promise.resolve(blocked),
    });
    session = await Session.open(task, services);
  });
  afterEach(async () => {
    await session.flush();
    session.dispose();
    await store.close();
  });

  const trial = () => session.state({ index: 1, total: 1 }).trial ?? undefined;
  const phases = () => [trial()?.sides.A?.phase, trial()?.sides.B?.phase];
  const gives = (actual: number) => ({ results: [{ ...result('try', 'pass'), actual }] });

  it('runs both answers, shows the results, and stores nothing', async () => {
    const trying = session.tryInput(input(1, 2));
    await turn();
    assert.deepEqual(phases(), ['running', 'running']);
    assert.deepEqual(
      held.runs.map(({ options }) => options.unrecorded),
      [true, true],
    );
    held.runs[0]!.end('pass', gives(3));
    held.runs[1]!.end('pass', gives(-1));
    await trying;
    assert.deepEqual(phases(), ['done', 'done']);
    assert.deepEqual(
      [trial()?.sides.A?.results['try']?.actual, trial()?.sides.B?.results['try']?.actual],
      [3, -1],
    );
    assert.deepEqual(session.cases, []);
    assert.deepEqual(session.board.runs, []);
    assert.equal(session.draft.trail?.length ?? 0, 0);
  });

  it('is replaced by a newer trial, whose outcome alone is shown', async () => {
    const first = session.tryInput(input(1, 2));
    await turn();
    const second = session.tryInput(input(3, 4));
    await turn();
    assert.equal(held.runs[0]!.options.signal?.aborted, true);
    held.runs[2]!.end('pass', gives(7));
    held.runs[3]!.end('pass', gives(-1));
    await second;
    held.runs[0]!.end('pass', gives(3));
    held.runs[1]!.end('pass', gives(-1));
    await first;
    assert.deepEqual(trial()?.case, input(3, 4));
    assert.equal(trial()?.sides.A?.results['try']?.actual, 7);
  });

  it('is stopped by the key that stops a run, and dropped when a reading changes', async () => {
    const trying = session.tryInput(input(1, 2));
    await turn();
    session.cancelRun();
    for (const run of held.runs) run.end('pass', { cancelled: true, results: [] });
    await trying;
    assert.deepEqual(phases(), ['cancelled', 'cancelled']);
    session.edit({ kind: 'reading', side: 'A', reading: 'whole' });
    assert.equal(trial(), undefined);
  });

  it('runs beside the cases without stopping them', async () => {
    session.edit({ kind: 'case', case: { ...input(1, 2), id: 'own', expected: 3 } as Case });
    void session.run();
    await turn();
    void session.tryInput(input(3, 4));
    await turn();
    assert.equal(held.runs[0]!.options.signal?.aborted, false);
    for (const run of held.runs) run.end('pass');
  });

  it('names no model, and does not run if nothing can run', async () => {
    const trying = session.tryInput(input(1, 2));
    await turn();
    for (const run of held.runs) {
      const reason = run.request.answerId === 'm2' ? 'by Claude' : 'by nobody';
      run.end('pass', { results: [{ ...result('try', 'error'), reason }] });
    }
    await trying;
    assert.doesNotMatch(JSON.stringify(trial()), /Claude/);
    blocked = 'no Python';
    await session.tryInput(input(5, 6));
    assert.equal(held.runs.length, 2);
  });
});
