// The cost of a case relative to a bare program, the number of cases per second, and the cost of checking a pair.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createChecks } from '../../src/checks/checks.ts';
import type { Case } from '../../src/core/task/task.ts';
import { createRunner } from '../../src/runner/run.ts';
import type { RunRequest } from '../../src/runner/runner.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import { nativeDir } from '../../scripts/lib/native.mjs';
import { median, printRow } from './table.ts';

const checkersDir = new URL('../../node_modules', import.meta.url).pathname;
// Prefer the distribution's Python: for root, a Python in a closed home folder needs a second mount namespace for each case.
process.env['PATH'] = `/usr/bin:/bin:${process.env['PATH']}`;
const sandbox = createSandbox({ nativeDir });
const toolchains = createToolchains(checkersDir);
const runner = createRunner({ sandbox, toolchains, trusted: () => true });
const answer = 'def add(a, b):\n    return a + b\n';

const status = await sandbox.status();
const python = await toolchains.detect('python');
if (!status.usable || 'missing' in python) {
  console.log(`runner: skipped, ${status.usable ? 'no Python' : status.missing}`);
} else {
  await benchOverhead(python.program);
  await benchRate();
  await benchChecks();
}

/** One case through the runner, alternating with the same interpreter started directly. */
async function benchOverhead(program: string): Promise<void> {
  const bare: number[] = [];
  const sandboxed: number[] = [];
  for (let n = 0; n < 44; n++) {
    const times = [await timed(() => spawnBare(program)), await timed(() => runner.run(cases(1)))];
    // The first runs search for programs and fill caches.
    if (n < 4) continue;
    bare.push(times[0]!);
    sandboxed.push(times[1]!);
  }
  const more = median(sandboxed) - median(bare);
  printRow({
    name: 'one Python case against a bare spawn',
    measured: `+${more.toFixed(1)} ms`,
    goal: '<= +15 ms',
    ratio: median(sandboxed) / median(bare),
  });
}

async function spawnBare(program: string): Promise<void> {
  await once(spawn(program, ['-S', '-c', `${answer}print(add(1, 2))`], { stdio: 'ignore' }), 'exit');
}

async function benchRate(): Promise<void> {
  const count = 120;
  const ms = await timed(() => runner.run(cases(count)));
  const rate = (count * 1000) / ms;
  printRow({ name: 'Python cases a second', measured: rate.toFixed(0), goal: '>= 100', ratio: rate / 100 });
}

/** Both answers of a pair at once, with different code each time. */
async function benchChecks(): Promise<void> {
  const checks = createChecks({ sandbox, checkersDir, trusted: () => true, toolchains });
  const sources = {
    python: ['main.py', 'import re\ndef f(x: str) -> bool:\n    return bool(re.match("a", x))\n'],
    typescript: ['main.ts', 'export const f = (x: string): boolean => /a/.test(x);\n'],
  } as const;
  for (const [language, [path, text]] of Object.entries(sources)) {
    const check = checks.find((candidate) => candidate.languages.includes(language));
    if (check === undefined) continue;
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      // Extra line ends make the code different.
      const pair = ['a', 'b'].map((answerId, side) => ({
        answerId,
        language,
        files: [{ path, text: text + '\n'.repeat(2 * n + side) }],
      }));
      times.push(await timed(() => Promise.all(pair.map((request) => check.check(request)))));
    }
    const ms = median(times);
    printRow({
      name: `checking a pair with ${check.id}`,
      measured: `${ms.toFixed(0)} ms`,
      goal: '<= 3000 ms',
      ratio: ms / 3000,
    });
  }
}

function cases(count: number): RunRequest {
  return {
    taskId: 'bench',
    answerId: 'bench',
    language: 'python',
    files: [{ path: 'main.py', text: answer }],
    cases: Array.from({ length: count }, (_, index): Case => ({
      id: `case-${index}`,
      origin: 'task',
      kind: 'call',
      args: [index, 1],
      expected: index + 1,
    })),
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
