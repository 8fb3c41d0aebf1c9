// What the sandbox promises: its cost relative to a bare program and to other sandboxes, the accuracy of its figures against
// the kernel's accounting, how far memory exceeds the limit, and how soon a job ends after a limit.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { nativeDir } from '../../scripts/lib/native.mjs';
import { defaultLimits } from '../../src/core/run/run.ts';
import type { FullLimits } from '../../src/core/task/task.ts';
import { findProgram } from '../../src/runner/toolchains/findProgram.ts';
import type { SandboxJob, SandboxOutcome } from '../../src/runner/sandbox/sandbox.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { median, printRow } from './table.ts';

const mebibyte = 1 << 20;
const sandbox = createSandbox({ nativeDir });
const polling = createSandbox({ nativeDir: undefined });
const python = '/usr/bin/python3';

const status = await sandbox.status();
if (!status.usable) {
  console.log(`sandbox: skipped, ${status.missing}`);
} else {
  if (status.approximate) console.log('sandbox: the helper was not compiled; figures are those of polling');
  await polling.status();
  await benchOverhead();
  await benchAccuracy();
  await benchMemory();
  await benchReturn();
  await benchHello();
}

/** A way to start a program, for comparison. */
interface Starter {
  readonly name: string;
  readonly program: string;
  readonly args: (argv: readonly string[]) => readonly string[];
}

