import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { noUsage, type Usage, type Watch } from './firstProcess.ts';
import { memoryWithFiles, taskLimit } from '../limits.ts';
import type { SandboxJob } from '../sandbox.ts';

/** A control group in which this process may create groups for its jobs. */
export interface CgroupPlace {
  readonly folder: string;
  /**
   * Creates a group with a job's limits and moves the job's first process and its descendants into it, while they run:
   * the kernel takes some milliseconds to move the first process. New processes are born in their parent's group.
   */
  enter(init: number, job: SandboxJob): Watch;
}

interface Setting {
  /** A file of the group. */
  readonly name: string;
  readonly value: number;
  /** Some kernels do not have the file. */
  readonly isOptional?: true;
}

/** Allowance for the helper itself and the moment in which it forks. */
const ownTasks = 2;

/**
 * Finds where groups for jobs can be created. With version 2, that is the nearest group above this process that is
 * writable and delegates the memory and pids controllers, such as the group of a systemd user session
 * (`user@1000.service/app.slice`). With version 1, it is this process's own group of the memory controller, in which
 * usually only root may create groups. `undefined` if there is neither, as in most containers.
 */
export function findCgroupPlace({ mount = '/sys/fs/cgroup', membership = '/proc/self/cgroup' } = {}):
  CgroupPlace | undefined {
  const groups = read(membership);
  return existsSync(join(mount, 'cgroup.controllers'))
    ? placeOfVersionTwo(mount, groups)
    : placeOfVersionOne(mount, groups);
}

function placeOfVersionTwo(mount: string, groups: string): CgroupPlace | undefined {
  const own = /^0::(\/.*)$/m.exec(groups)?.[1];
  if (own === undefined) return undefined;
  for (let path = own; ; path = dirname(path)) {
    const folder = join(mount, path);
    if (delegates(folder) && canMakeGroups(folder)) return placeIn(folder, settingsOfVersionTwo);
    if (path === '/') return undefined;
  }
}

function delegates(folder: string): boolean {
  const controllers = read(join(folder, 'cgroup.subtree_control')).trim().split(' ');
  return ['memory', 'pids'].every((wanted) => controllers.includes(wanted));
}

const settingsOfVersionTwo = (job: SandboxJob): readonly Setting[] => [
  { name: 'memory.max', value: memoryWithFiles(job) },
  { name: 'memory.swap.max', value: 0, isOptional: true },
  { name: 'pids.max', value: taskLimit(job.limits.processes) + ownTasks },
];

/** Only memory: the helper counts processes by itself. */
function placeOfVersionOne(mount: string, groups: string): CgroupPlace | undefined {
  const own = /^\d+:(?:[\w=-]+,)*memory(?:,[\w=-]+)*:(\/.*)$/m.exec(groups)?.[1];
  if (own === undefined) return undefined;
  const folder = join(mount, 'memory', own);
  return canMakeGroups(folder) ? placeIn(folder, settingsOfVersionOne) : undefined;
}

/** With version 1, memory and swap together have a limit, which may not be below that of memory; TCP buffers have their own. */
const settingsOfVersionOne = (job: SandboxJob): readonly Setting[] => [
  { name: 'memory.limit_in_bytes', value: memoryWithFiles(job) },
  { name: 'memory.memsw.limit_in_bytes', value: memoryWithFiles(job), isOptional: true },
  { name: 'memory.kmem.tcp.limit_in_bytes', value: job.limits.memoryBytes, isOptional: true },
];

/** Creates a group and removes it: file permissions alone do not show whether this works. */
function canMakeGroups(folder: string): boolean {
  const trial = join(folder, groupName());
  try {
    mkdirSync(trial);
    rmdirSync(trial);
    removeLeftOver(folder);
    return true;
  } catch {
    return false;
  }
}

const prefix = 'tiebreak-';
const groupName = (): string => `${prefix}${randomUUID()}`;

/** Removes what an editor that was closed during a run left behind. The kernel removes no group that has processes. */
function removeLeftOver(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(prefix)) remove(join(folder, name), 0);
}

function placeIn(parent: string, settings: (job: SandboxJob) => readonly Setting[]): CgroupPlace {
  return {
    folder: parent,
    enter(init, job) {
      const folder = join(parent, groupName());
      try {
        mkdirSync(folder);
        settings(job).forEach((setting) => setOne(folder, setting));
      } catch {
        // The helper enforces the limits by itself; the group is only a second line of defence.
        remove(folder);
        return { stop: () => noUsage };
      }
      void moveTree(folder, init);
      return { stop: () => leave(folder) };
    },
  };
}

/** How often to look for processes that started outside of the group while others were moved. */
const maxPasses = 20;

async function moveTree(folder: string, init: number): Promise<void> {
  const members = join(folder, 'cgroup.procs');
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const inside = new Set(read(members).split('\n').map(Number));
    const outside = [...tree(init)].filter((pid) => !inside.has(pid));
    if (outside.length === 0) return;
    // A process that has ended by now, or a group that is gone because all have, need no move.
    for (const pid of outside) await writeFile(members, String(pid)).catch(() => undefined);
  }
}

/** A process and its descendants. */
function* tree(pid: number): Generator<number> {
  yield pid;
  for (const thread of threadsOf(pid))
    for (const child of read(`/proc/${pid}/task/${thread}/children`).split(' '))
      if (child !== '') yield* tree(Number(child));
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function setOne(folder: string, { name, value, isOptional }: Setting): void {
  const path = join(folder, name);
  if (isOptional && !existsSync(path)) return;
  writeFileSync(path, String(value));
}

/** Reads the kernel's figures and removes the group, which is empty by now. */
function leave(folder: string): Usage {
  const events = read(join(folder, 'memory.events')) || read(join(folder, 'memory.oom_control'));
  remove(folder);
  return /^oom_kill [1-9]/m.test(events) ? { ...noUsage, end: 'memory' } : noUsage;
}

/** Removes a group. A process that was just killed keeps its group busy for a moment, hence the retries. */
function remove(folder: string, triesLeft = 20): void {
  try {
    rmdirSync(folder);
  } catch {
    if (triesLeft > 0 && existsSync(folder)) setTimeout(remove, 50, folder, triesLeft - 1).unref();
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
