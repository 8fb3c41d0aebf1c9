import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { TiebreakError } from '../../../src/core/errors.ts';
import { runSchema, toolchainKey, type CaseResult, type Run } from '../../../src/core/run/run.ts';
import type { RunCache } from '../../../src/runner/runner.ts';
import { compileInSandbox, compileLimits } from '../../../src/runner/languages/shared/compiling.ts';
import { PreparedRuns } from '../../../src/runner/preparedRuns.ts';
import { idleSandbox } from '../../../src/runner/sandbox/idle.ts';
import { createUnsandboxed } from '../../../src/runner/sandbox/unsandboxed.ts';
import { createMissingSandbox } from '../../../src/runner/sandbox/none.ts';
import type { Toolchain } from '../../../src/runner/toolchains/toolchain.ts';
import { cachedToolchains, type Toolchains } from '../../../src/runner/toolchains/toolchains.ts';
import { fakeSandbox } from './fakeSandbox.ts';
import { fakeToolchain, fakeToolchains, found } from './fakeToolchain.ts';
import { createTestRunner, needsSandbox, request, sandbox as realSandbox } from './harness.ts';

const call = { kind: 'call', args: [], expected: 1 } as const;
const code = (error: unknown): string => (error instanceof TiebreakError ? error.code : String(error));

function rejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'resolved', code);
}

/** A cache with the interface of the store. */
function createCache(): RunCache & { runs: Run[] } {
  const runs: Run[] = [];
  return {
    runs,
    saveRun: async (run) => void runs.push(run),
    cachedRun: async (key) =>
      runs.findLast(
        (run) =>
          run.codeHash === key.codeHash &&
          run.casesHash === key.casesHash &&
          toolchainKey(run.toolchain) === key.toolchain,
      ),
  };
}

describe('the runner refuses', () => {
  it('a workspace that is not trusted, before anything else', async () => {
    const { runner } = createTestRunner({ trusted: () => false, sandbox: createMissingSandbox('linux') });
    assert.equal(await rejection(runner.run(request('cobol', '', [call]))), 'untrusted-workspace');
  });

  it('an unknown language, and lists the known ones', async () => {
    const { runner } = createTestRunner({ sandbox: createMissingSandbox('win32') });
    await assert.rejects(runner.run(request('cobol', '', [call])), /"cobol".*python, javascript, typescript/);
    assert.equal(await rejection(runner.run(request('cobol', '', [call]))), 'language-unsupported');
  });

  it('a platform without a sandbox, with the remedy', async () => {
    const { runner } = createTestRunner({ sandbox: createMissingSandbox('win32') });
    assert.equal(await rejection(runner.run(request('python', '', [call]))), 'sandbox-missing');
    await assert.rejects(runner.run(request('python', '', [call])), /WSL/);
  });

  it('a missing toolchain, with the command that installs it', async () => {
    const toolchain = fakeToolchain();
    const missing = { language: 'fake', missing: 'Fake 1', remedy: 'Install it: apt install fake' };
    const toolchains: Toolchains = { ...fakeToolchains(toolchain), detect: async () => missing };
    const { runner } = createTestRunner({ sandbox: fakeSandbox(), toolchains });
    assert.equal(await rejection(runner.run(request('fake', '', [call]))), 'toolchain-missing');
    await assert.rejects(
      runner.run(request('fake', '', [call])),
      /Fake 1 was not found. Install it: apt install fake/,
    );
  });
});

