import assert from 'node:assert/strict';
import type { SourceFile } from '../../../../src/core/task/task.ts';
import { checkRequest, looksAt } from '../../../../src/checks/check.ts';
import { createChecks } from '../../../../src/checks/checks.ts';
import {
  createWarmCheckers,
  type Lifetime,
  type WarmCheckers,
  type WarmJob,
} from '../../../../src/checks/warm/warmCheckers.ts';
import { programFiles } from '../../../../src/core/extraction/programFiles.ts';
import { effectiveLimits } from '../../../../src/runner/sandbox/limits.ts';
import type { Sandbox, SandboxOutcome, SandboxStatus } from '../../../../src/runner/sandbox/sandbox.ts';
import { createToolchains } from '../../../../src/runner/toolchains/toolchains.ts';
import { pairsAbsent, readPairs } from '../../../fixtures/pairs.ts';
import { until } from '../../../until.ts';
import { checkersDir, needsSandbox, sandbox } from '../../runner/harness.ts';

const toolchains = createToolchains(checkersDir);
const parts = { sandbox, checkersDir, toolchains, trusted: () => true };
const ids = new Set(['pyright', 'typescript', 'eslint', 'ast-grep']);
const fresh = createChecks(parts).filter(({ id }) => ids.has(id));

const lasting: Lifetime = { uses: 1000, idleMs: 600_000, memoryBytes: 2 ** 40 };

/** The real sandbox, and the outcomes of the programs that stayed up in it. */
function watched(): { sandbox: Sandbox; started: () => number; ended: SandboxOutcome[] } {
  let count = 0;
  const ended: SandboxOutcome[] = [];
  const run: Sandbox['run'] = async (job, signal) => {
    const outcome = sandbox.run(job, signal);
    if (job.talk === undefined) return outcome;
    count += 1;
    void outcome.then((over) => ended.push(over));
    return outcome;
  };
  return { sandbox: { ...sandbox, run }, started: () => count, ended };
}

/** A checker that stays up, as a script of Node.js. `reply` answers a request there. */
async function scripted(body: string, limits: object = {}): Promise<WarmJob> {
  const node = await toolchains.detect('javascript');
  assert.ok('program' in node);
  const script = `
    const { readSync, writeSync } = require('node:fs');
    const take = (size) => {
      const bytes = Buffer.alloc(size);
      for (let read = 0; read < size;) {
        const count = readSync(0, bytes, read, size - read, null);
        if (count === 0) process.exit();
        read += count;
      }
      return bytes;
    };
    const reply = (output) => {
      const { user, system } = process.cpuUsage(before);
      const text = Buffer.from(JSON.stringify({ output, memoryBytes: 1, cpuMs: (user + system) / 1000 }));
      const head = Buffer.alloc(4);
      head.writeUInt32BE(text.length);
      writeSync(3, Buffer.concat([head, text]));
    };
    const burn = (ms) => {
      for (;;) {
        const { user, system } = process.cpuUsage(before);
        if (user + system > ms * 1000) return;
      }
    };
    let before;
    for (;;) {
      const { words, files } = JSON.parse(take(take(4).readUInt32BE()));
      before = process.cpuUsage();
      ${body}
    }`;
  return {
    kind: 'lint',
    argv: [node.program, '-e', script],
    readOnly: node.readOnly,
    env: { ...node.env },
    program: '',
    words: [],
    files: [],
    limits: effectiveLimits({ memoryBytes: 1 << 30, wallMs: 60_000, outputBytes: 1 << 20, ...limits }),
  };
}

interface Answer {
  readonly language: string;
  readonly files: readonly SourceFile[];
}

const textOf = (outcome: SandboxOutcome | undefined): string | undefined =>
  outcome?.end === 'exit' ? new TextDecoder().decode(outcome.stdout) : outcome?.end;

