import { readFileSync } from 'node:fs';

/** Linux reports times in ticks of 10 ms on every architecture. */
const tickMs = 10;

/** What the processors that this process may use have done since the machine started. */
export interface MachineTime {
  readonly processors: number;
  /** The sum over the processors. Waiting for a disk counts as idle. */
  readonly idleMs: number;
}

/** Where a sandbox reads the time of the machine. */
export type MachineClock = () => MachineTime;

export const machineTime: MachineClock = () =>
  parseMachineTime(readFileSync('/proc/stat', 'latin1'), readFileSync('/proc/self/status', 'latin1'));

/** From the contents of `/proc/stat` and `/proc/self/status`. */
export function parseMachineTime(stat: string, status: string): MachineTime {
  const allowed = numbersOf(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
  let processors = 0;
  let ticks = 0;
  for (const [, processor, idle, waiting] of stat.matchAll(/^cpu(\d+)(?: \d+){3} (\d+) (\d+)/gm)) {
    if (!allowed.has(Number(processor))) continue;
    processors += 1;
    ticks += Number(idle) + Number(waiting);
  }
  return { processors, idleMs: ticks * tickMs };
}

/** The numbers of a list such as `0-3,8`. */
function numbersOf(list: string): Set<number> {
  const numbers = new Set<number>();
  for (const range of list.split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    for (let number = first; number <= last; number += 1) numbers.add(number);
  }
  return numbers;
}

/**
 * The longest that a job can have waited because other programs had the processors: the wall time without
 * the share in which processors were idle or worked for the job itself. What a job's processes wait beyond
 * that, they waited for each other.
 */
export function waitedForOthersMs(
  job: { readonly wallMs: number; readonly cpuMs: number },
  before: MachineTime,
  after: MachineTime,
): number {
  const { processors } = after;
  if (processors === 0) return 0;
  return Math.max(0, job.wallMs - (after.idleMs - before.idleMs + job.cpuMs) / processors);
}