describe('a run', () => {
  before(needsSandbox());

  it('reads the runs of versions that did not set the stack', async () => {
    const { runner } = createTestRunner();
    const run = await runner.run(request('python', 'print(1)', [{ kind: 'stdin', input: '', output: '1' }]));
    const { stackBytes: _, ...before } = run.limits;
    assert.deepEqual(runSchema.parse({ ...run, limits: before }).limits, before);
  });

  it('is a full record that replays', async () => {
    const { runner } = createTestRunner({ now: () => new Date(0), newId: () => 'run-1' });
    const asked = { ...request('python', 'def f(): return 1', [call]), limits: { cpuMs: 2000 } };
    const run = runSchema.parse(await runner.run(asked));
    assert.deepEqual(
      [run.id, run.at, run.cached, run.cancelled],
      ['run-1', '1970-01-01T00:00:00.000Z', false, false],
    );
    assert.deepEqual(run.limits, { ...run.limits, cpuMs: 2000, wallMs: 8000 });
    assert.deepEqual([run.cases, run.files], [asked.cases, asked.files]);
    const status = await realSandbox.status();
    assert.deepEqual(run.sandbox, { kind: 'bubblewrap', approximate: status.usable && status.approximate });
    const again = await runner.run({ ...asked, cases: run.cases, files: run.files });
    assert.deepEqual([again.codeHash, again.casesHash], [run.codeHash, run.casesHash]);
    assert.equal(again.results[0]?.verdict, 'pass');
  });

  it('streams results as they come, and gives them in the order of the cases', async () => {
    const { runner } = createTestRunner({ atOnce: 2 });
    const answer = 'import time\ndef f(s):\n    time.sleep(s)\n    return 1';
    const seen: string[] = [];
    const cases = [0.5, 0, 0].map((seconds) => ({ kind: 'call', args: [seconds], expected: 1 }) as const);
    const run = await runner.run(request('python', answer, cases), {
      onResult: (result) => seen.push(result.caseId),
    });
    assert.deepEqual(
      run.results.map((result) => result.caseId),
      ['case-1', 'case-2', 'case-3'],
    );
    assert.equal(seen.length, 3);
    assert.equal(seen.at(-1), 'case-1');
  });

  it('is remembered by its content, and says so', async () => {
    const cache = createCache();
    const { runner } = createTestRunner({ cache });
    const asked = request('python', 'def f(): return 1', [call]);
    const first = await runner.run(asked);
    const streamed: CaseResult[] = [];
    const second = await runner.run(
      { ...asked, answerId: 'other', taskId: 'elsewhere' },
      { onResult: (result) => streamed.push(result) },
    );
    assert.equal(second.cached, true);
    assert.notEqual(second.id, first.id);
    assert.deepEqual([second.taskId, second.answerId], ['elsewhere', 'other']);
    assert.deepEqual([second.results, streamed], [first.results, first.results]);
    for (const changed of [
      request('python', 'def f(): return  1', [call]),
      request('python', 'def f(): return 1', [{ ...call, expected: 2 }]),
      { ...asked, limits: { cpuMs: 5000 } },
      { ...asked, entry: 'f' },
    ]) {
      assert.equal((await runner.run(changed)).cached, false);
    }
    assert.equal((await runner.run(asked, { fresh: true })).cached, false);
  });

  it('neither uses nor fills the cache if nothing of it may be kept', async () => {
    const cache = createCache();
    const { runner } = createTestRunner({ cache });
    const asked = request('python', 'def f(): return 1', [call]);
    await runner.run(asked, { unrecorded: true });
    assert.equal((await runner.run(asked)).cached, false);
    assert.equal((await runner.run(asked, { unrecorded: true })).cached, false);
  });

  it('can be cancelled at once: known results stay, nothing is cached', async () => {
    const cache = createCache();
    const { runner } = createTestRunner({ cache, atOnce: 1 });
    const answer = 'import time\ndef f(s):\n    time.sleep(s)\n    return 1';
    const cases = [0, 60, 60, 60].map((seconds) => ({ kind: 'call', args: [seconds], expected: 1 }) as const);
    const controller = new AbortController();
    const run = await runner.run(request('python', answer, cases), {
      signal: controller.signal,
      onResult: () => controller.abort(),
    });
    assert.equal(run.cancelled, true);
    assert.deepEqual(
      run.results.map((result) => result.caseId),
      ['case-1'],
    );
    assert.deepEqual(cache.runs, []);
  });

  it('reports a kind of case that cannot run, and runs the others', async () => {
    const { runner } = createTestRunner();
    const sql = { kind: 'sql', schema: '', rows: [], ordered: false } as const;
    const { results } = await runner.run(request('python', 'def f(): return 1', [sql, call]));
    assert.deepEqual(
      results.map((result) => result.verdict),
      ['unsupported', 'pass'],
    );
    assert.match(results[0]?.reason ?? '', /"sql".*only call, stdin, unit, command/);
  });

  it('does not write files that leave the folder or conflict with each other', async () => {
    const { runner } = createTestRunner();
    for (const paths of [
      ['../x.py'],
      ['/etc/x'],
      ['a/../../x'],
      ['a', 'a/b'],
      ['.tiebreak/call.py'],
      ['C:\\x'],
      [''],
    ]) {
      const files = paths.map((path) => ({ path, text: '' }));
      const { results } = await runner.run(request('python', files, [call]));
      assert.equal(results[0]?.verdict, 'error', paths.join());
      assert.match(
        results[0]?.reason ?? '',
        /leaves the folder|is both a file and a folder|reserved for the runner/,
      );
    }
  });

  it('lets a checker decide, which runs separately from the answer', async () => {
    const { runner } = createTestRunner();
    const source =
      'import json, os, sys\nd = json.load(sys.stdin)\nassert not os.path.exists("answer.txt")\nsys.exit(0 if sorted(d["actual"]) == d["expected"] else "not sorted alike")';
    const checker = { kind: 'checker', source } as const;
    const answer = 'open("answer.txt", "w").close()\ndef f(x): return x[::-1]\n';
    const { results } = await runner.run(
      request('python', answer, [
        { kind: 'call', args: [[1, 2]], expected: [1, 2], comparator: checker },
        { kind: 'call', args: [[1, 3]], expected: [1, 2], comparator: checker },
        {
          kind: 'call',
          args: [[1]],
          expected: [1],
          comparator: { kind: 'checker', source: 'while True: pass' },
          limits: { cpuMs: 300 },
        },
      ]),
    );
    assert.deepEqual(
      results.map((result) => result.verdict),
      ['pass', 'fail', 'error'],
    );
    assert.match(
      results[1]?.reason ?? '',
      /the checker rejected the output: exit status 1: not sorted alike/,
    );
    assert.match(results[2]?.reason ?? '', /the checker was stopped: it used more than/);
  });

  it('compiles an answer once', async () => {
    let compiled = 0;
    const toolchain: Toolchain = {
      ...fakeToolchain(),
      compile: async (files) => (compiled++, { ok: true, files }),
    };
    const { runner } = createTestRunner({ sandbox: fakeSandbox(), toolchains: fakeToolchains(toolchain) });
    await runner.run(request('fake', 'a', [call, call]));
    await runner.run(request('fake', 'a', [{ ...call, expected: 2 }]));
    assert.equal(compiled, 1);
    await runner.run(request('fake', 'b', [call]));
    assert.equal(compiled, 2);
  });

  it('holds few compiled programs at once, however many cases need one of their own', async () => {
    let held = 0;
    let most = 0;
    const toolchain: Toolchain = {
      ...fakeToolchain(),
      compileGroup: (testCase) => testCase.id,
      compile: async (files) => {
        most = Math.max(most, (held += 1));
        return { ok: true, files };
      },
    };
    const sandbox = fakeSandbox(async () => void (held -= 1));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(toolchain) });
    const cases = Array.from({ length: 30 }, () => call);
    const { results } = await runner.run(request('fake', 'a', cases));
    assert.deepEqual(
      results.map(({ caseId }) => caseId),
      cases.map((_, index) => `case-${index + 1}`),
    );
    assert.equal(held, 0);
    assert.ok(most <= 4, `${most} programs were held`);
  });

  it('refuses a compiled program that is very large', async () => {
    const large = new Map([['program', new Uint8Array(65 << 20)]]);
    const toolchain: Toolchain = {
      ...fakeToolchain(),
      compile: (files, context) => compileInSandbox(context, { argv: ['/cc'], files, collect: ['program'] }),
    };
    const sandbox = fakeSandbox(async () => ({ collected: large }));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(toolchain) });
    const { results } = await runner.run(request('fake', 'a', [call]));
    assert.equal(results[0]?.verdict, 'error');
    assert.equal(results[0]?.reason, 'the compiled files have more than 64 MiB');
  });
});

