import assert from 'node:assert/strict';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import type { RunRequest } from '../../../../src/runner/runner.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { sampleRun } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const task: Task = {
  id: 'sum',
  language: 'python',
  prompt: 'Add two numbers.',
  answers: [
    { id: 'm1', text: '```python\ndef add(a, b):\n    return a + b\n```\n' },
    { id: 'm2', text: '```python\ndef add(a, b):\n    return a - b\n```\n' },
  ],
};

function added(id: string): Case {
  return { id, kind: 'call', args: [1, 2], expected: 3, origin: 'evaluator' };
}

describe('the results of a task', () => {
  let store: Store;
  const opened: Session[] = [];
  let made = 0;
  beforeEach(async () => {
    made = 0;
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) {
      await session.flush();
      session.dispose();
    }
    await store.close();
  });

  /** Keeps its runs in the store. The second answer fails every case. */
  async function run({ answerId, cases, files }: RunRequest) {
    made += 1;
    const verdict = answerId === 'm1' ? ('pass' as const) : ('fail' as const);
    const finished = sampleRun(`run ${made}`, {
      at: `2026-01-01T00:00:${String(made).padStart(2, '0')}.000Z`,
      taskId: task.id,
      answerId,
      cases: [...cases],
      files: [...files],
      results: cases.map(({ id }) => result(id, verdict)),
    });
    await store.saveRun(finished);
    return finished;
  }
  const open = async (): Promise<Session> => {
    const services = sampleServices(store, { runner: { run, time: () => Promise.resolve(undefined) } });
    const session = await Session.open(task, services);
    opened.push(session);
    return session;
  };
  /** Adds cases and runs each by itself, as "Save and run" does. */
  const withCases = async (session: Session, ...ids: string[]) => {
    for (const id of ids) {
      session.edit({ kind: 'case', case: added(id) });
      await session.run({ caseIds: [id] });
    }
  };
  const shown = (session: Session) => {
    const { sides, splitting } = session.state({ index: 1, total: 1 }).cases!;
    return { A: Object.keys(sides.A!.results), B: Object.keys(sides.B!.results), splitting };
  };
  const submit = async (session: Session) => {
    session.edit({ kind: 'preference', value: session.order[0] === 'm1' ? -2 : 2 });
    const [better, worse] = session.order[0] === 'm1' ? ['@A', '@B'] : ['@B', '@A'];
    const text = `${better} is better than ${worse} because ${worse}:2 subtracts where the prompt asks for a sum, so @case:three fails there.`;
    session.edit({ kind: 'rationale', text });
    for (const { rule } of session.findings)
      session.edit({ kind: 'override', rule, reason: 'not tested here' });
    assert.deepEqual(await session.submit(), []);
  };
  const all = { A: ['one', 'two', 'three'], B: ['one', 'two', 'three'], splitting: ['one', 'two', 'three'] };

  it('are complete when the task is opened again, whichever run they come from', async () => {
    const session = await open();
    await withCases(session, 'one', 'two', 'three');
    await session.flush();
    assert.deepEqual(shown(await open()), all);
  });

  it('are complete in the submitted review, without new findings', async () => {
    const session = await open();
    await withCases(session, 'one', 'two', 'three');
    await submit(session);
    const again = await open();
    assert.equal(again.submitted, true);
    assert.deepEqual(shown(again), all);
    assert.deepEqual(again.findings, session.findings);
  });

  it('are complete in a revision, also after new cases', async () => {
    const session = await open();
    await withCases(session, 'one', 'two', 'three');
    await submit(session);
    const revised = await open();
    revised.revise();
    await withCases(revised, 'four');
    await revised.flush();
    const again = await open();
    assert.deepEqual(shown(again).A, ['one', 'two', 'three', 'four']);
    await submit(again);
    const [latest] = (await store.reviews({ taskId: task.id })).slice(-1);
    const kept = new Set(latest!.runs.flatMap(({ results }) => results.map(({ caseId }) => caseId)));
    assert.deepEqual([...kept], ['one', 'two', 'three', 'four']);
  });

  it('are those of the newest run of a case', async () => {
    const session = await open();
    await withCases(session, 'one', 'two');
    await session.run({ caseIds: ['one'] });
    await session.flush();
    await submit(session);
    const [review] = await store.reviews({ taskId: task.id });
    assert.deepEqual(shown(await open()).A, ['one', 'two']);
    assert.equal(review!.runs.length, 6);
  });
});
