import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex, Writable } from 'node:stream';
import { messageOf } from '../../../core/errors.ts';
import { descriptors } from './arguments.ts';
import type { Exit, Launch, SandboxProcess } from './firstProcess.ts';
import { isGone, killInit } from './init.ts';

/** How long the sandbox's first process may take to die before bwrap itself is killed. */
const graceMs = 200;

/**
 * Without a compiled helper: starts a job's command with an empty environment and feeds its data. If the command cannot
 * start, `exited` says why.
 */
export function startSandbox(launch: Launch, talks: boolean): SandboxProcess {
  const statusFile = openStatus();
  const child = spawnLaunch(launch, statusFile, talks);
  const status = followStatus(statusFile, child);
  feedData(child, launch);
  // A program that has ended does not read its input.
  child.stdin?.on('error', () => undefined);
  return {
    input: child.stdin,
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
    onInit: (listener) => status.onInit(listener),
    get hasEnded() {
      return hasEnded(child);
    },
    give() {
      throw new TypeError('this first process does not wait for a job');
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
 * An unnamed file for bwrap's status. A pipe would break if the host exits, which could kill bwrap in the
 * middle of its set-up: the process it has already started would then wait for it for ever.
 */
function openStatus(): number {
  const path = join(tmpdir(), `tiebreak-status-${randomUUID()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** Closes the host's copies of the opened files once the child has its own. */
function spawnLaunch(launch: Launch, statusFile: number, talks: boolean): ChildProcess {
  const opened: number[] = [];
  try {
    return spawn(launch.program, launch.argv, {
      // Not even PATH: programs inside can read bwrap's own environment through /proc/1.
      env: {},
      stdio: [talks ? 'pipe' : 'ignore', ...stdioOf(launch, statusFile, opened)],
      ...(launch.user === undefined ? {} : { uid: launch.user.uid, gid: launch.user.gid }),
    });
  } catch (error) {
    closeSync(statusFile);
    throw error;
  } finally {
    opened.forEach(closeSync);
  }
}

/** Every descriptor but the input. Passes a file as a descriptor, so that it may be in a folder that the sandbox's user cannot enter. */
function stdioOf(launch: Launch, statusFile: number, opened: number[]): ('pipe' | number)[] {
  const data = launch.data.map((piece) => {
    if (piece instanceof Uint8Array) return 'pipe';
    const file = openSync(piece.path, 'r');
    opened.push(file);
    return file;
  });
  // In the order of `descriptors`, after the input: output, errors, channel, report, status.
  return ['pipe', 'pipe', 'pipe', 'pipe', statusFile, ...data];
}

function streamAt(child: ChildProcess, descriptor: number): Duplex {
  return child.stdio[descriptor] as Duplex;
}

/**
 * Writes each piece of data to its descriptor. Ignores write errors: a bwrap that gave up does not read its
 * data.
 */
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

/** How long to wait before reading bwrap's status again. */
const askAgainMs = 1;

/** Reads bwrap's status: first the PID of the process inside, at the end its exit code. */
function followStatus(file: number, child: ChildProcess): Status {
  const buffer = Buffer.alloc(1024);
  /** Read from the beginning each time: bwrap appends to the file. */
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

/** Waits until bwrap has exited and its status is complete. */
function exitOf(child: ChildProcess, status: Status): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ran: false, error: messageOf(error) }));
    child.once('exit', () => resolve({ ran: status.hasExitCode(), error: undefined }));
  });
}

/**
 * Kills the first process inside as soon as its PID is known. The kernel then kills its whole PID namespace,
 * and bwrap exits. If that does not work within a moment, kills bwrap, whose child dies with it. Not earlier:
 * a bwrap that is killed during its start could leave processes behind. This module started both processes.
 */
function killTree(child: ChildProcess, status: Status): void {
  status.onInit(killInit);
  setTimeout(() => {
    if (!hasEnded(child)) child.kill('SIGKILL');
  }, graceMs).unref();
}
