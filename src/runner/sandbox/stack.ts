import { readFileSync } from 'node:fs';
import type { FullLimits } from '../../core/task/task.ts';

// A job's stack is set, never inherited from the shell that started the editor. Where the stack may be as large as
// the memory, the kernel's limit is "unlimited" and the memory limit ends endless recursion. This is also what keeps
// programs with many threads alive: glibc gives each new thread a stack as large as the kernel's limit, and 2 MiB if
// the limit is "unlimited".

/** The largest hard limit of macOS. */
const macBytes = 65_520 * 1024;

/**
 * The most stack in bytes that a job can have: the hard limit of this process, which jobs inherit and cannot raise.
 * Containers and WSL have limits of their own.
 */
export function maxStackBytes(platform: NodeJS.Platform = process.platform): number {
  if (platform === 'darwin') return macBytes;
  if (platform !== 'linux') return Number.POSITIVE_INFINITY;
  return hardStackBytes(readFileSync('/proc/self/limits', 'utf8'));
}

/** The hard limit in the text of `/proc/PID/limits`. */
export function hardStackBytes(limits: string): number {
  return hardLimit('stack size', limits);
}

/** A hard limit by its name in the text of `/proc/PID/limits`: infinite if there is none. */
export function hardLimit(name: string, limits: string): number {
  const hard = new RegExp(String.raw`^Max ${name} +\S+ +(\d+)`, 'm').exec(limits)?.[1];
  return hard === undefined ? Number.POSITIVE_INFINITY : Number(hard);
}

/** The kernel's limit on the main thread's stack of a job; `undefined` if only the memory limit bounds it. */
export function stackLimit({ stackBytes, memoryBytes }: FullLimits): number | undefined {
  return stackBytes < memoryBytes ? stackBytes : undefined;
}

/** The kernel's limit in the words of `ulimit -s`: kibibytes. */
export function stackWord(limits: FullLimits): string {
  const bytes = stackLimit(limits);
  return bytes === undefined ? 'unlimited' : String(Math.floor(bytes / 1024));
}

/** Why a job exceeded the memory limit, if more than a quarter of the limit is stack. */
export function stackReason({ memoryBytes }: Pick<FullLimits, 'memoryBytes'>): string {
  return `more than ${Math.floor(memoryBytes / (1 << 20))} MiB, much of it for the stack: the recursion may be endless`;
}

/**
 * The stack in bytes for runtimes that manage their own stacks. Below the kernel's limit, because some runtimes need a
 * rest for themselves: Node.js crashes instead of throwing if its limit is larger than the real stack. Java takes at
 * most 1 GiB.
 */
export function runtimeStackBytes({ stackBytes, memoryBytes }: FullLimits): number {
  return Math.floor(Math.min(256 << 20, memoryBytes / 8, (stackBytes * 3) / 4));
}

/**
 * The stack in bytes for each thread of runtimes that allocate it as a whole: 64 threads fit into the memory limit.
 * Never less than the runtimes' own default of 1 MiB.
 */
export function threadStackBytes({ stackBytes, memoryBytes }: FullLimits): number {
  return Math.floor(Math.max(1 << 20, Math.min(memoryBytes / 64, stackBytes)));
}
