import assert from 'node:assert/strict';
import { outerVariable } from '../../scripts/lib/outerNamespace.mjs';
import type { CaseResult } from '../../src/core/run/run.ts';
import type { SourceFile } from '../../src/core/task/task.ts';
import type { Sandbox, SandboxJob } from '../../src/runner/sandbox/sandbox.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import {
  createTestRunner,
  inContainers,
  needsSandbox,
  request,
  sandbox as ownSandbox,
  tight,
} from '../unit/runner/harness.ts';
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
import { createTarget, type AttackTarget } from './target.ts';

// Runs every attack through the whole runner, as a user would: an answer, a case, a verdict. The expected
// result is in the attack's table. All attacks must also leave nothing behind and reach no secret and no
// socket.

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

/** Attacks that the runner itself stops, whichever first process enforces the limits. */
const runnerTables: Readonly<Record<string, readonly Attack[]>> = {
  names: nameAttacks,
  verdicts: printedAttacks,
};

interface Kind {
  readonly sandbox: Sandbox;
  readonly tables: Readonly<Record<string, readonly Attack[]>>;
  readonly hasHelper: boolean;
}

const all = { ...tables, ...runnerTables };

const kinds: Readonly<Record<string, Kind>> = inContainers
  ? { containers: { sandbox: ownSandbox, tables: all, hasHelper: true } }
  : {
      'the compiled helper': { sandbox: ownSandbox, tables: all, hasHelper: true },
      'a shell and watching': { sandbox: createSandbox({ nativeDir: undefined }), tables, hasHelper: false },
    };

if (process.env[outerVariable] === undefined)
  throw new Error(
    'These programs are hostile: start them with `node scripts/test.mjs hostile`, which contains them.',
  );

for (const [kind, { tables: tried, hasHelper, ...own }] of Object.entries(kinds)) {
  describe(`kept by ${kind}`, function () {
    const sandbox = withShortCompiling(own.sandbox);
    const { runner, toolchains } = createTestRunner({ sandbox });
    let target: AttackTarget;

    before(needsSandbox());
    before(async () => {
      const status = await sandbox.status();
      assert.ok(status.usable, JSON.stringify(status));
      assert.equal(status.approximate, !hasHelper, 'the compiled helper is not used');
      target = await createTarget();
    });
    after(() => target?.close());

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
      const on = typeof attack.on === 'function' ? attack.on(target) : attack.on;
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
      const source = typeof answer === 'function' ? answer(target) : answer;
      const path = toolchains.toolchain(language).mainFile;
      const files = typeof source === 'string' ? [{ path, text: source }] : [...source];
      return language === 'python' ? [...files, boundedModule] : files;
    }

    for (const [title, attacks] of Object.entries(tried)) {
      describe(title, () => {
        for (const attack of attacks) {
          it(attack.name, async function () {
            if (!hasHelper && attack.needsHelper !== undefined) {
              console.log(`      skipped: ${attack.needsHelper}`);
              this.skip();
            }
            const found = await toolchains.detect(attack.language ?? 'python');
            if ('missing' in found) {
              console.log(`      skipped: ${found.missing}. ${found.remedy}`);
              this.skip();
            }
            const before = lookAround();
            const result = await resultOf(attack);
            judge(attack, result, target);
            assert.deepEqual(await leftSince(before), [], 'the attack left something behind');
          });
        }
      });
    }
  });
}

/**
 * Compilers normally get a minute and more, which an attack would use up; javac takes a second on a slow
 * machine.
 */
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

function judge(attack: Attack, result: CaseResult, target: AttackTarget): void {
  // Everything except the expected value, which may be the secret.
  const shown = JSON.stringify({ ...result, expected: undefined });
  const told = shown.slice(0, 3000);
  const { verdict = 'pass' } = attack;
  assert.ok([verdict].flat().includes(result.verdict), told);
  if (attack.reason !== undefined) assert.match(result.reason ?? '', attack.reason, told);
  attack.seen?.(result, target);
  assert.ok(!shown.includes(target.secret), `the attack reached a secret: ${shown}`);
  assert.deepEqual(target.received, []);
}