describe('a runner with much to do', () => {
  it('lets two answers progress together, within the limit of parallel runs', async () => {
    const order: string[] = [];
    let running = 0;
    let most = 0;
    const sandbox = fakeSandbox(async (job) => {
      running++;
      most = Math.max(most, running);
      order.push(job.argv[0]!);
      await turn();
      running--;
    });
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(fakeToolchain()), atOnce: 2 });
    const cases = Array.from({ length: 6 }, () => call);
    await Promise.all(['a', 'b'].map((text) => runner.run(request('fake', [{ path: 'f', text }], cases))));
    assert.equal(most, 2);
    // However many cases the first answer has, the second answer gets every other turn.
    assert.deepEqual([count(order.slice(2, 8), 'a'), count(order.slice(2, 8), 'b')], [3, 3], order.join(''));
  });

  it('retries a timeout on a busy machine once, and does not cache it', async () => {
    const cache = createCache();
    let tries = 0;
    const starved = { end: 'wall', waitedMs: 20_000, cpuMs: 100 } as const;
    const sandbox = fakeSandbox(async () => (++tries === 1 ? starved : undefined));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(fakeToolchain()), cache });
    assert.equal((await runner.run(request('fake', 'a', [call]))).results[0]?.verdict, 'pass');
    assert.equal(tries, 2);
    const busy = createTestRunner({
      sandbox: fakeSandbox(async () => starved),
      toolchains: fakeToolchains(fakeToolchain()),
      cache,
    });
    const run = await busy.runner.run(request('fake', 'b', [call]));
    assert.match(`${run.results[0]?.verdict} ${run.results[0]?.reason}`, /^timeout .*machine was busy/);
    assert.equal(cache.runs.length, 1);
  });

  it('does not cache results of a failing sandbox', async () => {
    const cache = createCache();
    const sandbox = fakeSandbox(async () => ({ end: 'failed', reason: 'no room' }));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(fakeToolchain()), cache });
    const run = await runner.run(request('fake', 'a', [call]));
    assert.match(
      `${run.results[0]?.verdict} ${run.results[0]?.reason}`,
      /^error the sandbox failed: no room/,
    );
    assert.deepEqual(cache.runs, []);
  });
});

