import { closeSync, openSync, readdirSync, readSync, statfsSync } from 'node:fs';
import type { FullLimits } from '../../core/task.ts';
import { scratchFolder } from '../sandbox.ts';
import type { LimitHit } from '../supervise.ts';
import type { Usage, Watch } from './first-process.ts';
import { filesAllowed, taskLimit } from '../limits.ts';

const shortestGapMs = 7;
/** Most programs are over soon: at first they are looked at more often, so that their memory is seen at all. */
const earlyMs = 40;
const earlyGapMs = 3;
/** The gap grows with the cost of a look, so that watching takes at most about a twentieth of one processor. */
const gapPerCost = 20;
const longestGapMs = 100;
/** Linux shows times to programs in ticks of 10 ms on every architecture. */
const tickMs = 10;
/** A job that cannot be seen for this long is ended. */
const blindMs = 3000;

/**
 * Looks at every process of a sandbox again and again, and calls `onLimit` once a limit is passed. `init` is the host's
 * number of the sandbox's first process: its `/proc/…/root/proc` lists the processes of that sandbox and no others,
 * daemons included.
 */
export function watchTree(init: number, limits: FullLimits, onLimit: LimitHit): Watch {
  const root = `/proc/${init}/root`;
  const started = performance.now();
  const seen = createLedger();
  let sighted = started;
  let timer = setTimeout(look, earlyGapMs);

  function look(): void {
    const before = performance.now();
    try {
      judge(seen.take(root), limits, onLimit);
      sighted = before;
    } catch {
      // It has ended, of which the end is heard elsewhere; or it cannot be seen, and must not go on so.
      if (before - sighted > blindMs) onLimit('failed', 'the processes of the sandbox cannot be watched');
    }
    const shortest = before - started < earlyMs ? earlyGapMs : shortestGapMs;
    const gap = Math.min(longestGapMs, Math.max(shortest, (performance.now() - before) * gapPerCost));
    timer = setTimeout(look, gap);
  }

  return {
    stop() {
      clearTimeout(timer);
      return seen.usage();
    },
  };
}

interface Look {
  readonly cpuMs: number;
  readonly bytes: number;
  readonly processes: number;
  readonly tasks: number;
  readonly files: number;
  /** What the job's sockets can hold, in bytes. */
  readonly socketBytes: number;
}

function judge(look: Look, limits: FullLimits, onLimit: LimitHit): void {
  if (look.cpuMs > limits.cpuMs) onLimit('cpu');
  if (look.bytes > limits.memoryBytes) onLimit('memory');
  if (look.socketBytes > limits.memoryBytes)
    onLimit('memory', 'more sockets than the memory limit has room for');
  if (look.processes > limits.processes) onLimit('processes', `more than ${limits.processes} processes`);
  if (look.tasks > taskLimit(limits.processes)) onLimit('processes', `${look.tasks} processes and threads`);
  if (look.files > filesAllowed) onLimit('memory', `more than ${filesAllowed} files`);
}

/** What is known of one process; it keeps counting after the process has gone. */
interface Entry {
  ownMs: number;
  waitedMs: number;
}

/** One process at one moment. */
interface ProcessLook {
  readonly bytes: number;
  /** Of its page tables: bounded, and not reported, as in the compiled helper. */
  readonly tableBytes: number;
  readonly tasks: number;
  readonly treeMs: number;
}

