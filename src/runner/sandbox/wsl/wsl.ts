import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { defaultLimits } from '../../../core/run/run.ts';
import { dataLimit, taskLimit } from '../limits.ts';
import { stackWord } from '../stack.ts';
import { isolation } from '../bubblewrap/arguments.ts';
import { nameOf } from '../container/command.ts';
import { scratchFolder, type Sandbox, type SandboxJob, type SandboxStatus } from '../sandbox.ts';
import { jobScript } from './script.ts';
import { runByStdio, type StdioCommand } from './run.ts';
import { prioritized } from '../idle.ts';

const execute = promisify(execFile);
const program = 'wsl.exe';

/** Windows with WSL: bubblewrap in the default distribution, with the programs installed there. */
export function createWslSandbox(): Sandbox {
  let found: Promise<SandboxStatus> | undefined;
  const status = async (): Promise<SandboxStatus> => {
    const result = await (found ??= probe());
    if (!result.usable) found = undefined;
    return result;
  };
  return { kind: 'wsl', status, run: (job, signal) => runByStdio(job, wslCommand(job), signal) };
}

/** The command for a job. Only standard input and output connect Windows and WSL. */
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
  const words = prioritized(job, [nameOf(wanted), ...rest], 'nice');
  const script = jobScript(job, { argv: words, prepare: limitsOf(job) });
  // The sandbox dies with bubblewrap, and bubblewrap dies with `wsl.exe`.
  return { program, argv, script, end: () => undefined };
}

/** Limits for bash, in kibibytes. Memory is limited per process, not in total. */
function limitsOf(job: SandboxJob): string {
  const { limits } = job;
  const data = dataLimit(job);
  const numbers = {
    c: 0,
    n: 512,
    t: Math.ceil(limits.cpuMs / 1000) + 1,
    f: Math.ceil(limits.fileBytes / 1024),
    u: taskLimit(limits.processes),
    s: stackWord(limits),
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
    const remedy = 'Install WSL (wsl --install), and bubblewrap in it (sudo apt install bubblewrap)';
    return { usable: false, kind, missing: 'WSL with bubblewrap', remedy };
  }
  const outcome = await runByStdio(hello, wslCommand(hello));
  if (outcome.end !== 'exit' || outcome.exit !== 0) {
    const words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
    const remedy = 'Open the folder in WSL (command "WSL: Reopen Folder in WSL"), which shows the details';
    return { usable: false, kind, missing: `a working sandbox in WSL (${words})`, remedy };
  }
  const notes = [
    'times and memory are approximate, and memory is limited per process, not in total',
    'programs come from the default distribution: their versions may differ from those shown',
  ];
  return { usable: true, kind, approximate: true, notes };
}
