import { cpus } from 'node:os';
import { defaultLimits } from '../../core/run/run.ts';
import type { FullLimits, Limits } from '../../core/task/task.ts';
import { scratchFolder, type SandboxJob } from './sandbox.ts';
import { maxStackBytes } from './stack.ts';

/**
 * Merges limits into the defaults; later layers override earlier ones. If CPU time is given but wall time is
 * not, wall time is 3 × CPU + 2 s: enough for a busy machine, and it still ends a program that sleeps. The stack may
 * be as large as the memory, if this machine allows it.
 */
export function effectiveLimits(...layers: readonly (Limits | undefined)[]): FullLimits {
  const given: Partial<FullLimits> = {};
  for (const layer of layers) Object.assign(given, withoutAbsent(layer ?? {}));
  const wallMs = given.wallMs ?? (given.cpuMs === undefined ? defaultLimits.wallMs : 3 * given.cpuMs + 2000);
  const memoryBytes = given.memoryBytes ?? defaultLimits.memoryBytes;
  const stackBytes = Math.min(given.stackBytes ?? memoryBytes, memoryBytes, maxStackBytes());
  return { ...defaultLimits, ...given, wallMs, stackBytes };
}

function withoutAbsent(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** The folders that every job can write to. */
export const scratchFolders = [scratchFolder, '/tmp', '/dev/shm'];

/** The folders that a job can write to. */
export function writableFolders(job: SandboxJob): string[] {
  return [...scratchFolders, ...(job.folders ?? [])];
}

/** Extra space in addition to `fileBytes`, because file sizes are rounded up to pages. */
const spareBytes = 1 << 20;

/** The space for a job's own files and input is a multiple of this, so that most jobs fit into the same sandbox. */
const spaceStep = 1 << 20;

function inSteps(bytes: number): number {
  return Math.ceil(bytes / spaceStep) * spaceStep;
}

/** The size of each folder that a job can write to: its files, and one of the largest size. */
export function folderBytes({ files, limits }: SandboxJob): number {
  const own = files.reduce((sum, file) => sum + sizeOf('bytes' in file ? file.bytes : file.text) + 4096, 0);
  return limits.fileBytes + inSteps(own) + spareBytes;
}

function sizeOf(content: string | Uint8Array): number {
  return typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
}

/** The most bytes in all these folders together: a job with more folders has no more memory for its files. */
export function roomInFolders(job: SandboxJob): number {
  return scratchFolders.length * folderBytes(job);
}

/** The kernel's limit is higher than the helper's: the helper should hit it first, because it can report the reason. */
const memoryRoom = 1.25;

/** The kernel's limit on all memory of a job, which also counts its files and its input, which are in memory. */
export function memoryWithFiles(job: SandboxJob): number {
  const input = job.stdin === undefined ? 0 : sizeOf(job.stdin);
  return Math.ceil(job.limits.memoryBytes * memoryRoom) + roomInFolders(job) + inSteps(input);
}

/** The most files that a job may create. Each costs kernel memory that the size of a tmpfs does not limit. */
export const filesAllowed = 20_000;

/**
 * The most open descriptors of all processes of a job together. Each may hold memory of the kernel, and what epoll may
 * watch is limited for all programs of a user.
 */
export const descriptorsAllowed = 3072;

/**
 * The most descriptors that all epoll instances of a job may watch, and the most locks on ranges of files: about 12 MiB of
 * the kernel's memory.
 */
export const watchesAllowed = 65_536;

/** The most pseudo-terminals of a job. The kernel limits their number for the whole machine. */
export const terminalsAllowed = 64;

/**
 * Tasks that runtimes start for themselves (Node.js 11, Java about 25, growing with the number of
 * processors).
 */
const runtimeTasks = 32 + 2 * cpus().length;

/** The most processes and threads that a job may have at the same time. */
export function taskLimit(processes: number): number {
  return processes + runtimeTasks;
}

/**
 * The kernel's limit on the data of one process, a second line behind the watching of the whole tree;
 * `undefined` for no limit.
 */
export function dataLimit({ limits, reservesMemory }: SandboxJob): number | undefined {
  return reservesMemory === true ? undefined : Math.ceil(limits.memoryBytes * 1.5);
}
