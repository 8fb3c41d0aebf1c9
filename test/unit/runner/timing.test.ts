import assert from 'node:assert/strict';
import type { SandboxJob } from '../../../src/runner/sandbox/sandbox.ts';
import { timingSchema, type Timing } from '../../../src/core/run/run.ts';
import { caseSchema } from '../../../src/core/task/task.ts';
import { compareTimes, growthOf } from '../../../src/core/run/timing.ts';
import type { TimingRequest } from '../../../src/runner/runner.ts';
import { createTestRunner, needsSandbox, needsToolchain, processesWith, sandbox, textOf } from './harness.ts';

describe('comparing times', function () {
  before(needsSandbox());
  before(needsToolchain('python'));

  /** The runs in order, and the number of simultaneous runs. */
  const started: string[] = [];
  let atOnce = 0;
  let maxAtOnce = 0;
  /** Measures a run by the steps that the answer reports, instead of by the clock. */
  let countsSteps = false;
  beforeEach(() => {
    started.length = 0;
    maxAtOnce = 0;
    countsSteps = false;
  });
  const watched = {
    ...sandbox,
    status: () => sandbox.status(),
    async run(job: SandboxJob, signal?: AbortSignal) {
      const text = job.files.map((file) => ('text' in file ? file.text : '')).join('');
      started.push(/# (first|second)/.exec(text)?.[1] ?? '-');
      maxAtOnce = Math.max(maxAtOnce, (atOnce += 1));
      try {
        const outcome = await sandbox.run(job, signal);
        if (!countsSteps) return outcome;
        const [, steps = '0'] = /steps=(\d+)/.exec(textOf(outcome.stderr)) ?? [];
        return { ...outcome, cpuMs: 20 + Number(steps) / 1_000 };
      } finally {
        atOnce -= 1;
      }
    },
  };
  const { runner } = createTestRunner({ sandbox: watched });

  function request(a: string, b: string, testCase: object, more: Partial<TimingRequest> = {}): TimingRequest {
    const answer = (name: string, text: string) => ({
      answerId: name,
      files: [{ path: 'main.py', text: `# ${name}\n${text}` }],
    });
    return {
      taskId: 'task',
      language: 'python',
      entry: 'f',
      testCase: caseSchema.parse({ id: 'case', kind: 'call', args: [3], ...testCase }),
      answers: [answer('first', a), answer('second', b)],
      pairs: 5,
      ...more,
    };
  }

  async function timed(given: TimingRequest): Promise<Timing> {
    const timing = await runner.time(given);
    assert.ok(timing !== undefined);
    return timingSchema.parse(timing);
  }

  it('runs A and B alternately, never at once, and finds the slower one', async () => {
    const slow = 'def f(n):\n    s = 0\n    for i in range(4_000_000): s += i\n    return n\n';
    const timing = await timed(request(slow, 'def f(n): return n\n', { expected: 3 }));
    assert.deepEqual(
      started.filter((name) => name !== '-'),
      Array.from({ length: 6 }, () => ['first', 'second']).flat(),
      'one run each to warm up, then five pairs',
    );
    assert.equal(maxAtOnce, 1);
    const comparison = compareTimes(timing)!;
    assert.ok(comparison.differs && comparison.ratio.low > 1.5, JSON.stringify(comparison));
    assert.ok(timing.start!.cpuMs > 0 && timing.start!.cpuMs < comparison.medians[0].value);
  });

  it('waits for running work, and lets no other work begin', async () => {
    const nap = 'import time\ndef f(n):\n    time.sleep(0.1)\n    return n\n';
    const { answers, testCase, pairs: _pairs, ...shared } = request(nap, nap, { expected: 3 });
    const run = () => runner.run({ ...shared, ...answers[0], cases: [testCase] }, { fresh: true });
    const runs = [run(), run()];
    const timing = timed(request(nap, nap, { expected: 3 }));
    await Promise.all([...runs, timing, run()]);
    const turns = started.indexOf('second');
    assert.ok(turns > 1);
    assert.equal((await timing).answers[1]!.times.length, 5);
  });

  it('compares nothing if an answer does not pass the case', async () => {
    const timing = await timed(request('def f(n): return n\n', 'def f(n): return 0\n', { expected: 3 }));
    assert.deepEqual(
      timing.answers.map(({ times }) => times.length),
      [0, 0],
    );
    assert.equal(timing.answers[0]!.problem, undefined);
    assert.match(timing.answers[1]!.problem ?? '', /does not pass this case \(fail: /);
  });

  it('estimates the growth of each answer with a generator', async () => {
    countsSteps = true;
    const counting = (loops: string) =>
      `import sys\ndef f(x):\n    steps = 0\n    ${loops}: steps += 1\n    print(f"steps={steps}", file=sys.stderr)\n    return len(x)\n`;
    const square = counting('for _ in ((a, b) for a in x for b in x)');
    const linear = counting('for _ in ((a, b) for a in x for b in range(300))');
    const generator = 'n = int(input())\nprint([list(range(n))])\n';
    const growth = { generator, sizes: [200, 400, 800] };
    const timing = await timed(request(square, linear, { args: [[1]], expected: 1, growth }));
    const [a, b] = timing.answers.map((answer) => growthOf(answer, timing.start));
    assert.ok(a!.exponent.value > b!.exponent.value + 0.3, JSON.stringify([a, b]));
  });

  it('stops running an answer at the size that is too large for it', async () => {
    const greedy = 'def f(x):\n    while len(x) > 20: pass\n    return len(x)\n';
    const growth = { generator: 'print([[0] * int(input())])', sizes: [10, 20, 30, 40] };
    const timing = await timed(
      request(greedy, 'f = len\n', { args: [[1]], expected: 1, growth, limits: { cpuMs: 300 } }),
    );
    const [a, b] = timing.answers.map((answer) => answer.growth);
    assert.deepEqual(
      a?.points.map(({ size }) => size),
      [10, 20],
    );
    assert.match(a?.problem ?? '', /^stopped at n = 30: timeout: it used more than 300 ms/);
    assert.equal(b?.points.length, 4);
  });

  it('reports the fault of a generator', async () => {
    for (const [generator, wanted] of [
      ['print("x")', /printed no JSON list of arguments at n = 1: x/],
      ['raise SystemExit(3)', /failed at n = 1: exit status 3/],
      ['while True: pass', /was stopped: it used more than 300 ms .* at n = 1/],
    ] as const) {
      const timing = await timed(
        request('f = len\n', 'f = len\n', {
          args: [[1]],
          expected: 1,
          growth: { generator, sizes: [1, 2, 3] },
          limits: { cpuMs: 300 },
        }),
      );
      assert.match(timing.answers[0]!.growth?.problem ?? '', wanted);
    }
  });

  it('reports its progress, and stops when it is cancelled', async () => {
    const word = `nap${process.pid}`;
    const nap = `import time\ndef f(n):\n    time.sleep(0.2)  # ${word}\n    return n\n`;
    const stop = new AbortController();
    const seen: { done: number; total: number }[] = [];
    const timing = runner.time(request(nap, nap, { expected: 3 }), {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (progress.done === 9) stop.abort();
      },
    });
    assert.equal(await timing, undefined);
    assert.deepEqual(
      seen.map(({ done }) => done),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
    assert.equal(seen[0]!.total, 17, 'two to warm up, five of the start, five pairs');
    assert.equal(atOnce, 0);
    assert.deepEqual(processesWith(word), []);
  });

  it('needs at least five pairs', async () => {
    await assert.rejects(
      runner.time(request('f = len\n', 'f = len\n', {}, { pairs: 4 })),
      /Ask for 5 or more/,
    );
  });
});