describe('a run that was prepared', () => {
  /** A runner for the person, one that prepares, and the programs that were started. */
  function parts() {
    const started: string[] = [];
    const cache = createCache();
    const prepared = new PreparedRuns(cache);
    const toolchains = fakeToolchains(fakeToolchain());
    const sandbox = fakeSandbox(async (job) => void started.push(job.isIdle === true ? 'idle' : 'own'));
    const preparing = { sandbox: idleSandbox(sandbox), cache: prepared, toolchains };
    return {
      cache,
      started,
      prepared,
      own: createTestRunner({ sandbox, toolchains, cache, prepared }).runner,
      idle: createTestRunner(preparing).runner,
    };
  }
  const asked = request('fake', 'code', [call]);

  it('is recorded only once the person asks for it, and then as theirs', async () => {
    const { cache, started, own, idle } = parts();
    await idle.run(asked);
    assert.deepEqual([started, cache.runs], [['idle'], []]);
    const streamed: CaseResult[] = [];
    const run = await own.run(asked, { onResult: (result) => streamed.push(result) });
    assert.deepEqual([started, cache.runs, streamed], [['idle'], [run], run.results]);
    const unprepared = await parts().own.run(asked);
    assert.deepEqual({ ...run, id: '', at: '' }, { ...unprepared, id: '', at: '' });
  });

  it('is not used for other code, nor if the person runs again', async () => {
    const { started, own, idle } = parts();
    await idle.run(asked);
    await own.run(request('fake', 'other code', [call]));
    await own.run(asked, { fresh: true });
    assert.deepEqual(started, ['idle', 'own', 'own']);
  });

  it('is used once by an answer that must not take stored runs', async () => {
    const { started, own, idle } = parts();
    await idle.run(asked, { fresh: 'unless-prepared' });
    await own.run(asked, { fresh: 'unless-prepared' });
    await own.run(asked, { fresh: 'unless-prepared' });
    assert.deepEqual(started, ['idle', 'own']);
  });

  it('is not prepared if it is stored, and is not kept if it timed out or was dropped', async () => {
    const { started, prepared, own, idle } = parts();
    await own.run(asked);
    await idle.run(asked);
    assert.deepEqual(started, ['own']);
    const slow = request('fake', 'slow', [call]);
    const run = await idle.run(slow);
    await prepared.saveRun({ ...run, results: [{ ...run.results[0]!, verdict: 'timeout' }] });
    prepared.keepOnly(['another task']);
    await own.run(slow);
    assert.deepEqual(started, ['own', 'idle', 'own']);
  });

  it('does not start where programs run without a sandbox', async () => {
    const idle = idleSandbox(createUnsandboxed('linux'));
    const { runner } = createTestRunner({ sandbox: idle, toolchains: fakeToolchains(fakeToolchain()) });
    assert.equal(await rejection(runner.run(asked)), 'sandbox-missing');
  });
});

