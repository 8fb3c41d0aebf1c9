import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runSchema } from '../../../src/core/run.ts';
import { skipBecause } from '../../skip.ts';
import { Workplace } from './tiebreak.ts';

const chunk = {
  id: 'chunk',
  language: 'python',
  prompt: 'Write chunk(items, size).',
  entry: 'chunk',
  answers: [
    {
      id: 'good',
      text: '```python\ndef chunk(x, n):\n    return [x[i:i + n] for i in range(0, len(x), n)]\n```\n',
    },
    { id: 'weak', text: 'def chunk(x, n):\n    return [x]\n' },
  ],
  cases: [
    { id: 'three', kind: 'call', args: [[1, 2, 3], 2], expected: [[1, 2], [3]] },
    { id: 'one', kind: 'call', args: [[1], 2], expected: [[1]] },
  ],
};
const endless = {
  ...chunk,
  id: 'endless',
  answers: [{ id: 'a', text: 'def chunk(x, n):\n    while True:\n        pass\n' }],
};

describe('tiebreak run', function () {
  this.timeout(60_000);
  let place: Workplace;
  before(function () {
    if (spawnSync('bwrap', ['--version']).error !== undefined) skipBecause(this, 'bubblewrap is missing');
    if (spawnSync('python3', ['--version']).error !== undefined) skipBecause(this, 'Python is missing');
  });
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  function write(...lines: unknown[]): string {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(place.path('tasks.jsonl'), text.join('\n'));
    return 'tasks.jsonl';
  }

  it('prints a row an answer and a line a case that did not pass', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['run', write(chunk)]);
    assert.equal(stderr, '');
    const lines = stdout.split('\n');
    assert.match(lines[0]!, /^chunk +good +2\/2 passed .* ms .* MB$/);
    assert.match(lines[1]!, /^chunk +weak +1\/2 passed .* ms .* MB$/);
    assert.match(lines[2]!, /^ {2}three: fail – \S/);
    assert.equal(lines.length, 4);
    assert.ok(!stdout.includes('\x1b'), 'no colours where there is no terminal');
    assert.equal(code, 0, 'a weak answer could be run all the same');
  });

  it('prints run records as JSON lines, in the order of the file', async () => {
    const { code, stdout } = await place.tiebreak(['run', '--json', write(chunk, { ...chunk, id: 'again' })]);
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => runSchema.parse(JSON.parse(line)));
    assert.deepEqual(
      runs.map((run) => [run.taskId, run.answerId, ...run.results.map((result) => result.verdict)]),
      [
        ['chunk', 'good', 'pass', 'pass'],
        ['chunk', 'weak', 'fail', 'pass'],
        ['again', 'good', 'pass', 'pass'],
        ['again', 'weak', 'fail', 'pass'],
      ],
    );
    assert.equal(code, 0);
  });

  it('runs only the task that is asked for', async () => {
    const { stdout } = await place.tiebreak(['run', write(endless, chunk), '--task', 'chunk']);
    assert.match(stdout, /^chunk/);
    assert.doesNotMatch(stdout, /endless/);
  });

  it('runs patches of a revision of a clone, and shows the hunk that does not apply', async () => {
    const git = (...args: string[]): void => {
      const who = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com'];
      execFileSync('git', [...who, '-C', place.path('clones/shop'), ...args]);
    };
    mkdirSync(place.path('clones/shop'), { recursive: true });
    git('init', '-q');
    writeFileSync(place.path('clones/shop/cart.py'), 'def total(prices):\n    return sum(prices) + 1\n');
    git('add', '.');
    git('commit', '-qm', 'first');
    const hunk = '--- a/cart.py\n+++ b/cart.py\n@@ -1,2 +1,2 @@\n def total(prices):\n';
    const tests = { path: 'tests.py', text: 'from cart import total\nassert total([]) == 0\n' };
    const task = {
      id: 'total',
      language: 'python',
      prompt: 'The total of nothing is 1.',
      filesFrom: { clone: 'shop', revision: 'HEAD' },
      answers: [
        { id: 'good', text: `${hunk}-    return sum(prices) + 1\n+    return sum(prices)\n` },
        { id: 'stale', text: `${hunk}-    return 1 + sum(prices)\n+    return sum(prices)\n` },
      ],
      cases: [
        {
          id: 'tests',
          kind: 'command',
          argv: ['/usr/bin/python3', 'tests.py'],
          files: [tests],
          expect: { exit: 0 },
        },
      ],
    };
    const { code, stdout, stderr } = await place.tiebreak(['run', write(task), '--clones', 'clones']);
    assert.equal(stderr, '');
    const lines = stdout.split('\n');
    assert.match(lines[0]!, /^total +good +1\/1 passed/);
    assert.match(lines[1]!, /^total +stale +0\/1 passed/);
    assert.equal(
      lines[2],
      '  tests: error – the patch does not apply: cart.py: hunk 1 of 1 does not apply, nearest at line 1',
    );
    assert.equal(code, 0);
    const without = await place.tiebreak(['run', 'tasks.jsonl']);
    assert.equal(without.code, 1);
    assert.match(without.stderr, /^tasks\.jsonl:1: the task needs revision HEAD of "shop", .*git clone/);
  });

  it('says which answers it could not run and which lines are broken, and runs the others', async () => {
    const file = write({ ...chunk, id: 'old', language: 'cobol' }, '{"id": "half"', chunk);
    const { code, stdout, stderr } = await place.tiebreak(['run', file]);
    assert.equal(code, 1);
    assert.match(stderr, /^tasks\.jsonl:2:\d+: not JSON.*\. \S/m);
    assert.match(
      stderr,
      /^old, answer good: answers in "cobol" cannot be run\. Languages that can be run: python/m,
    );
    assert.match(stdout, /^chunk +good +2\/2 passed/);
  });

  it('says that the file or the task is not there', async () => {
    const missing = await place.tiebreak(['run', 'nowhere.jsonl']);
    assert.deepEqual([missing.code, missing.stdout], [3, '']);
    assert.match(missing.stderr, /^error: nowhere\.jsonl: the file cannot be read .*Check the path/);
    const other = await place.tiebreak(['run', write(chunk), '--task', 'chnuk']);
    assert.equal(other.code, 3);
    assert.match(other.stderr, /^error: tasks\.jsonl: there is no task "chnuk"\. Check the id/);
  });

  it('stops at Ctrl+C and leaves no program behind', async () => {
    const child = place.start(['run', '--json', write(endless)]);
    const closed = once(child, 'close');
    const started = await sandboxed(child.pid!);
    child.kill('SIGINT');
    const [code] = (await closed) as [number];
    assert.equal(code, 130);
    assert.deepEqual(
      processes().filter(({ pid }) => started.includes(pid)),
      [],
    );
  });
});

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** Waits until Python runs below the command, and gives the ids of all that runs there. */
async function sandboxed(command: number): Promise<number[]> {
  for (;;) {
    const below = descendants(command, processes());
    if (below.some(({ name }) => name.startsWith('python'))) return below.map(({ pid }) => pid);
    await delay(20);
  }
}

function descendants(parent: number, all: readonly Process[]): Process[] {
  const children = all.filter((one) => one.parent === parent);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** What runs on this machine, as /proc tells it. */
function processes(): Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const [, pid, name, parent] = /^(\d+) \((.*)\) \S (\d+)/s.exec(
        readFileSync(`/proc/${entry}/stat`, 'utf8'),
      )!;
      return [{ pid: Number(pid), parent: Number(parent), name: name! }];
    } catch {
      // It ended between the listing and the reading.
      return [];
    }
  });
}
