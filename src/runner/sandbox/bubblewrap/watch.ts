import { closeSync, openSync, readdirSync, readSync, statfsSync, statSync } from 'node:fs';
import type { SandboxJob } from '../sandbox.ts';
import type { LimitHit } from '../supervise.ts';
import type { Usage, Watch } from './firstProcess.ts';
import {
  descriptorsAllowed,
  filesAllowed,
  roomInFolders,
  taskLimit,
  terminalsAllowed,
  writableFolders,
} from '../limits.ts';
import { stackReason } from '../stack.ts';

const shortestGapMs = 7;
/** Most programs exit soon, so the first looks are more frequent, to see their memory at all. */
const earlyMs = 40;
const earlyGapMs = 3;
/**
 * The gap between looks grows with the cost of a look, so that watching takes at most about a twentieth of
 * one processor.
 */
const gapPerCost = 20;
const longestGapMs = 100;
/** Linux reports times in ticks of 10 ms on every architecture. */
const tickMs = 10;
/** A job that cannot be watched for this long is killed. */
const blindMs = 3000;

/**
 * Looks at every process of a sandbox repeatedly, and calls `onLimit` once a limit is exceeded. `init` is the
 * host's PID of the sandbox's first process: its `/proc/…/root/proc` lists exactly the processes of that
 * sandbox, including daemons.
 */
