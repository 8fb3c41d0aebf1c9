import assert from 'node:assert/strict';
import { obstacleText } from '../../../../src/core/review/obstacle.ts';
import { codeHash } from '../../../../src/core/task/codeHash.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import { defaultLimits, type Run } from '../../../../src/core/run/run.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import type { RunRequest } from '../../../../src/runner/runner.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const task: Task = {
  id: 'sum',
  language: 'python',
  prompt: 'Add two numbers.',
  ask: ['ideal'],
  answers: [
    { id: 'm1', text: '```python\ndef add(a, b):\n    return abs(a) + b\n```\n' },
    { id: 'm2', text: '```python\ndef add(a, b):\n    return a - b\n```\n' },
  ],
  cases: [
    { id: 'zero', kind: 'call', args: [0, 0], expected: 0, origin: 'task' },
    { id: 'both', kind: 'call', args: [-1, 2], expected: 1, origin: 'task' },
  ],
};
const right = 'def add(a, b):\n    return a + b\n';

/** Stands in for the sandbox: only the code `a + b` passes, except that every code passes the case that adds zeros. */
function run({ taskId, answerId, files, cases }: RunRequest): Run {
  const isRight = files.some(({ text }) => /return a \+ b$/m.test(text));
  return {
    id: `${answerId} ${contentHash([...files])}`,
    at: '2026-01-01T00:00:00.000Z',
    taskId,
    answerId,
    codeHash: codeHash(files),
    casesHash: contentHash([...cases]),
    cases: [...cases],
    files: [...files],
    toolchain: { language: 'python', name: 'CPython', version: '3.11' },
    sandbox: { kind: 'bubblewrap', approximate: true },
    limits: defaultLimits,
    cached: false,
    cancelled: false,
    results: cases.map(({ id }) => result(id, isRight || id === 'zero' ? 'pass' : 'fail')),
  };
}

