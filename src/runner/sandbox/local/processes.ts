import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** A process as listed by `ps`. */
export interface ListedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly bytes: number;
  readonly cpuMs: number;
}

/** The same columns on macOS and Linux, without a header. */
export const listArguments = ['-axo', 'pid=,ppid=,pgid=,rss=,time='] as const;

/** All processes of the machine; empty if `ps` cannot run. */
export async function listProcesses(): Promise<ListedProcess[]> {
  try {
    return parseProcesses((await execute('/bin/ps', listArguments, { timeout: 5000 })).stdout);
  } catch {
    return [];
  }
}

export function parseProcesses(text: string): ListedProcess[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length === 5)
    .map(([pid, parent, group, kibibytes, time]) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      bytes: Number(kibibytes) * 1024,
      cpuMs: parseTime(time ?? ''),
    }));
}

/** `[[DD-]HH:]MM:SS[.CC]`; hundredths on macOS only. */
function parseTime(text: string): number {
  const [days, clock] = text.includes('-') ? (text.split('-') as [string, string]) : ['0', text];
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1000;
}

/**
 * The processes of a job: those of its group and all their descendants. Does not include a daemon that left
 * the group and whose parent has exited: no listing can find it.
 */
export function processesOf(leader: number, all: readonly ListedProcess[]): ListedProcess[] {
  const known = new Set([leader]);
  const found: ListedProcess[] = [];
  let rest = all;
  for (let before = -1; before !== found.length;) {
    before = found.length;
    const belongs = ({ pid, parent, group }: ListedProcess): boolean =>
      group === leader || known.has(pid) || known.has(parent);
    const more = rest.filter(belongs);
    rest = rest.filter((one) => !belongs(one));
    found.push(...more);
    more.forEach(({ pid }) => known.add(pid));
  }
  return found;
}
