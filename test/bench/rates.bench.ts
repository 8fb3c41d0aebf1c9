// Cases a second, as a share of what the same programs reach when they are started without a sandbox, and the time that one
// case takes above such a start. Both ways take turns, so that a busy moment of the machine affects both.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeDir } from '../../scripts/lib/native.mjs';
import type { Case } from '../../src/core/task/task.ts';
import { createRunner } from '../../src/runner/run.ts';
import { createFairQueue } from '../../src/runner/queue.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import { median, printRow } from './table.ts';

// For root, a Python in a closed home folder needs a second mount namespace for each case.
process.env['PATH'] = `/usr/bin:/bin:${process.env['PATH']}`;
const atOnce = availableParallelism() + 1;
const sandbox = createSandbox({ nativeDir, ready: 2 });
const toolchains = createToolchains(new URL('../../node_modules', import.meta.url).pathname);
const runner = createRunner({ sandbox, toolchains, trusted: () => true, atOnce });
const folder = mkdtempSync(join(tmpdir(), 'tiebreak-rates-'));

/** Programs that read a number and print it plus one. */
const sources = {
  python: 'print(int(input()) + 1)\n',
  javascript: "console.log(Number(require('node:fs').readFileSync(0, 'utf8')) + 1);\n",
  cpp: '#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n + 1 << "\\n"; }\n',
} as const;
type Language = keyof typeof sources;
const names: Readonly<Record<Language, string>> = { python: 'Python', javascript: 'Node.js', cpp: 'C++' };

const status = await sandbox.status();
if (!status.usable) console.log(`rates: skipped, ${status.missing}`);
else
  for (const language of Object.keys(sources) as Language[]) {
    const found = await toolchains.detect(language);
    if ('missing' in found) console.log(`rates: skipped, no ${found.missing}`);
    else await benchLanguage(language, bareCommand(language, found.program));
  }
sandbox.dispose?.();
rmSync(folder, { recursive: true });

async function benchLanguage(language: Language, command: readonly string[]): Promise<void> {
  const shares: number[] = [];
  const count = 24;
  await runCases(language, count);
  for (let round = 0; round < 5; round += 1) {
    const bare = await timed(() => startBare(command, count));
    const cases = await timed(() => runCases(language, count));
    shares.push(bare / cases);
  }
  const share = median(shares);
  printRow({
    name: `${names[language]} cases a second, of bare starts on the same cores`,
    measured: `${(share * 100).toFixed(0)} %`,
    goal: '>= 90 %',
    ratio: share,
  });
  const bare: number[] = [];
  const more: number[] = [];
  for (let round = 0; round < 15; round += 1) {
    bare.push(await timed(() => startBare(command, 1)));
    more.push(await timed(() => runCases(language, 1)));
  }
  const above = median(more) / median(bare) - 1;
  printRow({
    name: `one ${names[language]} case, above a bare start`,
    measured: `${above.toFixed(2)} × bare`,
    ...(language === 'python' ? { goal: '<= 0.35 × bare' } : {}),
    ratio: above,
  });
}

/** The command that runs the same program as the cases do. */
function bareCommand(language: Language, program: string): readonly string[] {
  const path = join(folder, toolchains.toolchain(language).mainFile);
  writeFileSync(path, sources[language]);
  if (language === 'python') return [program, '-s', path];
  if (language === 'javascript') return [program, path];
  const binary = join(folder, 'program');
  execFileSync(program, ['-O2', '-o', binary, path]);
  return [binary];
}

async function startBare([program, ...args]: readonly string[], count: number): Promise<void> {
  const queue = createFairQueue(atOnce);
  const start = async (): Promise<void> => {
    // In a session of its own, as every sandbox is: on a busy machine, the kernel shares the processors among sessions.
    const child = spawn(program!, args, { stdio: 'pipe', env: {}, detached: true });
    child.stdout.resume();
    child.stderr.resume();
    child.stdin.end('1\n');
    await once(child, 'close');
  };
  await Promise.all(Array.from({ length: count }, () => queue.add(queue, start)));
}

async function runCases(language: Language, count: number): Promise<void> {
  const { results } = await runner.run({
    taskId: 'bench',
    answerId: 'bench',
    language,
    files: [{ path: toolchains.toolchain(language).mainFile, text: sources[language] }],
    cases: Array.from({ length: count }, (_, index): Case => ({
      id: `case-${index}`,
      origin: 'task',
      kind: 'stdin',
      input: `${index}\n`,
      output: `${index + 1}\n`,
    })),
  });
  const failed = results.find(({ verdict }) => verdict !== 'pass');
  if (failed !== undefined) throw new Error(`a case of the bench failed: ${JSON.stringify(failed)}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