describe('what is not installed on this machine', () => {
  const lacking = { verdict: 'unsupported', reason: 'the test needs x', notInstalled: true } as const;

  it('is not cached: the next run searches again, also for the toolchain', async () => {
    const cache = createCache();
    let installed = false;
    let looked = 0;
    const toolchain: Toolchain = {
      ...fakeToolchain(),
      detect: async () => (looked++, { ...(await found()), packages: installed ? ['/x.jar'] : [] }),
      read: () => (installed ? { verdict: 'pass' } : lacking),
    };
    const { runner } = createTestRunner({
      sandbox: fakeSandbox(),
      toolchains: cachedToolchains([toolchain]),
      cache,
    });
    const first = await runner.run(request('fake', 'a', [call]));
    assert.deepEqual(
      [first.results[0]?.verdict, first.results[0]?.reason],
      ['unsupported', 'the test needs x'],
    );
    runSchema.parse(first);
    assert.deepEqual([cache.runs, looked], [[], 1]);
    installed = true;
    assert.equal((await runner.run(request('fake', 'a', [call]))).results[0]?.verdict, 'pass');
    assert.equal(looked, 2);
    await runner.run(request('fake', 'b', [call]));
    assert.equal(looked, 2);
  });

  it('is not cached if the compiler needs it', async () => {
    const cache = createCache();
    let installed = false;
    const toolchain: Toolchain = {
      ...fakeToolchain(),
      compile: async (files) => (installed ? { ok: true, files } : { ok: false, ...lacking }),
    };
    const toolchains = cachedToolchains([toolchain]);
    const { runner } = createTestRunner({ sandbox: fakeSandbox(), toolchains, cache });
    assert.equal((await runner.run(request('fake', 'a', [call]))).results[0]?.verdict, 'unsupported');
    assert.deepEqual(cache.runs, []);
    installed = true;
    assert.equal((await runner.run(request('fake', 'a', [call]))).results[0]?.verdict, 'pass');
  });
});

describe('a sandbox that fails while an answer is compiled', () => {
  const failing = { end: 'failed', reason: 'the sandbox ended before the program did' } as const;
  const compiling: Toolchain = {
    ...fakeToolchain(),
    compile: (files, context) => compileInSandbox(context, { argv: ['/cc'], files, collect: [] }),
  };

  it('is reported as a fault of the sandbox, not of the answer, and is not cached', async () => {
    const cache = createCache();
    let fails = true;
    const sandbox = fakeSandbox(async (job) => (fails && job.argv[0] === '/cc' ? failing : undefined));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(compiling), cache });
    const run = await runner.run(request('fake', 'a', [call]));
    const [result] = run.results;
    assert.equal(result?.verdict, 'unsupported');
    assert.equal(
      result?.reason,
      'the sandbox failed while the answer was compiled: the sandbox ended before the program did. This is not a fault of the answer. Run it again',
    );
    assert.deepEqual(cache.runs, []);
    fails = false;
    assert.equal((await runner.run(request('fake', 'a', [call]))).results[0]?.verdict, 'pass');
  });

  it('differs from a machine that was too busy to compile, which is not the answer’s fault either', async () => {
    const starved = { end: 'wall', waitedMs: compileLimits.wallMs / 2, cpuMs: 20_000 } as const;
    const sandbox = fakeSandbox(async (job) => (job.argv[0] === '/cc' ? starved : undefined));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(compiling) });
    const { results } = await runner.run(request('fake', 'a', [call]));
    assert.equal(results[0]?.verdict, 'unsupported');
    assert.match(
      results[0]?.reason ?? '',
      /^the machine was too busy to compile the answer\. This is not a fault/,
    );
  });

  it('is also reported in comparisons of times and for checkers', async () => {
    const sandbox = fakeSandbox(async (job) => (job.argv[0] === '/cc' ? failing : undefined));
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(compiling) });
    const { taskId, language, cases } = request('fake', 'a', [call]);
    const answers = ['a', 'b'].map((answerId) => ({ answerId, files: [{ path: 'main', text: answerId }] }));
    const timing = await runner.time({
      taskId,
      language,
      testCase: cases[0]!,
      answers: answers as [(typeof answers)[0], (typeof answers)[0]],
    });
    assert.match(timing?.answers[0]?.problem ?? '', /the sandbox failed while the answer was compiled/);
    assert.doesNotMatch(timing?.answers[0]?.problem ?? '', /does not compile/);
    let compiled = 0;
    const second = fakeSandbox(async (job) =>
      job.argv[0] === '/cc' && ++compiled === 2 ? failing : undefined,
    );
    const checking = createTestRunner({ sandbox: second, toolchains: fakeToolchains(compiling) });
    const checked = { ...call, comparator: { kind: 'checker', source: 'x' } } as const;
    const { results } = await checking.runner.run(request('fake', 'a', [checked]));
    assert.equal(results[0]?.verdict, 'unsupported');
    assert.match(results[0]?.reason ?? '', /^the sandbox failed while the checker was compiled: /);
  });
});

function count(words: readonly string[], word: string): number {
  return words.filter((candidate) => candidate === word).length;
}
