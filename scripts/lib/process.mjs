import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How to start a program.
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] Receives each line of stdout and stderr; without it, both go to this terminal.
 * @property {AbortSignal} [signal] Of `run` only: asks the program to end; kills it where it does not.
 */

/**
 * How a program ended.
 * @typedef {object} RunResult
 * @property {number} code Its exit code; 128 if a signal killed it.
 * @property {string} output stdout and stderr in order of arrival; empty if they went to this terminal.
 */

/**
 * Runs a program until it exits. Rejects only if it cannot start.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function run(command, args, { cwd, env, onLine, signal } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', ...outputOf(onLine)] });
  signal?.addEventListener('abort', () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), grace).unref();
  });
  /** @type {string[]} */
  const lines = [];
  const drained = eachLine(child, (line) => {
    lines.push(line);
    onLine?.(line);
  });
  const [code] = await once(child, 'exit');
  // A program that was asked to end may leave another process that keeps its output open.
  if (signal?.aborted !== true) await drained;
  return { code: code ?? 128, output: lines.join('\n') };
}

/**
 * Runs a program; rejects unless it succeeds.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function runOrThrow(command, args, options) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  throw new Error(`\`${[command, ...args].join(' ')}\` exited with code ${result.code}\n${result.output}`);
}

/**
 * A program that runs until it is stopped.
 * @typedef {object} Service
 * @property {number} pid
 * @property {Promise<number>} ended Resolves with its exit code.
 * @property {(pattern: RegExp) => Promise<RegExpExecArray>} says Waits for a line of its output; rejects if the program exits first.
 * @property {() => Promise<void>} stop Stops the program and everything it started.
 */

/** @type {Set<Service>} */
const services = new Set();

/**
 * Starts a program in its own process group, so that `stop` reaches exactly the program and its children.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Service>}
 */
export async function startService(command, args, { cwd, env, onLine } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  await once(child, 'spawn');
  const pid = /** @type {number} */ (child.pid);
  const ended = once(child, 'exit').then(([code]) => code ?? 128);
  const output = listen(child, ended, onLine);
  /** @type {Service} */
  const service = {
    pid,
    ended,
    says: output.says,
    stop: () => stopGroup(pid, ended).then(() => void services.delete(service)),
  };
  services.add(service);
  return service;
}

/**
 * Keeps a service's output, so that callers can also wait for a line that was already printed.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} ended
 * @param {RunOptions['onLine']} onLine
 */
function listen(child, ended, onLine) {
  /** @type {string[]} */
  const lines = [];
  /** @type {Set<(line: string) => void>} */
  const waiting = new Set();
  const drained = eachLine(child, (line) => {
    lines.push(line);
    onLine?.(line);
    for (const check of waiting) check(line);
  });
  /** @type {Service['says']} */
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      /** @param {string} line */
      const check = (line) => {
        const match = pattern.exec(line);
        if (match !== null) resolve(match);
      };
      lines.forEach(check);
      waiting.add(check);
      // Its last output may arrive after its exit; a process that it left running may keep the pipe open for
      // ever.
      void ended
        .then((code) => Promise.race([drained, sleep(500)]).then(() => code))
        .then((code) => reject(new Error(`The program exited with code ${code}\n${lines.join('\n')}`)));
    });
  return { says };
}

/** Stops every service that this process started and that still runs. */
export async function stopServices() {
  await Promise.all([...services].map((service) => service.stop()));
}

/** Makes Ctrl+C and SIGTERM stop the services before this process exits. */
export function stopServicesOnSignal() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(
      signal,
      () => void stopServices().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)),
    );
  }
}

/** Milliseconds that a group gets to exit by itself. */
const grace = 3_000;

/**
 * @param {number} pid The group's leader.
 * @param {Promise<number>} ended
 */
async function stopGroup(pid, ended) {
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), grace);
  await ended;
  clearTimeout(timer);
  // The leader has exited; kill what it left in its group.
  signalGroup(pid, 'SIGKILL');
}

/**
 * Asks a process to end, if it has not ended yet.
 * @param {number} pid
 */
export function endProcess(pid) {
  send(pid, 'SIGTERM');
}

/**
 * @param {number} pid The group's leader.
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  // A group ID of 0 or 1 would address every process.
  if (!(pid > 1)) throw new RangeError(`${pid} is not a process group of this script`);
  send(-pid, signal);
}

/**
 * @param {number} target A process, or a group as a negative number.
 * @param {NodeJS.Signals} signal
 */
function send(target, signal) {
  try {
    process.kill(target, signal);
  } catch (error) {
    // ESRCH: it has already exited, as intended.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * @param {RunOptions['onLine']} onLine
 * @returns {['inherit' | 'pipe', 'inherit' | 'pipe']}
 */
const outputOf = (onLine) => (onLine === undefined ? ['inherit', 'inherit'] : ['pipe', 'pipe']);

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(line: string) => void} onLine
 */
async function eachLine(child, onLine) {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  await Promise.all(
    streams.map((input) => once(createInterface({ input, crlfDelay: Infinity }).on('line', onLine), 'close')),
  );
}
