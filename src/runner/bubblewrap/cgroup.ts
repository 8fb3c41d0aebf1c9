import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { FullLimits } from '../../core/task.ts';
import { noUsage, type Usage, type Watch } from './first-process.ts';
import { taskLimit } from '../limits.ts';

/** A place in the tree of control groups (version 2) where this process may make groups for its jobs. */
export interface CgroupPlace {
  readonly folder: string;
  /** Makes a group with a job's limits and moves its first process there; everything it starts stays inside. */
  enter(init: number, limits: FullLimits): Watch;
}

/** The kernel steps in behind the helper, which looks at memory itself and can say what happened. */
const memoryRoom = 1.25;
/** The helper, and the moment in which it forks. */
const ownTasks = 2;

/**
 * Finds the nearest group above this process that hands memory and pids down and may be written to, as a systemd user
 * session's are (`user@1000.service/app.slice`). `undefined` where there is none: version 1, most containers.
 */
export function findCgroupPlace({ mount = '/sys/fs/cgroup', membership = '/proc/self/cgroup' } = {}):
  CgroupPlace | undefined {
  const own = /^0::(\/.*)$/m.exec(read(membership))?.[1];
  if (own === undefined || !existsSync(join(mount, 'cgroup.controllers'))) return undefined;
  for (let path = own; ; path = dirname(path)) {
    const folder = join(mount, path);
    if (handsDown(folder) && canMakeGroups(folder)) return { folder, enter: enterBelow(folder) };
    if (path === '/') return undefined;
  }
}

function handsDown(folder: string): boolean {
  const controllers = read(join(folder, 'cgroup.subtree_control')).trim().split(' ');
  return ['memory', 'pids'].every((wanted) => controllers.includes(wanted));
}

/** Tried for real: the rights of the files do not tell all. */
function canMakeGroups(folder: string): boolean {
  const trial = join(folder, groupName());
  try {
    mkdirSync(trial);
    rmdirSync(trial);
    return true;
  } catch {
    return false;
  }
}

const groupName = (): string => `tiebreak-${randomUUID()}`;

/** What is written into a job's group, in this order: the process last, when the limits stand. */
export function groupSettings(init: number, limits: FullLimits): readonly (readonly [string, string])[] {
  return [
    ['memory.max', String(Math.ceil(limits.memoryBytes * memoryRoom))],
    ['memory.swap.max', '0'],
    ['pids.max', String(taskLimit(limits.processes) + ownTasks)],
    ['cgroup.procs', String(init)],
  ];
}

function enterBelow(parent: string): CgroupPlace['enter'] {
  return (init, limits) => {
    const folder = join(parent, groupName());
    try {
      mkdirSync(folder);
      for (const [name, value] of groupSettings(init, limits)) setOne(join(folder, name), value);
    } catch {
      // The helper keeps the limits by itself; the group is a second line behind it.
      remove(folder);
      return { stop: () => noUsage };
    }
    return { stop: () => leave(folder) };
  };
}

/** A kernel without swap accounting has no `memory.swap.max`; every other file must take its value. */
function setOne(path: string, value: string): void {
  if (path.endsWith('swap.max') && !existsSync(path)) return;
  writeFileSync(path, value);
}

/** Reads what the kernel did and removes the group, in which nothing is left by now. */
function leave(folder: string): Usage {
  const killed = Number(/^oom_kill (\d+)$/m.exec(read(join(folder, 'memory.events')))?.[1] ?? 0);
  remove(folder);
  return killed > 0 ? { ...noUsage, end: 'memory' } : noUsage;
}

/** A process that has just been killed holds its group for a moment. */
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
