import assert from 'node:assert/strict';
import { outerVariable } from '../../scripts/lib/outer-namespace.mjs';
import type { CaseResult } from '../../src/core/run.ts';
import type { SourceFile } from '../../src/core/task.ts';
import type { Sandbox, SandboxJob } from '../../src/runner/sandbox.ts';
import { createSandbox } from '../../src/runner/sandboxes.ts';
import { createTestRunner, nativeDir, request, tight } from '../unit/runner/harness.ts';
import { boundedModule, containedCase, type Attack } from './attack.ts';
import { compilerAttacks } from './attacks/compilers.ts';
import { fileAttacks } from './attacks/files.ts';
import { kernelAttacks } from './attacks/kernel.ts';
import { memoryAttacks } from './attacks/memory.ts';
import { nameAttacks } from './attacks/names.ts';
import { networkAttacks } from './attacks/network.ts';
import { outputAttacks } from './attacks/output.ts';
import { processAttacks } from './attacks/processes.ts';
import { secretAttacks } from './attacks/secrets.ts';
import { timeAttacks } from './attacks/time.ts';
import { printedAttacks, reportAttacks } from './attacks/verdicts.ts';
import { leftSince, lookAround } from './leftovers.ts';
import { layOut, type Prize } from './prize.ts';

// Every attack is tried by the whole runner, as a person would: an answer, a case, a verdict. What it is to show stands
// in its table; that it leaves nothing behind, and reaches no secret and no socket, is asserted of all alike.

const tables: Readonly<Record<string, readonly Attack[]>> = {
  processes: processAttacks,
  time: timeAttacks,
  memory: memoryAttacks,
  output: outputAttacks,
  files: fileAttacks,
  secrets: secretAttacks,
  network: networkAttacks,
  kernel: kernelAttacks,
  compilers: compilerAttacks,
  reports: reportAttacks,
};

/** What the runner holds off by itself, whatever keeps the limits. */
const runnerTables: Readonly<Record<string, readonly Attack[]>> = {
  names: nameAttacks,
  verdicts: printedAttacks,
};

const kinds = {
  'the compiled helper': { helpers: nativeDir, tables: { ...tables, ...runnerTables } },
  'a shell and watching': { helpers: undefined, tables },
};

if (process.env[outerVariable] === undefined)
  throw new Error(
    'These programs attack: start them by `node scripts/test.mjs hostile`, which keeps them in.',
  );

for (const [kind, { helpers, tables: tried }] of Object.entries(kinds)) {
  describe(`kept by ${kind}`, function () {
    this.timeout(60_000);
    const sandbox = withShortCompiling(createSandbox({ nativeDir: helpers }));
    const { runner, toolchains } = createTestRunner({ sandbox });
    let prize: Prize;

    before(async () => {
      const status = await sandbox.status();
      assert.ok(status.usable, JSON.stringify(status));
      assert.equal(status.approximate, helpers === undefined, 'the compiled helper is not used');
      prize = await layOut();
    });
    after(() => prize.close());

    async function resultOf(attack: Attack): Promise<CaseResult> {
      if (attack.neighbour === undefined) return runAttack(attack);
      const { name, tries } = attack;
      const neighbour = { name, tries, answer: attack.neighbour };
      await runAttack(neighbour);
      const [result] = await Promise.all([runAttack(attack), runAttack(neighbour)]);
      return result;
    }

    async function runAttack(attack: Attack): Promise<CaseResult> {
      const { language = 'python', limits, build } = attack;
      const on = typeof attack.on === 'function' ? attack.on(prize) : attack.on;
      const run = await runner.run({
        ...request(language, filesOf(attack), [on ?? containedCase]),
        limits: { ...tight, ...limits },
        ...(build === undefined ? {} : { build }),
      });
      const [result] = run.results;
      assert.ok(result !== undefined);
      return result;
    }

    function filesOf({ answer, language = 'python' }: Attack): SourceFile[] {
      const source = typeof answer === 'function' ? answer(prize) : answer;
      const path = toolchains.toolchain(language).mainFile;
      const files = typeof source === 'string' ? [{ path, text: source }] : [...source];
      return language === 'python' ? [...files, boundedModule] : files;
    }

    for (const [title, attacks] of Object.entries(tried)) {
      describe(title, () => {
        for (const attack of attacks) {
          it(attack.name, async function () {
            if (helpers === undefined && attack.needsHelper !== undefined) {
              console.log(`      skipped: ${attack.needsHelper}`);
              this.skip();
            }
            const found = await toolchains.detect(attack.language ?? 'python');
            if ('missing' in found) {
              console.log(`      skipped: ${found.missing}. ${found.mend}`);
              this.skip();
            }
            const before = lookAround();
            const result = await resultOf(attack);
            judge(attack, result, prize);
            assert.deepEqual(await leftSince(before), [], 'something is left');
          });
        }
      });
    }
  });
}

/** Compilers have a minute and more otherwise, which an attack would use up; javac takes a second of a slow machine. */
function withShortCompiling(sandbox: Sandbox): Sandbox {
  const most = { cpuMs: 4_000, memoryBytes: 1 << 30 };
  const shorter = ({ limits, ...job }: SandboxJob): SandboxJob => ({
    ...job,
    limits: {
      ...limits,
      cpuMs: Math.min(limits.cpuMs, most.cpuMs),
      memoryBytes: Math.min(limits.memoryBytes, most.memoryBytes),
    },
  });
  return { ...sandbox, run: (job, signal) => sandbox.run(shorter(job), signal) };
}

function judge(attack: Attack, result: CaseResult, prize: Prize): void {
  // All but what was expected, which may well be the secret.
  const shown = JSON.stringify({ ...result, expected: undefined });
  const told = shown.slice(0, 3000);
  const { verdict = 'pass' } = attack;
  assert.ok([verdict].flat().includes(result.verdict), told);
  if (attack.reason !== undefined) assert.match(result.reason ?? '', attack.reason, told);
  attack.seen?.(result, prize);
  assert.ok(!shown.includes(prize.secret), `it reached a secret: ${shown}`);
  assert.deepEqual(prize.heard, []);
}