describe('the ideal of a session', () => {
  let store: Store;
  const opened: Session[] = [];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) session.dispose();
    await store.close();
  });

  const services = () => {
    const { runner, ...others } = sampleServices(store);
    return { ...others, runner: { ...runner, run: (request: RunRequest) => Promise.resolve(run(request)) } };
  };
  const open = async (of: Task = task) => {
    const session = await Session.open(of, services());
    opened.push(session);
    return session;
  };
  const written = async (of: Task = task) => {
    const session = await open(of);
    session.ideal.begin('A');
    session.ideal.type('main.py', right);
    session.ideal.write('notes', 'The sign of a counts.');
    return session;
  };

  it('starts empty or with the files of a side', async () => {
    const session = await open();
    assert.equal(session.state({ index: 0, total: 1 }).ideal, null);
    session.ideal.begin(null);
    assert.deepEqual(session.ideal.files, [{ path: 'main.py', text: '' }]);
    const other = await open({ ...task, id: 'other' });
    other.ideal.begin('B');
    assert.deepEqual(other.ideal.files, other.answers[1]!.shownFiles);
    assert.equal(other.ideal.startedFrom, 'B');
  });

  it('keeps what is typed, character by character, for the next time', async () => {
    const before = await written();
    before.ideal.type('helper.py', 'x = 1');
    before.ideal.write('references', 'PEP 8');
    await before.flush();
    before.dispose();
    const { ideal } = (await open()).state({ index: 0, total: 1 });
    assert.deepEqual(
      ideal!.files.map(({ path, lines }) => [path, lines.join('\n')]),
      [
        ['main.py', right.trimEnd()],
        ['helper.py', 'x = 1'],
      ],
    );
    assert.deepEqual([ideal!.notes, ideal!.references], ['The sign of a counts.', 'PEP 8']);
  });

  it('is proved by a run, until it is changed', async () => {
    const session = await written();
    assert.match(session.ideal.obstacles().join(), /has not run/);
    await session.run();
    assert.deepEqual(session.ideal.panel()!.proof, { state: 'cases', cases: ['both'] });
    assert.equal(session.ideal.panel()!.run.results['both']!.verdict, 'pass');
    session.ideal.type('main.py', 'def add(a, b):\n    return b\n');
    assert.equal(session.ideal.proving.isProved, false);
    await session.run();
    assert.match(session.ideal.obstacles().join(), /does not pass both/);
  });

  it('needs a reason if no case distinguishes a weak answer from it', async () => {
    const session = await written({ ...task, cases: [task.cases![0]!] });
    await session.run();
    assert.match(session.ideal.obstacles().join(), /no reason says why/);
    session.ideal.write('reason', 'Both are right; only this one reads well.');
    assert.deepEqual(session.ideal.panel()!.proof, { state: 'reason' });
  });

  it('is not proved by a case that came after the run', async () => {
    const session = await written();
    await session.run();
    session.edit({
      kind: 'case',
      case: { id: 'late', kind: 'call', args: [1, 1], expected: 2, origin: 'evaluator' },
    });
    assert.equal(session.ideal.proving.isProved, false);
    await session.run();
    assert.equal(session.ideal.proving.isProved, true);
  });

  it('is required before the submission, and submitted with the review', async () => {
    const session = await written();
    assert.match((await session.submit()).map(obstacleText).join(), /Prove the ideal/);
    await session.run();
    assert.deepEqual(await session.submit(), []);
    const [review] = await store.reviews({ taskId: 'sum' });
    const [entry] = await store.ledger({ kind: 'ideal', taskId: 'sum' });
    assert.equal(review!.ideal, entry!.record.id);
    assert.deepEqual(entry!.record.files, [{ path: 'main.py', text: right }]);
    assert.deepEqual(entry!.record.proof, { by: 'cases', cases: ['both'] });
    assert.equal(entry!.record.startedFrom, session.order[0]);
    assert.deepEqual(
      entry!.record.runs.map(({ answerId }) => answerId),
      [entry!.record.id, ...session.order],
    );
    assert.equal(await store.unfinished({ kind: 'ideal', author: 'eva', subject: 'sum' }), undefined);
  });

  it('requires notes on its changes before the submission', async () => {
    const session = await written();
    session.ideal.write('notes', ' ');
    await session.run();
    assert.match((await session.submit()).map(obstacleText).join(), /notes/);
  });

  it('updates the findings in the notes when the notes or the proof change', async () => {
    const session = await written();
    const rules = () => session.ideal.panel()!.findings.map(({ rule }) => rule);
    assert.deepEqual(rules(), ['N03']);
    await session.run();
    assert.deepEqual(rules(), ['N03', 'N04']);
    session.ideal.write('notes', 'Adds a as it is, because abs(a) loses its sign: see @case:both.');
    assert.deepEqual(rules(), []);
    session.ideal.write('notes', 'It is as good as GPT-4 would write it, because @case:gone passes.');
    assert.deepEqual(rules(), ['N04', 'R18', 'R06']);
    assert.deepEqual(await session.submit(), []);
  });

  it('is revised as a new record that names the old one, or kept if nothing changed', async () => {
    const first = await written();
    await first.run();
    await first.submit();
    const session = await open();
    session.revise();
    assert.deepEqual(await session.submit(), []);
    session.revise();
    session.ideal.write('notes', 'Said better.');
    await session.run();
    assert.deepEqual(await session.submit(), []);
    const ideals = (await store.ledger({ kind: 'ideal' })).map(({ record }) => record);
    assert.equal(ideals.length, 2);
    assert.equal(ideals[1]!.revises, ideals[0]!.id);
    const reviews = await store.reviews({ taskId: 'sum' });
    assert.deepEqual(
      reviews.map(({ ideal }) => ideal),
      [ideals[0]!.id, ideals[0]!.id, ideals[1]!.id],
    );
  });

  it('adopts the draft and the submission of another window', async () => {
    const here = await open();
    const there = await written();
    await there.flush();
    await here.refresh();
    assert.deepEqual(here.ideal.files, there.ideal.files);
    await there.run();
    await there.submit();
    await here.refresh();
    here.revise();
    await here.run();
    assert.deepEqual(await here.submit(), []);
    assert.equal((await store.ledger({ kind: 'ideal' })).length, 1);
  });

  it('loses nothing that is typed while it is submitted', async () => {
    const session = await written();
    await session.run();
    const submission = session.submit();
    await Promise.resolve();
    session.ideal.write('notes', 'Typed late.');
    assert.deepEqual(await submission, []);
    await session.flush();
    const [first] = await store.ledger({ kind: 'ideal' });
    const again = (await open()).ideal;
    assert.equal(again.panel()!.notes, 'Typed late.');
    assert.equal(first!.record.notes, 'Typed late.');
  });

  it('measures cases by the answers and mutants that they distinguish from it', async () => {
    const session = await written({ ...task, ask: ['ideal', 'cases'] });
    await session.run();
    const { worth } = session.ideal.panel()!;
    assert.deepEqual(worth['zero']!.answers, { failing: 0, of: 2 });
    assert.deepEqual(worth['both']!.answers, { failing: 2, of: 2 });
    assert.deepEqual(worth['both']!.mutants, { failing: 1, of: 1 });
    assert.match((await session.submit()).map(obstacleText).join(), /Missing: a case/);
  });
});
