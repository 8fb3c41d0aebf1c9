import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { defaultLimits } from '../core/run.ts';
import { dataLimit, taskLimit } from './limits.ts';
import { isolation } from './bubblewrap/arguments.ts';
import { nameOf } from './sandbox-container.ts';
import { scratchFolder, type Sandbox, type SandboxJob, type SandboxStatus } from './sandbox.ts';
import { jobScript } from './stdio/script.ts';
import { runByStdio, type StdioCommand } from './stdio/run.ts';

const execute = promisify(execFile);
const program = 'wsl.exe';

/** Windows with WSL: bubblewrap inside of its default distribution, with the programs that are installed there. */
export function createWslSandbox(): Sandbox {
  let found: Promise<SandboxStatus> | undefined;
  const status = async (): Promise<SandboxStatus> => {
    const result = await (found ??= probe());
    if (!result.usable) found = undefined;
    return result;
  };
  return { kind: 'wsl', status, run: (job, signal) => runByStdio(job, wslCommand(job), signal) };
}

/** What is run for a job: nothing but standard input and output passes from Windows into WSL. */
export function wslCommand(job: SandboxJob): StdioCommand {
  const { limits } = job;
  const size = String(limits.fileBytes + (1 << 20));
  const argv = [
    ['--exec', 'env', '--ignore-environment', '/usr/bin/bwrap', ...isolation({ disableUserns: false })],
    ['--die-with-parent'],
    ['--ro-bind', '/usr', '/usr', '--ro-bind-try', '/etc/alternatives', '/etc/alternatives'],
    ['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    ['--proc', '/proc', '--dev', '/dev'],
    [scratchFolder, '/tmp', '/dev/shm'].flatMap((path) => [
      '--perms',
      '1777',
      '--size',
      size,
      '--tmpfs',
      path,
    ]),
    ['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', scratchFolder],
    Object.entries(job.env).flatMap(([name, value]) => ['--setenv', name, value]),
    ['--', '/usr/bin/bash', '-s'],
  ].flat();
  const [wanted = '', ...rest] = job.argv;
  const script = jobScript(job, { argv: [nameOf(wanted), ...rest], prepare: limitsOf(job) });
  // The sandbox dies with bubblewrap, and bubblewrap with the end of `wsl.exe`.
  return { program, argv, script, end: () => undefined };
}

/** Bash takes kibibytes. Memory is bounded for each process alone. */
function limitsOf(job: SandboxJob): string {
  const { limits } = job;
  const data = dataLimit(job);
  const numbers = {
    c: 0,
    n: 512,
    t: Math.ceil(limits.cpuMs / 1000) + 1,
    f: Math.ceil(limits.fileBytes / 1024),
    u: taskLimit(limits.processes),
    ...(data === undefined ? {} : { d: Math.ceil(data / 1024) }),
  };
  return Object.entries(numbers)
    .map(([flag, value]) => `ulimit -${flag} ${value};`)
    .join(' ');
}

const hello: SandboxJob = {
  argv: ['/bin/sh', '-c', '! (: > /probe) 2>/dev/null'],
  files: [],
  env: {},
  limits: { ...defaultLimits, wallMs: 20_000 },
};

async function probe(): Promise<SandboxStatus> {
  const kind = 'wsl';
  try {
    await execute(program, ['--exec', '/usr/bin/bwrap', '--version'], { timeout: 20_000 });
  } catch {
    const mend = 'Install WSL (wsl --install), and bubblewrap in it (sudo apt install bubblewrap)';
    return { usable: false, kind, missing: 'WSL with bubblewrap', mend };
  }
  const outcome = await runByStdio(hello, wslCommand(hello));
  if (outcome.end !== 'exit' || outcome.exit !== 0) {
    const words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
    const mend = 'Open the folder in WSL (command "WSL: Reopen Folder in WSL"), which says more';
    return { usable: false, kind, missing: `a sandbox cannot be made in WSL: ${words}`, mend };
  }
  const notes = [
    'times and memory are approximate, and memory is bounded for each process alone',
    'programs are those of the default distribution: their versions may not be the ones that are shown',
  ];
  return { usable: true, kind, approximate: true, notes };
}
