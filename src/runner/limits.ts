import { cpus } from 'node:os';
import { defaultLimits } from '../core/run.ts';
import type { FullLimits, Limits } from '../core/task.ts';
import type { SandboxJob } from './sandbox.ts';

/**
 * Lays limits over the defaults, later ones over earlier. Where processor time is given and wall time is not, the wall
 * follows it: 3 × CPU + 2 s, which leaves room for a busy machine and still ends a program that sleeps.
 */
export function effectiveLimits(...layers: readonly (Limits | undefined)[]): FullLimits {
  const given: Partial<FullLimits> = {};
  for (const layer of layers) Object.assign(given, withoutAbsent(layer ?? {}));
  const wallMs = given.wallMs ?? (given.cpuMs === undefined ? defaultLimits.wallMs : 3 * given.cpuMs + 2000);
  return { ...defaultLimits, ...given, wallMs };
}

function withoutAbsent(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** Files a job may make in all; each costs kernel memory that the size of a tmpfs does not bound. */
export const filesAllowed = 20_000;

/** Tasks that runtimes start for themselves (Node.js 11, Java about 25 and more with the processors). */
const runtimeTasks = 32 + 2 * cpus().length;

/** How many processes and threads a job may have together. */
export function taskLimit(processes: number): number {
  return processes + runtimeTasks;
}

/** The kernel's own bound on one process's data, behind the watching of the whole tree; `undefined` for none. */
export function dataLimit({ limits, reservesMemory }: SandboxJob): number | undefined {
  return reservesMemory === true ? undefined : Math.ceil(limits.memoryBytes * 1.5);
}
