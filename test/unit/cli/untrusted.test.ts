import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { runSchema } from '../../../src/core/run/run.ts';
import { skipBecause } from '../../skip.ts';
import { sampleReview, sampleTask } from '../store/samples.ts';
import { Workplace, type Outcome } from './tiebreak.ts';
import { importTasks } from '../../fixtures/imports.ts';

/** Writes the clipboard, moves the cursor, reverses the text, hides in it and forges a line. */
const hostile = '\u001b]52;c;eA==\u0007\u009b2J\u202e\u200b\u2028\nforged: pass\r';
const sequences = hostile.replaceAll(/[\r\n\u2028]/g, '');
const hidden = /[\p{Cc}\p{Bidi_Control}\u200b\u2028\ufeff]/u;

const escape = '\\u001b]0;owned\\u0007\\u202e';
const python = {
  id: `task ${hostile}`,
  language: 'python',
  prompt: 'Write f(x).',
  entry: 'f',
  answers: [
    {
      id: `first ${hostile}`,
      text: `def f(x):\n    if x: raise type("${escape}", (Exception,), {})("${escape}")\n    return {"${escape}\\n${escape}": 1}\n`,
    },
    { id: 'second', text: 'def f(x):\n    return x +\n' },
  ],
  cases: [
    { id: `throws ${sequences}`, kind: 'call', args: [1], expected: 0 },
    { id: 'member', kind: 'call', args: [0], expected: {} },
    { id: 'name', kind: 'call', function: `g${hostile}`, args: [0], expected: 0 },
  ],
};

