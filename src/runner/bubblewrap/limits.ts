import { cpus } from 'node:os';
import type { SandboxJob } from '../sandbox.ts';

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
