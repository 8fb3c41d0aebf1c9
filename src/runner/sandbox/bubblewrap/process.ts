import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/errors.ts';
import { descriptors, type Launch } from './arguments.ts';

/** How long the sandbox's first process may take to die before bwrap itself is killed, and all of it to vanish. */
const graceMs = 200;
const vanishMs = 5000;

/** A bwrap that was started, and what it says of itself. */
export interface SandboxProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly channel: Readable;
  readonly report: Readable;
  /** Resolves once, when bwrap has ended; never rejects. */
  readonly exited: Promise<Exit>;
  /**
   * For a first process that waits for the word: called once all is set up inside, with the host's number of the first process there; the program starts when the
   * listener has returned.
   */
  onReady(listener: (init: number) => void): void;
  /** Ends every process of the sandbox at once. */
  kill(): void;
  /** Resolves when no process of the sandbox is left; false when some still is after a while. */
  gone(): Promise<boolean>;
  /** Lets go of every descriptor; output that is still on its way is lost. */
  close(): void;
}

interface Exit {
  /** The program was started and its end was seen by bwrap. */
  readonly ran: boolean;
  /** What kept bwrap from starting. */
  readonly error: string | undefined;
}

/** Starts a job's command with an empty environment and feeds its data. A program that cannot start: see `exited`. */
export function startSandbox(launch: Launch): SandboxProcess {
  const statusFile = openStatus();
  const child = spawnLaunch(launch, statusFile);
  const status = followStatus(statusFile, child);
  feedData(child, launch);
  return {
    stdout: streamAt(child, 1),
    stderr: streamAt(child, 2),
    channel: streamAt(child, descriptors.channel),
    report: streamAt(child, descriptors.report),
    exited: exitOf(child, status),
    onReady(listener) {
      const report = streamAt(child, descriptors.report);
      report.once('data', () =>
        status.onInit((init) => {
          listener(init);
          report.write('g');
        }),
      );
    },
    kill: () => killTree(child, status),
    gone: () => isGone(status.init()),
    close() {
      child.stdio.forEach((stream) => stream?.destroy());
      closeSync(statusFile);
    },
  };
}

/**
 * A file without a name for bwrap's account of itself. A pipe would break with the host, and take bwrap along between two
 * steps: what it has started by then would wait for it for ever.
 */
function openStatus(): number {
  const path = join(tmpdir(), `tiebreak-status-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** The child has its own copies of the opened files once it is there. */
function spawnLaunch(launch: Launch, statusFile: number): ChildProcess {
  const opened: number[] = [];
  try {
    return spawn(launch.program, launch.argv, {
      // Not even PATH: bwrap's own environment would be readable inside by way of /proc/1.
      env: {},
      stdio: stdioOf(launch, statusFile, opened),
      ...(launch.user === undefined ? {} : { uid: launch.user.uid, gid: launch.user.gid }),
    });
  } catch (error) {
    closeSync(statusFile);
    throw error;
  } finally {
    opened.forEach(closeSync);
  }
}

/** A file is handed over as a descriptor, so that it may lie where the sandbox's user cannot go. */
function stdioOf(launch: Launch, statusFile: number, opened: number[]): StdioOptions {
  const data = launch.data.map((piece) => {
    if (piece instanceof Uint8Array) return 'pipe';
    const file = openSync(piece.path, 'r');
    opened.push(file);
    return file;
  });
  // In the order of `descriptors`: input, output, errors, channel, report, status.
  return ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', statusFile, ...data];
}

function streamAt(child: ChildProcess, descriptor: number): Duplex {
  return child.stdio[descriptor] as Duplex;
}

/** Writes each piece of data to its descriptor; what a bwrap that gave up does not read is of no matter. */
function feedData(child: ChildProcess, launch: Launch): void {
  launch.data.forEach((piece, index) => {
    if (!(piece instanceof Uint8Array)) return;
    const stream: Writable | null | undefined = streamAt(child, descriptors.firstData + index);
    stream?.on('error', () => undefined);
    stream?.end(piece);
  });
}

interface Status {
  init(): number | undefined;
  onInit(listener: (pid: number) => void): void;
  hasExitCode(): boolean;
}

/** How soon bwrap is asked again for what it has not told yet. */
const askAgainMs = 1;

/** Reads bwrap's own account: first the number of the process inside, at the end its exit code. */
function followStatus(file: number, child: ChildProcess): Status {
  const buffer = Buffer.alloc(1024);
  /** From the beginning each time: bwrap goes on writing where it was. */
  const text = (): string => buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
  let known: number | undefined;
  function init(): number | undefined {
    if (known !== undefined) return known;
    const found = /"child-pid": (\d+)/.exec(text());
    return (known = found === null ? undefined : Number(found[1]));
  }
  function onInit(listener: (pid: number) => void): void {
    if (hasEnded(child)) return;
    const pid = init();
    if (pid === undefined) setTimeout(onInit, askAgainMs, listener).unref();
    else listener(pid);
  }
  return { init, onInit, hasExitCode: () => text().includes('"exit-code"') };
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Waits for bwrap's end, by when it has said its last words. */
function exitOf(child: ChildProcess, status: Status): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ran: false, error: messageOf(error) }));
    child.once('exit', () => resolve({ ran: status.hasExitCode(), error: undefined }));
  });
}

/**
 * Kills the first process inside, as soon as there is one: with it the kernel ends its whole process namespace, and bwrap
 * follows. bwrap itself only after a moment, should that not do (its child dies with it): a bwrap that is killed while it
 * starts could leave behind what it was about to start. Both are processes that this module started.
 */
function killTree(child: ChildProcess, status: Status): void {
  status.onInit(killInit);
  setTimeout(() => {
    if (!hasEnded(child)) child.kill('SIGKILL');
  }, graceMs).unref();
}

function killInit(init: number): void {
  if (!isAlive(init)) return;
  try {
    process.kill(init, 'SIGKILL');
  } catch {
    // It ended by itself, or belongs to another user now: bwrap is killed in a moment.
  }
}

async function isGone(init: number | undefined): Promise<boolean> {
  if (init === undefined) return true;
  for (const deadline = performance.now() + vanishMs; performance.now() < deadline; await sleep(2)) {
    if (!isAlive(init)) return true;
  }
  return false;
}

/**
 * Whether a sandbox's first process lives. The number may have been given to another process since; a first process is
 * known by being number 1 of its own innermost namespace. A zombie holds nothing any more.
 */
function isAlive(init: number): boolean {
  try {
    const status = readFileSync(`/proc/${init}/status`, 'latin1');
    return /^NSpid:\s.*\s1$/m.test(status) && !/^State:\s+[ZX]/m.test(status);
  } catch {
    return false;
  }
}
