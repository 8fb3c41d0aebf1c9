import assert from 'node:assert/strict';
import type { Check } from '../../../../src/checks/check.ts';
import { codeHash } from '../../../../src/core/task/codeHash.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { PreparedRuns } from '../../../../src/runner/preparedRuns.ts';
import { idleSandbox } from '../../../../src/runner/sandbox/idle.ts';
import type { Sandbox } from '../../../../src/runner/sandbox/sandbox.ts';
import { emptyOutcome } from '../../../../src/runner/sandbox/supervise.ts';
import { NextTask } from '../../../../src/sessions/review/nextTask.ts';
import type { OwnAction } from '../../../../src/sessions/review/services.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { heldClock } from '../../../fixtures/heldClock.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { until } from '../../../until.ts';
import { fakeSandbox } from '../../runner/fakeSandbox.ts';
import { fakeToolchain, fakeToolchains } from '../../runner/fakeToolchain.ts';
import { createTestRunner } from '../../runner/harness.ts';
import { sampleReview } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

function taskOf(id: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    language: 'fake',
    prompt: `Add two numbers for ${id}.`,
    answers: [
      { id: 'm1', text: `\`\`\`fake\n${id} a + b\n\`\`\`\n` },
      { id: 'm2', text: `\`\`\`fake\n${id} a - b\n\`\`\`\n` },
    ],
    cases: [{ id: 'one', kind: 'call', args: [1, 2], expected: 3, origin: 'task' }],
    ...changes,
  };
}