/** Every sandbox that this machine has, with namespaces like ours and no helper. */
async function starters(): Promise<Starter[]> {
  const system = [
    '--ro-bind',
    '/usr',
    '/usr',
    '--symlink',
    'usr/bin',
    '/bin',
    '--symlink',
    'usr/lib',
    '/lib',
  ];
  const folders = ['--symlink', 'usr/lib64', '/lib64', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'];
  const known: Starter[] = [
    {
      name: 'plain bwrap',
      program: 'bwrap',
      args: (argv) => ['--unshare-all', '--die-with-parent', ...system, ...folders, '--', ...argv],
    },
    {
      name: 'nsjail',
      program: 'nsjail',
      args: (argv) => ['-Mo', '-Q', '-R', '/usr', '-R', '/lib', '-R', '/lib64', '-R', '/bin', '--', ...argv],
    },
    { name: 'isolate', program: 'isolate', args: (argv) => ['--silent', '--run', '--', ...argv] },
    {
      name: 'firejail',
      program: 'firejail',
      args: (argv) => ['--quiet', '--noprofile', '--net=none', '--private', '--', ...argv],
    },
  ];
  const found: Starter[] = [];
  for (const starter of known) {
    const program = await findProgram(starter.program);
    if (program === undefined) continue;
    if (starter.name === 'isolate') execFileSync(program, ['--init'], { stdio: 'ignore' });
    found.push({ ...starter, program });
  }
  return found;
}

/** Alternating, so that a busy moment of the machine affects all of them. */
async function benchOverhead(): Promise<void> {
  const others = await starters();
  const node = process.execPath;
  const programs = { true: ['/bin/true'], python: [python, '-c', 'pass'], node: [node, '-e', '0'] };
  for (const [name, argv] of Object.entries(programs)) {
    const ways: Record<string, () => Promise<unknown>> = {
      bare: () => start(argv[0]!, argv.slice(1)),
      Tiebreak: () => run(argv),
      'Tiebreak without the helper': () => run(argv, {}, polling),
    };
    // The other sandboxes do not see files outside of /usr.
    if (argv[0] !== node || node.startsWith('/usr/'))
      for (const other of others) ways[other.name] = () => start(other.program, other.args(argv));
    const times = await inTurns(ways, 40);
    const bare = times['bare'] ?? NaN;
    for (const [way, ms] of Object.entries(times)) {
      printRow({
        name: `${name}: ${way}`,
        measured: way === 'bare' ? `${ms.toFixed(1)} ms` : `+${(ms - bare).toFixed(1)} ms`,
        ...(way === 'Tiebreak' ? { goal: '<= +6 ms' } : {}),
        ratio: ms / bare,
      });
    }
  }
}

async function inTurns(
  ways: Readonly<Record<string, () => Promise<unknown>>>,
  rounds: number,
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = {};
  for (let round = 0; round < rounds + 2; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const started = performance.now();
      await way();
      // The first rounds fill caches.
      if (round >= 2) (times[name] ??= []).push(performance.now() - started);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

async function start(program: string, args: readonly string[]): Promise<void> {
  await once(spawn(program, args, { stdio: 'ignore', env: {} }), 'exit');
}

function run(argv: readonly string[], job: Partial<SandboxJob> = {}, by = sandbox): Promise<SandboxOutcome> {
  const reading = argv[0]?.startsWith('/usr/') === true ? [] : [argv[0]!];
  const env = { PATH: '/usr/bin:/bin' };
  const base = { argv, files: [], env, limits: defaultLimits, reservesMemory: argv[0] === process.execPath };
  return by.run({ ...base, readOnly: reading.filter((path) => path !== '/bin/true'), ...job });
}

/**
 * Compared with `wait4` for the same program without a sandbox, from which isolate takes its figures. The waiting parent is
 * small, because a child starts with its parent's peak.
 */
async function benchAccuracy(): Promise<void> {
  const source =
    'import time\nx = bytearray(b"x" * (48 << 20))\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass';
  const measure = `import os, sys
pid = os.posix_spawn(${JSON.stringify(python)}, [${JSON.stringify(python)}, "-c", sys.argv[1]], {})
_, _, usage = os.wait4(pid, 0)
print((usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss * 1024)`;
  const cpu: number[] = [];
  const peak: number[] = [];
  for (let round = 0; round < 9; round++) {
    const told = execFileSync(python, ['-S', '-c', measure, source], { encoding: 'utf8', env: {} });
    const [cpuMs = NaN, bytes = NaN] = told.trim().split(' ').map(Number);
    const outcome = await run([python, '-c', source], { env: {} });
    cpu.push(outcome.cpuMs - cpuMs);
    peak.push(outcome.peakBytes - bytes);
  }
  const cpuOff = Math.abs(median(cpu));
  const peakOff = Math.abs(median(peak)) / mebibyte;
  printRow({
    name: 'processor time, off from wait4 without a sandbox',
    measured: `${cpuOff.toFixed(1)} ms`,
    goal: '<= 5 ms',
    ratio: cpuOff / 5,
  });
  printRow({
    name: 'peak memory, off from wait4 without a sandbox',
    measured: `${peakOff.toFixed(2)} MiB`,
    goal: '<= 1 MiB',
    ratio: peakOff,
  });
}

/** The highest memory measured when the limit of 256 MiB ended a program, by the kind of memory. */
async function benchMemory(): Promise<void> {
  const memoryBytes = 256 * mebibyte;
  const ways = {
    'bit by bit': 'x = []\nwhile True: x.append(b"x" * 1_000_000)',
    shared: 'import mmap\nm = mmap.mmap(-1, 1 << 30)\nb = b"x" * (1 << 20)\nwhile True: m.write(b)',
    'over children':
      'import os, time\nfor _ in range(8):\n  if os.fork() == 0:\n    x = []\n    while True: x.append(b"x" * 1_000_000)\ntime.sleep(9)',
  };
  for (const [name, source] of Object.entries(ways)) {
    const peaks: number[] = [];
    for (let round = 0; round < 5; round++) {
      const outcome = await run([python, '-c', source], { limits: { ...defaultLimits, memoryBytes } });
      if (outcome.end !== 'memory') console.log(`memory, ${name}: ended by ${outcome.end}`);
      peaks.push(outcome.peakBytes);
    }
    const peak = median(peaks);
    printRow({
      name: `memory at a limit of 256 MiB, taken ${name}`,
      measured: `${(peak / mebibyte).toFixed(0)} MiB`,
      goal: '<= 282 MiB',
      ratio: peak / memoryBytes,
    });
  }
}

/** From the moment at which a limit is passed to the outcome. */
async function benchReturn(): Promise<void> {
  const late = async (name: string, source: string, limits: Partial<FullLimits>, afterMs: number) => {
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const started = performance.now();
      const outcome = await run([python, '-S', '-c', source], { limits: { ...defaultLimits, ...limits } });
      if (outcome.end !== name) console.log(`back after ${name}: ended by ${outcome.end}`);
      // Time without a free processor is not the sandbox's fault.
      times.push(performance.now() - started - afterMs - outcome.waitedMs);
    }
    const ms = median(times);
    printRow({
      name: `back after the limit: ${name}`,
      measured: `${ms.toFixed(0)} ms`,
      goal: '<= 100 ms',
      ratio: ms / 100,
    });
  };
  await late('wall', 'import time\ntime.sleep(60)', { wallMs: 300 }, 300);
  await late('cpu', 'while True: pass', { cpuMs: 300 }, 300);
  await late('output', 'import os\nwhile True: os.write(1, b"x" * 4096)', { outputBytes: 4096 }, 0);
  await late('processes', 'import os\nwhile True: os.fork()', { processes: 16 }, 0);
}

/** Programs that print hello must not hit a limit of 256 MiB, however much memory their runtime reserves. */
async function benchHello(): Promise<void> {
  const limits = { ...defaultLimits, memoryBytes: 256 * mebibyte };
  let ended = 0;
  const rounds = 25;
  for (let round = 0; round < rounds; round++) {
    const outcomes = [
      await run([python, '-c', 'print("hello")'], { limits }),
      await run([process.execPath, '-e', 'console.log("hello")'], { limits }),
    ];
    ended += outcomes.filter(({ end, exit }) => end !== 'exit' || exit !== 0).length;
  }
  printRow({
    name: `hello programs ended at 256 MiB, of ${2 * rounds}`,
    measured: String(ended),
    goal: '0',
    ratio: ended,
  });
}