/** Adds the looks up: times of processes that have ended stay in the sum. */
function createLedger(): { take(root: string): Look; usage(): Usage } {
  const entries = new Map<string, Entry>();
  let peakBytes = 0;
  let cpuMs = 0;

  /** One process's memory and tasks; its times go into the ledger. The wrapper itself is not the program's doing. */
  function process(root: string, pid: string): ProcessLook {
    const folder = `${root}/proc/${pid}`;
    const stat = readStat(folder);
    if (pid === '1') return { bytes: 0, tableBytes: 0, tasks: 0, treeMs: stat.childrenMs };
    const status = readSmall(`${folder}/status`);
    const [ranNs = 0, waitedNs = 0] = readSmall(`${folder}/schedstat`).split(' ').map(Number);
    // `stat` covers all threads in ticks; `schedstat` the first thread to the nanosecond.
    entries.set(`${pid}@${stat.startTick}`, {
      ownMs: Math.max(stat.ownMs, ranNs / 1e6),
      waitedMs: waitedNs / 1e6,
    });
    peakBytes = Math.max(peakBytes, kibibytes(status, 'VmHWM'));
    return {
      bytes: kibibytes(status, 'RssAnon') + kibibytes(status, 'RssShmem'),
      tableBytes: kibibytes(status, 'VmPTE'),
      tasks: numberAfter(status, 'Threads'),
      treeMs: stat.ownMs + stat.childrenMs,
    };
  }

  return {
    take(root) {
      const sum = { bytes: 0, tableBytes: 0, tasks: 0, processes: 0, treeMs: 0 };
      for (const pid of readdirSync(`${root}/proc`)) {
        if (!isNumber(pid)) continue;
        try {
          const one = process(root, pid);
          sum.bytes += one.bytes;
          sum.tableBytes += one.tableBytes;
          sum.tasks += one.tasks;
          sum.processes += pid === '1' ? 0 : 1;
          sum.treeMs += one.treeMs;
        } catch {
          // It ended between the listing and the reading.
        }
      }
      peakBytes = Math.max(peakBytes, sum.bytes);
      // Children that nobody waited for are only in the ledger; children between two looks only in their parents' times.
      cpuMs = Math.max(cpuMs, sum.treeMs, total(entries, 'ownMs'));
      const bytes = sum.bytes + sum.tableBytes;
      return { ...sum, bytes, cpuMs, files: filesIn(root), socketBytes: socketBytesIn(root) };
    },
    usage: () => ({ cpuMs, peakBytes, waitedMs: total(entries, 'waitedMs') }),
  };
}

function total(entries: ReadonlyMap<string, Entry>, field: keyof Entry): number {
  let sum = 0;
  for (const entry of entries.values()) sum += entry[field];
  return sum;
}

function filesIn(root: string): number {
  return [scratchFolder, '/tmp', '/dev/shm'].reduce((sum, folder) => {
    const facts = statfsSync(root + folder);
    return sum + facts.files - facts.ffree;
  }, 0);
}

/** What one socket can hold unread, by the kernel's default; the same is in native/helper.c. */
const bytesPerSocket = 2 * 212_992;

function socketBytesIn(root: string): number {
  const used = /^sockets: used (\d+)/.exec(readSmall(`${root}/proc/1/net/sockstat`))?.[1];
  return Number(used ?? 0) * bytesPerSocket;
}

/** Times of a process from `/proc/PID/stat`: fields 14 to 17 and 22, counted after the name, which may hold anything. */
function readStat(folder: string): { ownMs: number; childrenMs: number; startTick: string } {
  const text = readSmall(`${folder}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (index: number): number => Number(fields[index]) * tickMs;
  return { ownMs: ticks(11) + ticks(12), childrenMs: ticks(13) + ticks(14), startTick: fields[19] ?? '' };
}

function kibibytes(status: string, field: string): number {
  return numberAfter(status, field) * 1024;
}

function numberAfter(status: string, field: string): number {
  const at = status.indexOf(`${field}:`);
  return at === -1 ? 0 : Number.parseInt(status.slice(at + field.length + 1, at + 40), 10);
}

function isNumber(name: string): boolean {
  const code = name.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}

const scratch = Buffer.allocUnsafe(8192);

/** Synchronous on purpose: a look is some tens of microseconds, and a thread pool would cost more than it. */
function readSmall(path: string): string {
  const fd = openSync(path, 'r');
  try {
    return scratch.toString('latin1', 0, readSync(fd, scratch, 0, scratch.length, 0));
  } finally {
    closeSync(fd);
  }
}
