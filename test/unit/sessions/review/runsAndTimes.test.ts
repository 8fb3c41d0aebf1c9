import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecord, recordLine, reviewRecord } from '../../../../src/core/exchange/record.ts';
import type { Run, Timing } from '../../../../src/core/run/run.ts';
import { codeHash } from '../../../../src/core/task/codeHash.ts';
import type { SessionServices } from '../../../../src/sessions/review/services.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import type { Runner, RunOptions, TimingOptions, TimingRequest } from '../../../../src/runner/runner.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { timing } from '../../../fixtures/timings.ts';
import { sampleRun, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const task = sampleTask('t1', {
  ask: ['flag'],
  cases: [{ id: 'case', origin: 'task', kind: 'call', args: [[], 1], expected: [] }],
});

/** A call of the runner that ends when the test decides. */
interface Pending<Options, Value> {
  readonly options: Options;
  readonly end: (value: Value) => void;
}

describe('a session', () => {
  const opened: Session[] = [];
  let folder: string;
  let store: Store;
  let runs: Pending<RunOptions & { answerId: string }, Run>[];
  let timings: Pending<TimingOptions & { request: TimingRequest }, Timing | undefined>[];
  let services: SessionServices;
  /** Whether a comparison ends as soon as it is aborted. */
  let stopsAtOnce: boolean;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-session-'));
    store = await openSqliteStore(join(folder, 'tiebreak.db'));
    await importTasks(store, [task]);
    runs = [];
    timings = [];
    stopsAtOnce = true;
    const runner: Runner = {
      run: ({ answerId }, options = {}) =>
        new Promise((end) => {
          runs.push({ options: { ...options, answerId }, end });
        }),
      time: (request, options = {}) =>
        new Promise((end) => {
          if (stopsAtOnce) options.signal?.addEventListener('abort', () => end(undefined));
          timings.push({ options: { ...options, request }, end });
        }),
    };
    services = sampleServices(store, { runner });
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) {
      await session.flush();
      session.dispose();
    }
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The runner's result for the request of a pending comparison. */
  function timed({ request }: TimingOptions & { request: TimingRequest }): Timing {
    const made = timing([20, 20, 20, 20, 20], [10, 10, 10, 10, 10]);
    return {
      ...made,
      taskId: request.taskId,
      case: request.testCase,
      answers: made.answers.map((answer, index) => {
        const { answerId, files } = request.answers[index]!;
        return { ...answer, answerId, codeHash: codeHash(files) };
      }),
    };
  }

  const open = async (): Promise<Session> => {
    const session = await Session.open(task, services);
    opened.push(session);
    return session;
  };
  const shown = (session: Session) => session.state({ index: 1, total: 1 }).cases!;
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('continues runs when the panel is closed, and shows their results in a panel that is opened later', async () => {
    const session = await open();
    const heard: PanelState[] = [];
    const close = session.onDidChange((sections) => heard.push(sections));
    const running = session.run();
    await turn();
    const [a, b] = runs;
    a!.options.onResult!(result('case', 'pass'));
    assert.equal(
      heard.at(-1)?.cases?.sides.A?.results['case']?.verdict,
      'pass',
      'a result comes as it is known',
    );
    assert.equal(heard.at(-1)?.cases?.sides.A?.phase, 'running');
    close();
    session.pause();
    const before = heard.length;
    b!.options.onResult!(result('case', 'fail'));
    for (const { options, end } of runs)
      end(sampleRun(options.answerId, { answerId: options.answerId, results: [result('case', 'pass')] }));
    await running;
    assert.equal(heard.length, before);
    assert.equal(a!.options.signal?.aborted, false);
    assert.deepEqual([shown(session).sides.A?.phase, shown(session).sides.B?.phase], ['done', 'done']);
  });

  it('continues comparing times when the panel is closed, and keeps the comparison with the draft and the review', async () => {
    const session = await open();
    const close = session.onDidChange(() => undefined);
    const comparing = session.compareTimes('case');
    await turn();
    const [{ options, end }] = timings as [(typeof timings)[0]];
    options.onProgress!({ done: 3, total: 17 });
    assert.deepEqual(shown(session).timings, { case: { phase: 'running', done: 3, total: 17, lines: [] } });
    assert.ok(session.running);
    close();
    end(timed(options));
    await comparing;
    const [line] = shown(session).timings!['case']!.lines;
    assert.match(line!, /^Processor time: A takes 2\.00 times as long as B/);
    await session.flush();

    const again = await open();
    assert.deepEqual(shown(again).timings, shown(session).timings);
    again.edit({ kind: 'override', rule: 'R16', reason: 'no rationale is asked for' });
    assert.deepEqual(await again.submit(), []);
    const [review] = await store.reviews();
    assert.deepEqual(review!.timings, [timed(options)]);
    const record = reviewRecord(review!);
    const read = readRecord(JSON.parse(recordLine(record)));
    assert.deepEqual({ ...read, tiebreak: undefined }, { ...record, tiebreak: undefined });
    assert.equal(await store.verify(), undefined);
  });

  it('shows no times of different code or of a changed case', async () => {
    const session = await open();
    const comparing = session.compareTimes('case');
    await turn();
    const [{ options, end }] = timings as [(typeof timings)[0]];
    const other = timed(options);
    end({ ...other, answers: other.answers.map((answer) => ({ ...answer, codeHash: 'other' })) });
    await comparing;
    assert.deepEqual(shown(session).timings, {});
  });

  it('drops a comparison if its case is edited or a reading changes in the meantime', async () => {
    stopsAtOnce = false;
    const session = await open();
    session.edit({ kind: 'case', case: { ...task.cases![0]!, id: 'own' } });
    const first = session.compareTimes('own');
    await turn();
    session.edit({ kind: 'case', case: { ...task.cases![0]!, id: 'own', title: 'another' } });
    assert.ok(timings[0]!.options.signal?.aborted);
    timings[0]!.end(timed(timings[0]!.options));
    await first;
    assert.deepEqual([shown(session).timings, session.draft.timings], [{}, undefined]);
    assert.ok(!session.running);

    const second = session.compareTimes('case');
    await turn();
    session.edit({ kind: 'reading', side: 'A', reading: session.answers[0]!.panel.readings[1]!.id });
    timings[1]!.end(timed(timings[1]!.options));
    await second;
    assert.deepEqual([shown(session).timings, session.draft.timings], [{}, undefined]);
  });

  it('stops a comparison when it is cancelled, and when another begins', async () => {
    const session = await open();
    const first = session.compareTimes('case');
    await turn();
    const second = session.compareTimes('case');
    await first;
    await turn();
    assert.equal(timings.length, 2);
    assert.ok(timings[0]!.options.signal?.aborted);
    assert.equal(shown(session).timings?.['case']?.phase, 'running');
    session.cancelRun();
    await second;
    assert.deepEqual(shown(session).timings, { case: { phase: 'cancelled', lines: [] } });
    assert.ok(!session.running);
  });
});
