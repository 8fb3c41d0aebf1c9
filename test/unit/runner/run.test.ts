import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { TiebreakError } from '../../../src/core/errors.ts';
import { runSchema, toolchainKey, type CaseResult, type Run } from '../../../src/core/run.ts';
import type { RunCache } from '../../../src/runner/runner.ts';
import { createMissingSandbox } from '../../../src/runner/sandbox-none.ts';
import type { Toolchain } from '../../../src/runner/toolchain.ts';
import type { Toolchains } from '../../../src/runner/toolchains.ts';
import { fakeSandbox } from './fake-sandbox.ts';
import { createTestRunner, needsSandbox, request, sandbox as realSandbox } from './harness.ts';

const call = { kind: 'call', args: [], expected: 1 } as const;
const code = (error: unknown): string => (error instanceof TiebreakError ? error.code : String(error));

function rejection(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'resolved', code);
}

/** A cache as the store is one. */
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

  it('a language it does not know, and says which it does', async () => {
    const { runner } = createTestRunner({ sandbox: createMissingSandbox('win32') });
    await assert.rejects(runner.run(request('cobol', '', [call])), /"cobol".*python, javascript, typescript/);
    assert.equal(await rejection(runner.run(request('cobol', '', [call]))), 'language-unsupported');
  });

  it('a platform without a sandbox, with the mend', async () => {
    const { runner } = createTestRunner({ sandbox: createMissingSandbox('win32') });
    assert.equal(await rejection(runner.run(request('python', '', [call]))), 'sandbox-missing');
    await assert.rejects(runner.run(request('python', '', [call])), /WSL/);
  });

  it('a toolchain that is not there, with the command that installs it', async () => {
    const toolchain = fakeToolchain();
    const missing = { language: 'fake', missing: 'Fake 1', mend: 'Install it: apt install fake' };
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

  it('is cancelled at once: what is known stays, nothing is remembered', async () => {
    const cache = createCache();
    const { runner } = createTestRunner({ cache, atOnce: 1 });
    const answer = 'import time\ndef f(s):\n    time.sleep(s)\n    return 1';
    const cases = [0, 60, 60, 60].map((seconds) => ({ kind: 'call', args: [seconds], expected: 1 }) as const);
    const controller = new AbortController();
    const run = await runner.run(request('python', answer, cases), {
      signal: controller.signal,
      onResult: () => void setTimeout(() => controller.abort(), 50),
    });
    assert.equal(run.cancelled, true);
    assert.deepEqual(
      run.results.map((result) => result.caseId),
      ['case-1'],
    );
    assert.deepEqual(cache.runs, []);
  });

  it('says of a case kind that it cannot be run, and runs the others', async () => {
    const { runner } = createTestRunner();
    const sql = { kind: 'sql', schema: '', rows: [], ordered: false } as const;
    const { results } = await runner.run(request('python', 'def f(): return 1', [sql, call]));
    assert.deepEqual(
      results.map((result) => result.verdict),
      ['unsupported', 'pass'],
    );
    assert.match(results[0]?.reason ?? '', /"sql".*only call, stdin, unit, command/);
  });

  it('does not lay out files that leave the folder or get in each other’s way', async () => {
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
      assert.match(results[0]?.reason ?? '', /leaves the folder|is a file and a folder|the runner's own/);
    }
  });

  it('leaves the last word to a checker, which runs apart from the answer', async () => {
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
    assert.match(results[1]?.reason ?? '', /the checker refused it: exit status 1: not sorted alike/);
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
});

describe('a runner with much to do', () => {
  it('lets two answers progress together, and runs no more at once than it may', async () => {
    const order: string[] = [];
    let running = 0;
    let most = 0;
    const sandbox = fakeSandbox(async (job) => {
      running++;
      most = Math.max(most, running);
      order.push(job.argv[0]!);
      await sleep(2);
      running--;
    });
    const { runner } = createTestRunner({ sandbox, toolchains: fakeToolchains(fakeToolchain()), atOnce: 2 });
    const cases = Array.from({ length: 6 }, () => call);
    await Promise.all(['a', 'b'].map((text) => runner.run(request('fake', [{ path: 'f', text }], cases))));
    assert.equal(most, 2);
    // However many cases the first answer has, the second gets every other turn once it is there.
    assert.deepEqual([count(order.slice(2, 8), 'a'), count(order.slice(2, 8), 'b')], [3, 3], order.join(''));
  });

  it('gives a wall that a busy machine ran into one more try, and does not remember it', async () => {
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

  it('does not remember what a failing sandbox did', async () => {
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

function count(words: readonly string[], word: string): number {
  return words.filter((candidate) => candidate === word).length;
}

/** A language whose every program passes; it is started by the text of its first file. */
function fakeToolchain(): Toolchain {
  return {
    language: 'fake',
    aliases: [],
    mainFile: 'main',
    kinds: ['call'],
    reservesMemory: false,
    selfTest: { hello: '', same: '' },
    detect: async () => ({ language: 'fake', name: 'Fake', version: '1', program: '/fake', readOnly: [] }),
    program: (_, { files }) => ({
      argv: files.map((file) => ('text' in file ? file.text : '')),
      files,
      env: {},
    }),
    read: () => ({ verdict: 'pass' }),
  };
}

function fakeToolchains(toolchain: Toolchain): Toolchains {
  return {
    languages: [toolchain.language],
    find: () => toolchain,
    toolchain: () => toolchain,
    detect: () => toolchain.detect(),
  };
}