export function watchTree(init: number, job: SandboxJob, onLimit: LimitHit): Watch {
  const root = `/proc/${init}/root`;
  const started = performance.now();
  const seen = createLedger(writableFolders(job));
  let sighted = started;
  let timer = setTimeout(look, earlyGapMs);

  function look(): void {
    const before = performance.now();
    try {
      judge(seen.take(root), job, onLimit);
      sighted = before;
    } catch {
      // Either the sandbox has ended, which is noticed elsewhere, or it cannot be watched and must not
      // continue.
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
  /** The part of `bytes` in the stacks of main threads. */
  readonly stackBytes: number;
  readonly processes: number;
  readonly tasks: number;
  readonly files: number;
  readonly fileBytes: number;
  readonly descriptors: number;
  readonly terminals: number;
  /** The most bytes that the job's sockets can hold. */
  readonly socketBytes: number;
}

function judge(look: Look, job: SandboxJob, onLimit: LimitHit): void {
  const { limits } = job;
  if (look.cpuMs > limits.cpuMs) onLimit('cpu');
  if (look.bytes > limits.memoryBytes)
    onLimit('memory', look.stackBytes > limits.memoryBytes / 4 ? stackReason(limits) : undefined);
  if (look.socketBytes > limits.memoryBytes)
    onLimit('memory', 'the sockets could hold more than the memory limit');
  if (look.processes > limits.processes) onLimit('processes', `more than ${limits.processes} processes`);
  if (look.tasks > taskLimit(limits.processes)) onLimit('processes', `${look.tasks} processes and threads`);
  if (look.files > filesAllowed) onLimit('memory', `more than ${filesAllowed} files`);
  if (look.fileBytes > roomInFolders(job))
    onLimit('memory', `more than ${Math.floor(roomInFolders(job) / 2 ** 20)} MiB in files`);
  if (look.descriptors > descriptorsAllowed)
    onLimit('memory', `more than ${descriptorsAllowed} open descriptors`);
  if (look.terminals > terminalsAllowed) onLimit('processes', `more than ${terminalsAllowed} terminals`);
}

/** The figures of one process; they keep counting after the process has exited. */
interface Entry {
  ownMs: number;
  waitedMs: number;
}

/** One process at one moment. */
interface ProcessLook {
  readonly bytes: number;
  readonly stackBytes: number;
  /** The size of its page tables: limited but not reported, as in the compiled helper. */
  readonly tableBytes: number;
  readonly tasks: number;
  readonly treeMs: number;
  /** The size of its table of descriptors. */
  readonly slots: number;
}

const nothing: ProcessLook = {
  bytes: 0,
  stackBytes: 0,
  tableBytes: 0,
  tasks: 0,
  treeMs: 0,
  slots: 0,
};

/** Sums up the looks: times of processes that have exited stay in the sum. */
function createLedger(folders: readonly string[]): { take(root: string): Look; usage(): Usage } {
  const entries = new Map<string, Entry>();
  let peakBytes = 0;
  let cpuMs = 0;

  /**
   * One process's memory and tasks; its times go into the ledger. The wrapper itself does not count as part
   * of the program.
   */
  function process(root: string, pid: string): ProcessLook {
    const folder = `${root}/proc/${pid}`;
    const stat = readStat(folder);
    if (pid === '1') return { ...nothing, treeMs: stat.childrenMs };
    const status = statusOf(root, pid);
    const [ranNs = 0, waitedNs = 0] = readSmall(`${folder}/schedstat`).split(' ').map(Number);
    // `stat` covers all threads, in ticks; `schedstat` covers the first thread, in nanoseconds.
    entries.set(`${pid}@${stat.startTick}`, {
      ownMs: Math.max(stat.ownMs, ranNs / 1e6),
      waitedMs: waitedNs / 1e6,
    });
    peakBytes = Math.max(peakBytes, kibibytes(status, 'VmHWM'));
    return {
      bytes: kibibytes(status, 'RssAnon') + kibibytes(status, 'RssShmem'),
      stackBytes: kibibytes(status, 'VmStk'),
      tableBytes: kibibytes(status, 'VmPTE'),
      tasks: numberAfter(status, 'Threads'),
      treeMs: stat.ownMs + stat.childrenMs,
      slots: numberAfter(status, 'FDSize'),
    };
  }

  return {
    take(root) {
      const sum = { ...nothing, processes: 0 };
      for (const pid of readdirSync(`${root}/proc`)) {
        if (!isNumber(pid)) continue;
        try {
          const one = process(root, pid);
          sum.bytes += one.bytes;
          sum.stackBytes += one.stackBytes;
          sum.tableBytes += one.tableBytes;
          sum.tasks += one.tasks;
          sum.processes += pid === '1' ? 0 : 1;
          sum.treeMs += one.treeMs;
          sum.slots += one.slots;
        } catch {
          // The process exited between listing and reading.
        }
      }
      peakBytes = Math.max(peakBytes, sum.bytes);
      // Children that nobody waited for are only in the ledger; children between two looks are only in their
      // parents' times.
      cpuMs = Math.max(cpuMs, sum.treeMs, total(entries, 'ownMs'));
      const bytes = sum.bytes + sum.tableBytes;
      return {
        ...sum,
        bytes,
        cpuMs,
        ...filesIn(root, folders),
        descriptors: sum.slots > descriptorsAllowed ? descriptorsIn(root) : 0,
        terminals: readdirSync(`${root}/dev/pts`).filter(isNumber).length,
        socketBytes: socketBytesIn(root),
      };
    },
    usage: () => ({ cpuMs, peakBytes, waitedMs: total(entries, 'waitedMs') }),
  };
}

function total(entries: ReadonlyMap<string, Entry>, field: keyof Entry): number {
  let sum = 0;
  for (const entry of entries.values()) sum += entry[field];
  return sum;
}

function filesIn(root: string, folders: readonly string[]): { files: number; fileBytes: number } {
  const sum = { files: 0, fileBytes: 0 };
  for (const folder of folders) {
    const facts = statfsSync(root + folder);
    sum.files += facts.files - facts.ffree;
    sum.fileBytes += (facts.blocks - facts.bfree) * facts.bsize;
  }
  return sum;
}

/**
 * The most unread data that one socket can hold by the kernel's default; native/helper.c has the same value.
 */
const bytesPerSocket = 2 * 212_992;

function socketBytesIn(root: string): number {
  const used = /^sockets: used (\d+)/.exec(readSmall(`${root}/proc/1/net/sockstat`))?.[1];
  return Number(used ?? 0) * bytesPerSocket;
}

/**
 * The status of a process. If its first thread has exited, which then shows neither memory nor descriptors, that of
 * another thread.
 */
function statusOf(root: string, pid: string): string {
  const first = readSmall(`${root}/proc/${pid}/status`);
  if (first.includes('\nVmSize:') || numberAfter(first, 'Threads') < 2) return first;
  for (const thread of readdirSync(`${root}/proc/${pid}/task`)) {
    const status = thread === pid ? '' : readSmall(`${root}/proc/${thread}/status`);
    if (status.includes('\nVmSize:')) return status;
  }
  return first;
}

/** The open descriptors of all processes. Those of a process that does not show them are not counted. */
function descriptorsIn(root: string): number {
  let sum = 0;
  for (const pid of readdirSync(`${root}/proc`)) {
    if (!isNumber(pid) || pid === '1') continue;
    try {
      // Linux says how many there are since 6.2.
      const folder = `${root}/proc/${pid}/fd`;
      sum += statSync(folder).size || readdirSync(folder).length;
    } catch {
      // The process has exited.
    }
  }
  return sum;
}

/**
 * Times of a process from `/proc/PID/stat`: fields 14 to 17 and 22, counted after the name, which may contain
 * anything.
 */
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

/** Synchronous on purpose: one look takes tens of microseconds, less than a trip through the thread pool. */
function readSmall(path: string): string {
  const fd = openSync(path, 'r');
  try {
    return scratch.toString('latin1', 0, readSync(fd, scratch, 0, scratch.length, 0));
  } finally {
    closeSync(fd);
  }
}
