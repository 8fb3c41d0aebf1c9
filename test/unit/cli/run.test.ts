import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { until } from '../../until.ts';
import { runSchema } from '../../../src/core/run/run.ts';
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
  // Longer than what a test does meanwhile on a busy machine.
  limits: { cpuMs: 300_000 },
};

describe('tiebreak run', function () {
  let place: Workplace;
  before(function () {
    if (spawnSync('bwrap', ['--version']).error !== undefined) skipBecause(this, 'bubblewrap is missing');
    if (spawnSync('python3', ['--version']).error !== undefined) skipBecause(this, 'Python is missing');
  });
  beforeEach(() => {
    place = new Workplace();
  });
  afterEach(() => place.remove());

  function write(...tasks: unknown[]): string {
    const texts = tasks.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    writeFileSync(place.path('tasks.jsonl'), texts.join('\n'));
    return 'tasks.jsonl';
  }

  it('gives the same verdicts whatever stack the shell allows, and records the limit', async () => {
    const deep = {
      ...chunk,
      answers: [
        {
          id: 'a',
          text: 'import sys\nsys.setrecursionlimit(100000)\ndef chunk(n):\n    return 1 + max(chunk(n - 1) for _ in range(1)) if n else 0\n',
        },
      ],
      cases: [{ id: 'deep', kind: 'call', args: [20_000], expected: 20_000 }],
    };
    const file = write(deep);
    for (const kibibytes of ['1024', '8192', '65536', 'unlimited']) {
      const { stdout, stderr } = await place.tiebreak(['run', '--json', file], {}, [
        'bash',
        '-c',
        `ulimit -S -s ${kibibytes}; exec "$@"`,
        'bash',
      ]);
      const { limits, results } = runSchema.parse(JSON.parse(stdout));
      assert.deepEqual(
        [limits.stackBytes, results[0]?.verdict],
        [512 << 20, 'pass'],
        `${kibibytes}: ${stderr}`,
      );
    }
  });

  it('prints a row per answer and a line per case that did not pass', async () => {
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

  it('says if a number passes only within the tolerance', async () => {
    const close = {
      ...chunk,
      answers: [{ id: 'a', text: 'def chunk(x):\n    return x + 0.2\n' }],
      cases: [
        { id: 'close', kind: 'call', args: [0.1], expected: 0.3 },
        { id: 'exact', kind: 'call', args: [1], expected: 1.2 },
      ],
    };
    const { stdout } = await place.tiebreak(['run', write(close)]);
    assert.match(stdout, /^chunk +a +2\/2 passed .*\n {2}close: pass – equal within 1e-9\n$/);
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

  it('runs only the requested task', async () => {
    const { stdout } = await place.tiebreak(['run', write(endless, chunk), '--task', 'chunk']);
    assert.match(stdout, /^chunk/);
    assert.doesNotMatch(stdout, /endless/);
  });

  it('runs patches on a revision of a clone, and shows the hunk that does not apply', async () => {
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

  it('reports answers that it could not run and invalid lines, and runs the others', async () => {
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

  it('reports a missing file or task', async () => {
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
    // The process that starts sandboxes ends when it finds its input closed.
    const left = () => processes().filter(({ pid }) => started.includes(pid));
    await until(
      () => left().length === 0,
      () => `no program is left of ${JSON.stringify(left())}`,
    );
  });

  it('continues after it was killed, with the same results as without', async () => {
    const slow = { ...endless, id: 'slow', cases: chunk.cases.slice(1), limits: { cpuMs: 2_000 } };
    const file = write(chunk, { ...chunk, id: 'second' }, slow, { ...chunk, id: 'last' });
    const child = place.start(['run', file, '--out', 'runs.jsonl']);
    const closed = once(child, 'close');
    await until(() => recordsIn('runs.jsonl').length >= 2, 'two results are written');
    child.kill('SIGKILL');
    await closed;
    const before = recordsIn('runs.jsonl');
    assert.ok(before.length < 7, 'the kill was in the middle');
    const refused = await place.tiebreak(['run', file, '--out', 'runs.jsonl']);
    assert.equal(refused.code, 3);
    assert.match(refused.stderr, /^error: runs\.jsonl: the file already exists\. Continue it with --resume/);

    const resumed = await place.tiebreak(['run', file, '--out', 'runs.jsonl', '--resume']);
    assert.deepEqual([resumed.code, resumed.stderr], [0, '']);
    const kept = `${before.length} answers kept from before`;
    assert.match(resumed.stdout, new RegExp(`^${7 - before.length} answers? run, ${kept}\n$`));
    const after = recordsIn('runs.jsonl');
    assert.deepEqual(after.slice(0, before.length), before, 'what was known is not run again');
    const whole = await place.tiebreak(['run', file, '--json']);
    assert.deepEqual(outcomes(after), outcomes(whole.stdout.trimEnd().split('\n')));
    assert.deepEqual(readdirSync(place.folder).toSorted(), ['runs.jsonl', 'tasks.jsonl']);
  });

  it('runs the answers of changed tasks again, and completes a half-written line', async () => {
    const gone = { ...chunk, id: 'gone' };
    const recased = { ...chunk, id: 'recased' };
    const recoded = { ...chunk, id: 'recoded' };
    await place.tiebreak(['run', write(chunk, gone, recased, recoded), '--out', 'runs.jsonl']);
    const all = recordsIn('runs.jsonl');
    assert.equal(all.length, 8);
    const isLast = (line: string): boolean => line.includes('"taskId":"chunk","answerId":"weak"');
    const cut = [...all.filter((line) => !isLast(line)), ...all.filter(isLast)];
    writeFileSync(place.path('runs.jsonl'), cut.join('\n').slice(0, -100));

    const [good] = chunk.answers;
    const file = write(
      { ...chunk, prompt: 'The prompt does not matter for a run.' },
      { ...recased, cases: chunk.cases.slice(1) },
      { ...recoded, answers: [good, { id: 'weak', text: 'def chunk(x, n):\n    return []\n' }] },
    );
    const { code, stdout, stderr } = await place.tiebreak(['run', file, '--out', 'runs.jsonl', '--resume']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(stdout, '4 answers run, 2 answers kept from before, 5 outdated removed\n');
    const whole = await place.tiebreak(['run', file, '--json']);
    assert.deepEqual(outcomes(recordsIn('runs.jsonl')), outcomes(whole.stdout.trimEnd().split('\n')));
  });

  it('refuses a second run on the same file, and says at Ctrl+C how to continue', async () => {
    const file = write(chunk, endless);
    const child = place.start(['run', file, '--out', 'runs.jsonl']);
    const ended = Promise.all([once(child, 'close'), text(child.stdout!), text(child.stderr!)]);
    await until(() => recordsIn('runs.jsonl').length === 2, 'the results of the first task are written');
    for (const more of [[], ['--resume']]) {
      const second = await place.tiebreak(['run', file, '--out', './runs.jsonl', ...more]);
      assert.deepEqual(
        [second.code, second.stdout, second.stderr],
        [
          3,
          '',
          'error: ./runs.jsonl: another run is writing this file. Wait until it ends, or choose another file\n',
        ],
      );
    }
    child.kill('SIGINT');
    const [[code], stdout, stderr] = await ended;
    assert.deepEqual([code, stdout], [130, '']);
    assert.equal(
      stderr,
      'interrupted: 2 answers in runs.jsonl. To continue, repeat the command with --resume\n',
    );
    assert.equal(recordsIn('runs.jsonl').length, 2);
  });

  it('refuses options that do not fit together', async () => {
    const file = write(chunk);
    const resume = await place.tiebreak(['run', file, '--resume']);
    assert.equal(resume.code, 2);
    assert.match(resume.stderr, /--resume needs --out/);
    const json = await place.tiebreak(['run', file, '--json', '--out', 'runs.jsonl']);
    assert.equal(json.code, 2);
    assert.match(json.stderr, /--json and --out exclude each other/);
  });

  /** The whole lines of a file; none if it does not exist yet. */
  function recordsIn(name: string): string[] {
    const path = place.path(name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
  }
});

/** What the runs say of the answers, without what differs from run to run, in an order of their own. */
function outcomes(records: readonly string[]): string[] {
  return records
    .map((record) => {
      const { taskId, answerId, codeHash, casesHash, results } = runSchema.parse(JSON.parse(record));
      const told = results.map(({ caseId, verdict, actual, stdout }) => ({
        caseId,
        verdict,
        actual,
        stdout,
      }));
      return JSON.stringify({ taskId, answerId, codeHash, casesHash, results: told });
    })
    .toSorted();
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** Waits until Python runs as a descendant of the command, and returns the ids of all its descendants. */
async function sandboxed(command: number): Promise<number[]> {
  let below: Process[] = [];
  await until(() => {
    below = descendants(command, processes());
    return below.some(({ name }) => name.startsWith('python'));
  }, 'Python runs in the sandbox');
  return below.map(({ pid }) => pid);
}

function descendants(parent: number, all: readonly Process[]): Process[] {
  const children = all.filter((one) => one.parent === parent);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** The processes of this machine, from /proc. */
function processes(): Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const [, pid, name, parent] = /^(\d+) \((.*)\) \S (\d+)/s.exec(
        readFileSync(`/proc/${entry}/stat`, 'utf8'),
      )!;
      return [{ pid: Number(pid), parent: Number(parent), name: name! }];
    } catch {
      // The process ended between listing and reading.
      return [];
    }
  });
}
