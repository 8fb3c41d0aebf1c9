import { randomUUID } from 'node:crypto';
import type { FirstProcess } from '../bubblewrap/firstProcess.ts';
import { extraPaths } from '../bubblewrap/mounts.ts';
import { prioritized } from '../idle.ts';
import { folderBytes, memoryWithFiles, taskLimit, writableFolders } from '../limits.ts';
import { scratchFolder, type SandboxJob } from '../sandbox.ts';
import type { Engine } from './engine.ts';

/** What the container of every job is made with. */
export interface ContainerParts {
  readonly engine: Engine;
  readonly image: string;
  /** Enforces the limits from inside the container. */
  readonly helper: FirstProcess;
  /**
   * The host's own programs, which are shown in place of the image's. `undefined` where the container has another
   * system than the host: there the image's programs run, found by name.
   */
  readonly hostSystem: readonly string[] | undefined;
  /**
   * The processes that the user of all containers may have, if this machine limits them: an engine that may not raise limits
   * would fail to set its own default.
   */
  readonly mostProcesses: number | undefined;
}

/** The command that runs a job in a container of its own. */
export interface ContainerCommand {
  readonly program: string;
  readonly argv: readonly string[];
  /** The job as the helper gets it. */
  readonly inside: SandboxJob;
  /** Removes the container, which also ends what runs in it. */
  readonly remove: readonly string[];
}

/** The user and group "nobody" in every image. */
const nobody = '65534:65534';

/** The engine's own first process has threads before it becomes the helper. */
const ownTasks = 16;

export function containerCommand(job: SandboxJob, parts: ContainerParts): ContainerCommand {
  const { engine, image, helper, hostSystem, mostProcesses } = parts;
  const name = `tiebreak-${randomUUID()}`;
  const memory = String(memoryWithFiles(job));
  const size = folderBytes(job);
  const ulimits = { nofile: 512, core: 0, ...(mostProcesses === undefined ? {} : { nproc: mostProcesses }) };
  const inside = { ...job, argv: programOf(job, parts) };
  const [program = '', ...options] = helper.command(inside, '/dev/null');
  const argv = [
    ['run', '--interactive', '--rm', '--name', name, '--pull', 'never', '--log-driver', 'none'],
    ['--network', 'none', '--hostname', 'sandbox', '--ipc', 'private', '--read-only', ...engine.options],
    ['--user', nobody, '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
    ['--pids-limit', String(taskLimit(job.limits.processes) + ownTasks)],
    ['--memory', memory, '--memory-swap', memory],
    // The fewest shares: the container gets processor time that nothing else wants.
    job.isIdle === true ? ['--cpu-shares', '2'] : [],
    Object.entries(ulimits).flatMap(([limit, value]) => ['--ulimit', `${limit}=${value}:${value}`]),
    writableFolders(job).flatMap((path) => memoryFolder(path, size, engine)),
    ['--workdir', scratchFolder],
    (hostSystem ?? []).flatMap((path) => shown(path, path)),
    hostSystem === undefined ? [] : extraPaths(job.readOnly ?? []).flatMap((path) => shown(path, path)),
    helper.program === undefined ? [] : shown(helper.program.path, helper.program.inside),
    ['--entrypoint', program, image, ...options, 'container'],
  ].flat();
  return { program: engine.program, argv, inside, remove: ['rm', '--force', name] };
}

function memoryFolder(path: string, size: number, { memoryOptions }: Engine): string[] {
  return path === '/dev/shm'
    ? ['--shm-size', String(size)]
    : ['--tmpfs', `${path}:rw,exec,nosuid,nodev,mode=1777,size=${size}${memoryOptions}`];
}

/** Mounts a file or folder of the host read-only. */
function shown(source: string, place: string): string[] {
  return ['--mount', ['type=bind', `src=${source}`, `dst=${place}`, 'readonly'].map(csvField).join(',')];
}

/** The engines read mounts as a line of CSV. */
function csvField(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function programOf({ argv, isIdle = false }: SandboxJob, { hostSystem }: ContainerParts): readonly string[] {
  const [wanted = '', ...rest] = argv;
  return prioritized({ isIdle }, [hostSystem === undefined ? nameOf(wanted) : wanted, ...rest]);
}

/** `C:\Python\python.exe` → `python`. */
export function nameOf(program: string): string {
  return (program.split(/[\\/]/).at(-1) ?? program).replace(/\.exe$/i, '');
}