describe('the next task', () => {
  const [first, second] = [taskOf('first'), taskOf('second')];
  let store: Store;
  let ends: (() => void)[];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    ends = [];
  });
  afterEach(async () => {
    ends.forEach((end) => end());
    await store.close();
  });

  /** An evaluator with the first task open. Programs are started in a sandbox that runs nothing and passes everything. */
  async function atWork({
    tasks = [first, second],
    prepareNext = true,
    runOnOpen = true,
    hold = false,
    upcoming = (inHand: string) => store.upcomingTask({ evaluator: 'eva' }, 'position', inHand),
  } = {}) {
    await importTasks(store, tasks);
    const started: string[] = [];
    const passing = fakeSandbox();
    const sandbox: Sandbox = {
      ...passing,
      run: async (job, signal) => {
        started.push(`${job.isIdle === true ? 'idle' : 'own'} ${job.argv[0]!.trim()}`);
        if (!hold || job.isIdle !== true) return passing.run(job);
        await new Promise((resolve) => signal!.addEventListener('abort', resolve));
        return emptyOutcome('cancelled');
      },
    };
    const prepared = new PreparedRuns(store);
    const toolchains = fakeToolchains(fakeToolchain());
    const { runner } = createTestRunner({ sandbox, toolchains, cache: store, prepared });
    const preparing = { sandbox: idleSandbox(sandbox), toolchains, cache: prepared, atOnce: 1 };
    const idle = { runner: createTestRunner(preparing).runner, checks: [check(started, 'idle')] };
    const own = { runner, checks: [check(started, 'own')], caseKinds: () => ['call' as const] };
    const coloured: string[] = [];
    const reports: unknown[] = [];
    const clock = heldClock();
    let session: Session | undefined;
    const open = async (task: Task): Promise<Session> => {
      nextTask.interrupt();
      session?.dispose();
      const onAction = (action: OwnAction): void => nextTask.act(action);
      session = await Session.open(task, { ...sampleServices(store, own), onAction });
      return session;
    };
    const nextTask = new NextTask({
      services: async () => ({ ...sampleServices(store, own), idle, prepared }),
      session: () => session,
      upcoming,
      settings: { prepareNext, checkOnOpen: true, runOnOpen },
      colour: async ({ task }) => void coloured.push(task.id),
      report: (error) => reports.push(error),
      later: clock.later,
    });
    ends.push(
      () => nextTask.dispose(),
      () => session?.dispose(),
    );
    await open(tasks[0]!);
    /** The evaluator pauses until both answers of the next task are through. */
    const pause = async (programs = 2): Promise<void> => {
      clock.pass();
      await until(() => started.filter((name) => name.startsWith('idle second')).length === programs);
    };
    return { open, pause, clock, nextTask, started, coloured, reports };
  }

  /** Everything that the store holds of an evaluator's work. */
  async function records() {
    const runs = [];
    for await (const run of store.runs()) runs.push(run);
    return {
      runs,
      reviews: await store.reviews(),
      skips: await store.skips(),
      ledger: await store.ledger(),
      time: await store.worked({}),
      drafts: await Promise.all(['first', 'second'].map((id) => store.draft(id, 'eva'))),
      queue: await store.queue({ evaluator: 'eva' }, 'position', { offset: 0, limit: 10 }),
    };
  }

  /** Opens the second task as the desk does, judges it and submits. */
  async function judge(session: Session): Promise<Review> {
    await Promise.all([session.check(), session.run()]);
    session.edit({ kind: 'preference', value: 1 });
    const text = '@A is better than @B because @A:1 adds and @B:1 subtracts where the prompt asks for a sum.';
    session.edit({ kind: 'rationale', text });
    for (const { rule } of session.findings)
      session.edit({ kind: 'override', rule, reason: 'no matter here' });
    assert.deepEqual(await session.submit(), []);
    return (await store.reviews({ taskId: session.task.id })).at(-1)!;
  }

  it('is coloured, checked and run at idle priority while the open task is judged', async () => {
    const { pause, coloured, started } = await atWork();
    await pause();
    assert.deepEqual(coloured, ['second']);
    assert.deepEqual(started.slice(0, 2), ['idle check', 'idle check']);
    assert.deepEqual(started.slice(2).toSorted(), ['idle second a + b', 'idle second a - b']);
  });

  it('leaves no trace in the records if it is never opened', async () => {
    const { pause } = await atWork();
    const before = await records();
    await pause();
    assert.deepEqual(await records(), before);
  });

  it('shows its results at once when it is opened, without running again', async () => {
    const { open, pause, started } = await atWork();
    await pause();
    const session = await open(second);
    await session.run();
    const { sides } = session.state({ index: 2, total: 2 }).cases!;
    assert.deepEqual([sides.A?.results['one']?.verdict, sides.B?.results['one']?.verdict], ['pass', 'pass']);
    assert.deepEqual(
      started.filter((name) => name.startsWith('own')),
      [],
    );
  });

  it('has the same record as a task that was not prepared', async () => {
    const withPreparation = await atWork();
    await withPreparation.pause();
    const prepared = await judge(await withPreparation.open(second));
    const preparedRuns = (await records()).runs;
    await store.close();
    store = await openSqliteStore(':memory:');
    const without = await atWork({ prepareNext: false });
    const usual = await judge(await without.open(second));
    assert.deepEqual(plain(prepared), plain(usual));
    assert.deepEqual(preparedRuns.map(plain), (await records()).runs.map(plain));
  });

  it('is run only if the setting or the habit of the evaluator says so', async () => {
    const { clock, coloured, started } = await atWork({ runOnOpen: false });
    clock.pass();
    await until(() => started.length === 2);
    assert.deepEqual([coloured, started], [['second'], ['idle check', 'idle check']]);
  });

  it('is run for an evaluator who usually runs the cases before judging', async () => {
    await reviewWithRuns(store, 3);
    const { open, pause, started } = await atWork({ runOnOpen: false });
    await pause();
    const session = await open(second);
    assert.deepEqual([session.board.runs, session.draft.trail ?? []], [[], []]);
    await session.run();
    assert.deepEqual(
      started.filter((name) => name.startsWith('own')),
      [],
    );
    assert.deepEqual(
      session.draft.trail?.map(({ kind }) => kind),
      ['run'],
    );
  });

  it('is given up at once when the evaluator runs, checks, changes a case, submits or opens a task', async () => {
    const acts: ((session: Session) => unknown)[] = [
      (session) => session.run({ caseIds: [] }),
      (session) => session.check(),
      (session) => session.edit({ kind: 'remove-case', id: 'mine' }),
      (session) => session.submit(),
    ];
    const { open, pause, started } = await atWork({ hold: true });
    let session = await open(first);
    for (const [index, act] of acts.entries()) {
      await pause(index + 1);
      await act(session);
      await until(() => !session.busy);
    }
    await pause(acts.length + 1);
    session = await open(second);
    assert.deepEqual(session.board.runs, []);
    assert.ok(started.length > 0);
  });

  it('goes on while the evaluator writes', async () => {
    const { open, pause, coloured } = await atWork();
    const session = await open(first);
    session.edit({ kind: 'rationale', text: 'a' });
    await pause();
    session.edit({ kind: 'rationale', text: 'ab' });
    assert.deepEqual(coloured, ['second']);
  });

  it('runs anew if it is a hidden repetition, as other tasks do', async () => {
    const repetition = taskOf('second', { source: { tiebreakDuplicateOf: 'first' }, answers: first.answers });
    const { open, clock, started } = await atWork({ upcoming: async () => repetition });
    await (await open(first)).run();
    clock.pass();
    await until(() => started.filter((name) => name.startsWith('idle first')).length === 2);
    const session = await open(repetition);
    await session.run();
    assert.deepEqual(
      session.board.runs.map(({ cached }) => cached),
      [false, false],
    );
    assert.equal(started.filter((name) => name.startsWith('own first')).length, 2);
  });
});

/** A check that notes who asked for it. */
function check(started: string[], who: string): Check {
  return {
    id: 'lint',
    languages: ['fake'],
    check: async ({ answerId, files }) => {
      started.push(`${who} check`);
      return {
        check: 'lint',
        version: '1',
        answerId,
        codeHash: codeHash(files),
        status: 'done',
        diagnostics: [],
      };
    },
  };
}

/** A record without what differs from one time to the next: ids, times and what is computed from them. */
function plain(record: object): unknown {
  const varying = ['id', 'at', 'startedAt', 'submittedAt', 'activeMs', 'prevHash'];
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) => (varying.includes(key) ? undefined : value)),
  ) as unknown;
}

async function reviewWithRuns(store: Store, count: number): Promise<void> {
  const trail = [
    { kind: 'run' as const, activeMs: 0 },
    { kind: 'preference' as const, activeMs: 1 },
  ];
  for (let n = 1; n <= count; n += 1) await store.submit(sampleReview(n, `before-${n}`, { trail }));
}
