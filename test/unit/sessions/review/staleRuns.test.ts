import assert from 'node:assert/strict';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { heldRunner, turn } from '../../../fixtures/heldRunner.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const task: Task = {
  id: 'sum',
  language: 'python',
  prompt: 'Add two numbers.',
  ask: ['rank', 'cases'],
  answers: ['m1', 'm2'].map((id) => ({
    id,
    text: '```python\ndef add(a, b):\n    return a + b\n```\n\nOr:\n\n```python\ndef add(a, b):\n    return sum((a, b))\n```\n',
  })),
};
const place = { index: 0, total: 1 };

function caseOf(id: string, expected: number): Case {
  return { id, kind: 'call', function: 'add', args: [1, 2], expected, origin: 'evaluator' };
}

describe('an outdated run', () => {
  let store: Store;
  let held: ReturnType<typeof heldRunner>;
  const opened: Session[] = [];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
    held = heldRunner();
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) session.dispose();
    await store.close();
  });

  const open = async (blocked: () => Promise<string | undefined> = () => Promise.resolve(undefined)) => {
    const session = await Session.open(task, sampleServices(store, { runner: held.runner, blocked }));
    opened.push(session);
    for (const id of ['one', 'two']) session.edit({ kind: 'case', case: caseOf(id, 3) });
    return session;
  };
  const column = (session: Session, side: 'A' | 'B' = 'A') => session.state(place).cases!.sides[side]!;
  const verdicts = (session: Session, side: 'A' | 'B' = 'A') =>
    Object.entries(column(session, side).results).map(([id, { verdict }]) => `${id} ${verdict}`);

  it('does not overwrite the results of a later run', async () => {
    const session = await open();
    const running = [session.run()];
    await turn();
    session.edit({ kind: 'case', case: caseOf('one', 4) });
    running.push(session.run());
    await turn();
    const [oldA, oldB, newA, newB] = held.runs;
    newA!.end('pass');
    newB!.end('pass');
    await turn();
    oldA!.give('one', 'fail');
    oldA!.end('fail', { cancelled: true });
    oldB!.fail(new Error('the sandbox was taken down'));
    await Promise.all(running);
    assert.deepEqual(verdicts(session), ['one pass', 'two pass']);
    assert.deepEqual([column(session, 'A').phase, column(session, 'B').phase], ['done', 'done']);
    assert.equal(column(session, 'B').error, undefined);
    assert.equal(session.board.runs.length, 2);
  });

  it('does not end a later run that is still running', async () => {
    const session = await open();
    const running = [session.run()];
    await turn();
    running.push(session.run());
    await turn();
    const [oldA, oldB, newA, newB] = held.runs;
    for (const run of [oldA, oldB]) run!.end('fail', { cancelled: true });
    await turn();
    assert.ok(session.running);
    assert.equal(column(session).phase, 'running');
    for (const run of [newA, newB]) run!.end('pass');
    await Promise.all(running);
    assert.deepEqual(verdicts(session), ['one pass', 'two pass']);
  });

  it('does not begin if it was overtaken before it could', async () => {
    let looking = Promise.resolve<string | undefined>(undefined);
    const session = await open(() => looking);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    looking = promise;
    const slow = session.run();
    looking = Promise.resolve(undefined);
    const quick = session.run({ caseIds: ['one'] });
    await turn();
    resolve(undefined);
    await turn();
    assert.equal(held.runs.length, 2);
    for (const run of held.runs) run.end('pass');
    await Promise.all([slow, quick]);
    assert.deepEqual(verdicts(session), ['one pass']);
  });

  it('drops the result of a case that was edited or removed while it ran, and keeps the others', async () => {
    const session = await open();
    const running = session.run();
    await turn();
    const [a, b] = held.runs;
    session.edit({ kind: 'case', case: caseOf('one', 4) });
    a!.give('one', 'fail');
    a!.give('two', 'pass');
    assert.deepEqual(verdicts(session), ['two pass']);
    session.edit({ kind: 'remove-case', id: 'two' });
    a!.end('pass');
    b!.end('pass');
    await running;
    assert.deepEqual([verdicts(session, 'A'), verdicts(session, 'B')], [[], []]);
    assert.equal(column(session).phase, 'done');
  });

  it('drops its results if the reading changes', async () => {
    const session = await open();
    const running = session.run();
    await turn();
    const [a, b] = held.runs;
    const { readings } = session.answers[0]!.panel;
    session.edit({ kind: 'reading', side: 'A', reading: readings[1]!.id });
    assert.ok(a!.options.signal!.aborted, 'the run of code that is no longer shown is stopped');
    assert.ok(!b!.options.signal!.aborted, 'the other answer is still the same');
    a!.give('one', 'fail');
    a!.end('fail');
    b!.end('pass');
    await running;
    assert.deepEqual([verdicts(session, 'A'), column(session).phase], [[], 'idle']);
    assert.deepEqual(verdicts(session, 'B'), ['one pass', 'two pass']);
  });

  it('drops results of cases and readings that another window has changed', async () => {
    const here = await open();
    await here.flush();
    const there = await Session.open(task, sampleServices(store));
    opened.push(there);
    const running = here.run();
    await turn();
    const [a, b] = held.runs;
    a!.give('one', 'pass');
    a!.give('two', 'pass');
    there.edit({ kind: 'case', case: caseOf('one', 4) });
    const { readings } = there.answers[1]!.panel;
    there.edit({ kind: 'reading', side: 'B', reading: readings[1]!.id });
    await there.flush();
    await here.refresh();
    assert.deepEqual(verdicts(here), ['two pass']);
    a!.end('pass');
    b!.end('pass');
    await running;
    assert.deepEqual([verdicts(here, 'A'), verdicts(here, 'B')], [['two pass'], []]);
  });

  it('still reports that the person cancelled it', async () => {
    const session = await open();
    const running = session.run();
    await turn();
    session.cancelRun();
    for (const run of held.runs) run.end('pass', { cancelled: true });
    await running;
    assert.equal(column(session).phase, 'cancelled');
  });

  it('leaves the ideal to the later run', async () => {
    const session = await open();
    session.ideal.begin(null);
    session.ideal.type('main.py', 'first');
    const running = [session.run({ columns: ['ideal'] })];
    await turn();
    session.ideal.type('main.py', 'second');
    running.push(session.run({ columns: ['ideal'] }));
    await turn();
    const [first, second] = held.runs;
    second!.end('pass');
    await turn();
    first!.give('one', 'fail');
    first!.end('fail', { cancelled: true });
    await turn();
    for (const run of held.runs.slice(2)) run.end('fail');
    await Promise.all(running);
    const { results, phase } = session.ideal.panel()!.run;
    assert.deepEqual([results['one']?.verdict, results['two']?.verdict, phase], ['pass', 'pass', 'done']);
  });

  it('does not prove an ideal that was edited in the meantime', async () => {
    const session = await open();
    session.ideal.begin(null);
    session.ideal.type('main.py', 'first');
    const running = session.run({ columns: ['ideal'] });
    await turn();
    session.ideal.type('main.py', 'second');
    held.runs[0]!.end('pass');
    await turn();
    for (const run of held.runs.slice(1)) run.end('fail');
    await running;
    session.ideal.write('reason', 'No case tells the answers from it.');
    assert.equal(session.ideal.proving.isProved, false);
  });

  it('leaves the mutants to the later run', async () => {
    const session = await open();
    session.ideal.begin(null);
    session.ideal.type('main.py', 'def add(a, b):\n    return a + b\n');
    const running = [session.run({ columns: ['ideal'] })];
    await turn();
    held.runs[0]!.end('pass');
    await turn();
    const dying = held.runs[1]!;
    assert.match(dying.request.answerId, /mutant 1$/);
    running.push(session.run({ columns: ['ideal'] }));
    await turn();
    held.runs[2]!.end('pass');
    await turn();
    dying.end('fail', { cancelled: true });
    await turn();
    held.runs[3]!.end('fail');
    await turn();
    assert.deepEqual(session.ideal.panel()!.worth['one']!.mutants, { failing: 1, of: 1 });
    for (const run of held.runs) run.end('fail');
    await Promise.all(running);
  });
});
