import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { defaultLimits } from '../core/run.ts';
import { extraPaths } from './bubblewrap/mounts.ts';
import { dataLimit, taskLimit } from './limits.ts';
import { findProgram } from './find-program.ts';
import { scratchFolder, type Sandbox, type SandboxJob, type SandboxStatus } from './sandbox.ts';
import { jobScript } from './stdio/script.ts';
import { runByStdio, type StdioCommand } from './stdio/run.ts';

const execute = promisify(execFile);

export interface ContainerOptions {
  /** Name of an image that is on this machine; nothing is ever fetched. */
  readonly image: string | undefined;
  readonly platform?: NodeJS.Platform;
}

/** "nobody" in every image. */
const nobody = '65534:65534';

/** Docker or Podman, whichever is there: a container for each job, of an image that the person has chosen. */
export function createContainerSandbox({ image, platform = process.platform }: ContainerOptions): Sandbox {
  let found: Promise<Engine> | undefined;
  const engine = async (): Promise<Engine> => {
    const result = await (found ??= findEngine(image, platform));
    // The person may mend it meanwhile.
    if (result.command === undefined) found = undefined;
    return result;
  };
  return {
    kind: 'container',
    status: async () => (await engine()).status,
    async run(job, signal) {
      const { command, status } = await engine();
      if (command === undefined)
        throw new RangeError(status.usable ? 'there is no engine' : `${status.missing}. ${status.mend}`);
      return runByStdio(job, command(job), signal);
    },
  };
}

interface Engine {
  readonly status: SandboxStatus;
  readonly command: ((job: SandboxJob) => StdioCommand) | undefined;
}

async function findEngine(image: string | undefined, platform: NodeJS.Platform): Promise<Engine> {
  const program = (await findProgram('podman')) ?? (await findProgram('docker'));
  if (program === undefined)
    return missing(
      'the program "podman" or "docker"',
      `Install Podman or Docker and name an image in the setting "tiebreak.containerImage"${orWsl(platform)}`,
    );
  if (image === undefined || image === '')
    return missing(
      'the image for containers',
      `Name an image of this machine in the setting "tiebreak.containerImage"${orWsl(platform)}`,
    );
  const command = (job: SandboxJob): StdioCommand => containerCommand(job, { program, image, platform });
  const outcome = await runByStdio(hello, command(hello));
  if (outcome.end !== 'exit' || outcome.exit !== 0) {
    const words = outcome.reason ?? new TextDecoder().decode(outcome.stderr).trim();
    return missing(
      `a container of "${image}": ${words}`,
      `Start the engine and see that the image is there: ${program} image inspect ${image}`,
    );
  }
  return {
    command,
    status: { usable: true, kind: 'container', approximate: true, notes: notesFor(image, platform) },
  };
}

function orWsl(platform: NodeJS.Platform): string {
  return platform === 'win32' ? ', or open the folder in WSL (command "WSL: Reopen Folder in WSL")' : '';
}

function missing(what: string, mend: string): Engine {
  return { command: undefined, status: { usable: false, kind: 'container', missing: what, mend } };
}

function notesFor(image: string, platform: NodeJS.Platform): string[] {
  const notes = ['times and memory are approximate: they include the container’s own'];
  if (platform !== 'linux')
    notes.push(
      `programs are those of the image "${image}": their versions may not be the ones that are shown`,
    );
  return notes;
}

interface CommandParts {
  readonly program: string;
  readonly image: string;
  readonly platform: NodeJS.Platform;
}

/** What is run for a job. On Linux the host's programs are shown to it; elsewhere the image's own are used by name. */
export function containerCommand(job: SandboxJob, { program, image, platform }: CommandParts): StdioCommand {
  const { limits } = job;
  const name = `tiebreak-${randomUUID()}`;
  const size = limits.fileBytes + (1 << 20);
  const tmpfs = (path: string): string[] => [
    '--tmpfs',
    `${path}:rw,exec,nosuid,nodev,mode=1777,size=${size}`,
  ];
  const data = dataLimit(job);
  const ulimits = {
    cpu: Math.ceil(limits.cpuMs / 1000) + 1,
    fsize: limits.fileBytes,
    nofile: 512,
    core: 0,
    ...(data === undefined ? {} : { data }),
  };
  const onLinux = platform === 'linux';
  const argv = [
    ['run', '--interactive', '--rm', '--name', name, '--pull', 'never', '--network', 'none', '--read-only'],
    ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--user', nobody, '--hostname', 'sandbox'],
    ['--ipc', 'private', '--pids-limit', String(taskLimit(limits.processes))],
    ['--memory', String(limits.memoryBytes), '--memory-swap', String(limits.memoryBytes)],
    Object.entries(ulimits).flatMap(([limit, value]) => ['--ulimit', `${limit}=${value}:${value}`]),
    [...tmpfs(scratchFolder), ...tmpfs('/tmp'), '--shm-size', String(size), '--workdir', scratchFolder],
    onLinux
      ? hostPaths(job).flatMap((path) => ['--mount', `type=bind,src=${path},dst=${path},readonly`])
      : [],
    Object.entries(job.env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ['--entrypoint', '/bin/sh', image, '-s'],
  ].flat();
  const [wanted = '', ...rest] = job.argv;
  return {
    program,
    argv,
    script: jobScript(job, { argv: [onLinux ? wanted : nameOf(wanted), ...rest] }),
    // Forced removal ends what runs; of a container that is gone already it says so, which is of no matter.
    end: () => void execute(program, ['rm', '--force', name]).catch(() => undefined),
  };
}

/** The system's programs and the toolchain's own paths, as bubblewrap shows them. */
function hostPaths(job: SandboxJob): string[] {
  const libraries = ['/usr', '/lib', '/lib64', '/bin', '/etc/alternatives'].filter((path) =>
    existsSync(path),
  );
  return [...libraries, ...extraPaths(job.readOnly ?? [])];
}

/** `C:\Python\python.exe` → `python`. */
export function nameOf(program: string): string {
  return (program.split(/[\\/]/).at(-1) ?? program).replace(/\.exe$/i, '');
}

const hello: SandboxJob = {
  argv: ['/bin/sh', '-c', '! (: > /probe) 2>/dev/null'],
  files: [],
  env: {},
  limits: { ...defaultLimits, wallMs: 20_000 },
};