describe('texts of others in the command line', function () {
  let place: Workplace;
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  function write(...tasks: unknown[]): string {
    writeFileSync(place.path('tasks.jsonl'), tasks.map((task) => JSON.stringify(task)).join('\n'));
    return 'tasks.jsonl';
  }

  async function fill(): Promise<void> {
    const store = await openSqliteStore(place.database);
    const id = `task ${hostile}`;
    await importTasks(store, [
      sampleTask(id, {
        title: hostile,
        answers: [
          { id: 'first', text: `1${hostile}`, model: `m1${hostile}` },
          { id: 'second', text: '2', model: 'm2' },
        ],
      }),
    ]);
    const evaluator = `eva${hostile}`;
    await store.submit(sampleReview(1, id, { evaluator }));
    await store.submit(sampleReview(2, `other ${hostile}`, { evaluator, preference: { kind: 'tie' } }));
    await store.addTime([
      {
        person: evaluator,
        taskId: `${hostile}=`,
        work: 'review',
        startedAt: '2026-11-30T08:00:00.000Z',
        day: '2026-11-30',
        activeMs: 1_000,
        idleMs: 0,
      },
    ]);
    await store.close();
  }

  it('are shown by run, with every name that an answer or a task chose', async function () {
    needs(this, 'bwrap', 'python3');
    const { stdout, stderr } = await place.tiebreak(['run', write(python)]);
    assertVisible({ stdout, stderr });
    assert.match(
      stdout,
      /^task \\x1b\]52;c;eA==\\x07\\x9b2J\\u202e\\u200b\\u2028\\nforged: pass\\r +first /m,
    );
    assert.match(stdout, /throws .*: error – .*\\x1b\]0;owned/);
    assert.match(stdout, /member: fail – .*\\x1b\]0;owned/);
  });

  it('stay the same values in the JSON of run', async function () {
    needs(this, 'bwrap', 'python3');
    const { stdout, stderr } = await place.tiebreak(['run', '--json', write(python)]);
    assertVisible({ stdout, stderr });
    const [run] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => runSchema.parse(JSON.parse(line)));
    assert.deepEqual([run!.taskId, run!.answerId], [python.id, python.answers[0]!.id]);
    assert.deepEqual(run!.results[1]!.actual, {
      '\u001b]0;owned\u0007\u202e\n\u001b]0;owned\u0007\u202e': 1,
    });
    for (const { reason = '' } of run!.results) assert.doesNotMatch(reason.replaceAll('\n', ''), hidden);
  });

  it('are shown by time', async function () {
    needs(this, 'bwrap', 'python3');
    assertVisible(await place.tiebreak(['time', write(python), '--pairs', '5']));
  });

  it('are shown by check, and so are files that an answer names', async function () {
    needs(this, 'bwrap', 'python3');
    const name = 'a\u001b]0;x\u0007\u202e.py';
    const diff = `\`\`\`diff\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+def f(x:\n\`\`\`\n`;
    const answers = [python.answers[0], { id: 'diff', text: diff }];
    const unknown = { ...python, id: `odd ${hostile}`, language: 'cobol' };
    const outcome = await place.tiebreak(['check', write({ ...python, answers }, unknown)]);
    assertVisible(outcome);
    assert.match(outcome.stdout, /diff\/a\\x1b\]0;x\\x07\\u202e\.py:1:\d+: error/, outcome.stderr);
  });

  it('are shown by import and in its complaints', async () => {
    const invalid = { ...python, answers: [{ id: hostile, text: 1 }], [`x${hostile}`]: 1 };
    assertVisible(await place.tiebreak(['import', write(python, invalid, `{"id": ${hostile}`)]));
    await fill();
    const changed = sampleTask(`task ${hostile}`, { prompt: 'Another.' });
    const refused = await place.tiebreak(['import', write(changed)]);
    assert.match(refused.stderr, /was already reviewed/);
    assertVisible(refused);
    assertVisible(await place.tiebreak(['import', `no such file ${hostile}`]));
  });

  it('are quoted for a shell in the command that makes a clone', async () => {
    const clone = "x;$(touch owned) 'y\u001b[2J";
    const from = { ...python, filesFrom: { clone, revision: 'main' } };
    const outcome = await place.tiebreak([
      'import',
      write(from, { ...from, id: 'b', filesFrom: { clone: '--upload-pack=x', revision: 'main' } }),
    ]);
    assertVisible(outcome);
    assert.match(
      outcome.stderr,
      /git clone -- 'https:\/\/github\.com\/x;\$\(touch owned\) '\\''y\\x1b\[2J\.git' 'x;\$\(touch owned\) '\\''y\\x1b\[2J'; or/,
    );
    assert.match(
      outcome.stderr,
      /git clone -- https:\/\/github\.com\/--upload-pack=x\.git --upload-pack=x; or/,
    );
  });

  it('are shown by lint', async () => {
    writeFileSync(place.path('why.md'), `A is better${hostile} because it is better. ${hostile}`);
    const args = ['lint', 'why.md', '--from', write(python), '--task'];
    assertVisible(await place.tiebreak([...args, python.id, '--preference', '-2']));
    assertVisible(await place.tiebreak([...args, `unknown ${hostile}`]));
  });

  it('are shown by stats, timesheet and verify', async () => {
    await fill();
    assertVisible(await place.tiebreak(['stats', '--show-models', '--show-evaluators']));
    const stats = await place.tiebreak(['stats', '--show-models', '--show-evaluators', '--json']);
    assertVisible(stats);
    assert.ok(JSON.stringify(JSON.parse(stats.stdout)).includes('\u202e'), stats.stdout);
    assertVisible(await place.tiebreak(['timesheet']));
    assertVisible(await place.tiebreak(['verify']));
  });

  it('are shown in the notes of export and exchange', async () => {
    await fill();
    const { stderr } = await place.tiebreak(['export', '--to', 'trl']);
    assert.match(stderr, /left out/);
    assertVisible({ stdout: '', stderr });
    mkdirSync(place.path('shared'));
    writeFileSync(place.path('shared/x.tiebreak.jsonl'), `{"kind":"${hostile}`);
    assertVisible(await place.tiebreak(['exchange', 'shared', '--as', `eva${hostile}`]));
    assertVisible(await place.tiebreak(['exchange', 'shared', '--as', 'eva']));
  });

  it('are shown by an export to a terminal, which a pipe gets unchanged', async function () {
    needs(this, 'python3');
    await fill();
    await place.tiebreak(['export', '--to', 'tiebreak', '--out', 'all.jsonl']);
    const piped = await place.tiebreak(['export', '--to', 'tiebreak']);
    assert.equal(piped.stdout, readFileSync(place.path('all.jsonl'), 'utf8'));
    const seen = await place.tiebreak(['export', '--to', 'tiebreak'], {}, onTerminal);
    const shown = seen.stdout.replaceAll('\r\n', '\n');
    assertVisible({ stdout: shown, stderr: '' });
    assert.deepEqual(
      shown.split('\n').filter(isData).map(parsed),
      piped.stdout.split('\n').filter(isData).map(parsed),
    );
    const sheet = await place.tiebreak(['timesheet', '--csv'], {}, onTerminal);
    assert.doesNotMatch(sheet.stdout.replaceAll(/\r?\n/g, ''), hidden);
  });

  it('are shown in complaints about arguments', async () => {
    for (const args of [[hostile], ['run', `no${hostile}`], ['export', '--to', hostile]])
      assertVisible(await place.tiebreak(args));
  });
});

/** A command that starts another one on a terminal of its own. */
const onTerminal = ['python3', '-c', 'import pty, sys; pty.spawn(sys.argv[1:])'];

function needs(context: Mocha.Context, ...programs: string[]): void {
  for (const program of programs)
    if (spawnSync(program, ['--version']).error !== undefined) skipBecause(context, `${program} is missing`);
}

/** Nothing that a terminal obeys or hides, and no line that a text forged. */
function assertVisible({ stdout, stderr }: Pick<Outcome, 'stdout' | 'stderr'>): void {
  for (const line of `${stdout}\n${stderr}`.split('\n')) {
    assert.doesNotMatch(line, hidden, JSON.stringify(line));
    assert.doesNotMatch(line, /^forged/);
  }
}

/** Whether a line of a terminal, which also shows the notes, is one of the data. */
function isData(line: string): boolean {
  return line.startsWith('{');
}

function parsed(line: string): unknown {
  return JSON.parse(line);
}