describe('checkers that stay up', function () {
  before(needsSandbox());

  let using: WarmCheckers[] = [];
  /** Checkers that the test need not dispose of. */
  function warmIn(where: Sandbox, lifetime: Partial<Lifetime> = {}): WarmCheckers {
    const warm = createWarmCheckers(where, { ...lasting, ...lifetime });
    using.push(warm);
    return warm;
  }
  afterEach(async () => {
    await Promise.all(using.map((warm) => warm.dispose()));
    using = [];
  });

  /** The reports of all checks on these answers, one after the other, by a fresh process each or by those that stay up. */
  async function reports(checks: typeof fresh, answers: readonly Answer[]): Promise<string[]> {
    const all: string[] = [];
    for (const { language, files } of answers)
      for (const check of checks)
        if (looksAt(check, language))
          all.push(JSON.stringify(await check.check(checkRequest('a', language, files, [])), undefined, 1));
    return all;
  }

  const typescript = (text: string, ...others: SourceFile[]): Answer => ({
    language: 'typescript',
    files: [{ path: 'main.ts', text }, ...others],
  });

  /** Asserts that processes that stay up report on these answers what fresh processes report, after others were checked. */
  async function assertSame(answers: readonly Answer[], before: readonly Answer[] = []): Promise<void> {
    const { sandbox: where, ended } = watched();
    let runs = 0;
    const counting: Sandbox = {
      ...where,
      run: (job, signal) => {
        if (job.talk === undefined) runs += 1;
        return where.run(job, signal);
      },
    };
    const staying = createChecks({ ...parts, sandbox: counting, warm: warmIn(counting) }).filter(({ id }) =>
      ids.has(id),
    );
    await reports(staying, before);
    const found = await reports(staying, answers);
    assert.equal(runs, 0, 'nothing was checked by a fresh process');
    assert.deepEqual(ended, []);
    assert.deepEqual(found, await reports(fresh, answers));
  }

  it('report the same as fresh processes, whatever was checked before', async () => {
    const uses =
      'import { a } from "./other";\nimport { b } from "leak";\nconst n = [1].zap() + a + b + window.zip + process.zop + "".length.toFixd();\n' +
      'const o = { a: 1, a: 2 };\nif (o.a === NaN) eval("1");\n';
    const globals =
      'declare global {\n  interface Array<T> { zap(): number }\n  interface Window { zip: number }\n' +
      '  namespace NodeJS { interface Process { zop: number } }\n  interface Number { toFixd(): string }\n}\n';
    const python = (text: string, ...others: SourceFile[]): Answer => ({
      language: 'python',
      files: [{ path: 'main.py', text }, ...others],
    });
    await assertSame(
      [
        typescript(uses),
        python(
          'import json, types\nfrom other import x\njson.mine(x)\ntypes.mine\nenumerate([1]).foo\neval(x)\n',
        ),
      ],
      [
        typescript(
          `${globals}export const x: number = [1].zap();\n`,
          { path: 'other.ts', text: 'export const a = 1;\n' },
          { path: 'node_modules/leak/index.d.ts', text: 'export const b: number;\n' },
          { path: 'tsconfig.json', text: '{ "compilerOptions": { "strict": false, "noLib": true } }' },
          { path: 'eslint.config.js', text: 'export default [{ rules: { "use-isnan": 0 } }];\n' },
          { path: '__proto__/main.ts', text: 'export const __proto__: string = 1;\n' },
        ),
        python('import types, other\nprint(types.mine, other.x)\n', {
          path: 'types.py',
          text: 'mine = 1\n',
        }),
        python(
          'import json\nfrom other import x\njson.mine(x)\n',
          {
            path: 'json/__init__.py',
            text: 'def mine(x): ...\n',
          },
          { path: 'other.py', text: 'x = 1\n' },
        ),
      ],
    );
  });

  it('report the same on real pairs', async function () {
    if (pairsAbsent !== undefined) {
      console.log(`      skipped: ${pairsAbsent}`);
      this.skip();
    }
    const some = ['typescript', 'javascript', 'python'].map((language) =>
      readPairs().find(({ task }) => task.language === language),
    );
    await assertSame(
      some.flatMap((pair) => {
        const task = pair!.task;
        const { mainFile } = toolchains.toolchain(task.language);
        return { language: task.language, files: programFiles(task, task.answers[0]!, { mainFile }) };
      }),
    );
  });

  it('start anew after a number of uses, and when they need much memory', async () => {
    const job = await scripted('reply(String(process.uptime() > 0));');
    for (const lifetime of [{ uses: 2 }, { memoryBytes: 0 }]) {
      const where = watched();
      const warm = warmIn(where.sandbox, lifetime);
      for (let n = 0; n < 4; n++) assert.equal(textOf(await warm.check(job)), 'true');
      assert.equal(where.started(), lifetime.uses === undefined ? 4 : 2);
    }
  });

  it('end when nobody needs them for a while', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox, { idleMs: 0 });
    assert.equal(textOf(await warm.check(await scripted('reply("done");'))), 'done');
    await until(() => where.ended.length === 1);
  });

  it('have the limit of processor time for each answer', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox);
    const job = await scripted('burn(words[0]); reply("done");', { cpuMs: 1500 });
    for (let n = 0; n < 5; n++)
      assert.equal(textOf(await warm.check({ ...job, words: [500] as never })), 'done');
    assert.equal(where.started(), 1);
    assert.equal(textOf(await warm.check({ ...job, words: [2000] as never })), 'cpu');
    assert.equal(textOf(await warm.check({ ...job, words: [0] as never })), 'done');
  });

  it('have the limits of wall time, output and memory', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox);
    const wall = await scripted('for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', {
      wallMs: 300,
    });
    assert.equal(textOf(await warm.check(wall)), 'wall');
    const job = await scripted(
      'if (words[0] === 1) reply("x".repeat(3 << 20)); if (words[0] === 2) globalThis.all = Buffer.alloc(1 << 30, 1); reply("done");',
      { memoryBytes: 1 << 29 },
    );
    assert.equal(textOf(await warm.check(job)), 'done');
    for (const word of [1, 2]) assert.equal(await warm.check({ ...job, words: [word] as never }), undefined);
    await until(() => where.ended.length === 3);
    assert.deepEqual(
      where.ended.map(({ end }) => end),
      ['cancelled', 'cancelled', 'memory'],
    );
  });

  it('count for nothing once they say something that nobody asked for', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox);
    const job = await scripted('writeSync(3, Buffer.from([0, 0, 0, 2, 65, 65]));');
    assert.equal(await warm.check(job), undefined);
    const twice = await scripted('reply("done"); reply("again");');
    assert.equal(textOf(await warm.check(twice)), 'done');
    await until(() => where.ended.length === 2);
  });

  it('are given up after failing three times', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox);
    const job = await scripted('process.exit(1);');
    for (let n = 0; n < 5; n++) assert.equal(await warm.check(job), undefined);
    assert.equal(where.started(), 3);
  });

  it('leave a cancelled check to its end, and go on with the next', async () => {
    const where = watched();
    const warm = warmIn(where.sandbox);
    const job = await scripted('burn(50); reply(words[0]);');
    const cancel = new AbortController();
    const first = warm.check({ ...job, words: ['stale'] }, cancel.signal);
    const second = warm.check({ ...job, words: ['second'] });
    cancel.abort();
    assert.equal(textOf(await first), 'cancelled');
    assert.equal(textOf(await second), 'second');
  });

  it('leave no process, and check nothing, once they are disposed of', async () => {
    const where = watched();
    const warm = createWarmCheckers(where.sandbox, lasting);
    const job = await scripted('reply("done");');
    assert.equal(textOf(await warm.check(job)), 'done');
    await warm.dispose();
    assert.equal(where.ended.length, 1);
    assert.equal(await warm.check(job), undefined);
    assert.equal(where.started(), 1);
  });

  it('are not used where the sandbox cannot keep a process', async () => {
    const without: Sandbox = {
      ...sandbox,
      async status() {
        const { talks: _, ...status } = (await sandbox.status()) as { talks?: true } & SandboxStatus;
        return status;
      },
    };
    const warm = createChecks({ ...parts, sandbox: without, warm: createWarmCheckers(without) });
    const answers = [typescript('"a".trimm();\n')];
    const checks = (all: typeof fresh) => all.filter(({ id }) => id === 'typescript');
    assert.deepEqual(await reports(checks(warm.slice()), answers), await reports(checks(fresh), answers));
  });
});
