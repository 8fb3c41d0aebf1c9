import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How a program is started.
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] Gets each line of stdout and stderr; without it they go to this terminal.
 */

/**
 * How a program ended.
 * @typedef {object} RunResult
 * @property {number} code Its exit code; 128 when a signal ended it.
 * @property {string} output stdout and stderr as they came; empty when they went to this terminal.
 */

/**
 * Runs a program to its end. Rejects only when it cannot be started at all.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function run(command, args, { cwd, env, onLine } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', ...outputOf(onLine)] });
  /** @type {string[]} */
  const lines = [];
  const drained = eachLine(child, (line) => {
    lines.push(line);
    onLine?.(line);
  });
  const [code] = await once(child, 'exit');
  await drained;
  return { code: code ?? 128, output: lines.join('\n') };
}

/**
 * Runs a program that has to succeed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export async function runOrThrow(command, args, options) {
  const result = await run(command, args, options);
  if (result.code === 0) return result;
  throw new Error(`\`${[command, ...args].join(' ')}\` ended with code ${result.code}\n${result.output}`);
}

/**
 * A program that runs until it is stopped.
 * @typedef {object} Service
 * @property {number} pid
 * @property {Promise<number>} ended Its exit code, once it is gone.
 * @property {(pattern: RegExp) => Promise<RegExpExecArray>} says Waits for a line of its output; rejects if it ends first.
 * @property {() => Promise<void>} stop Ends it and everything it started.
 */

/** @type {Set<Service>} */
const services = new Set();

/**
 * Starts a program in a process group of its own, so that `stop` reaches its children and nothing else.
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
 * Keeps a service's output, so that one can wait for a line that came already.
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
      // Its last words may come after its end; something that it left running may hold them back for ever.
      void ended
        .then((code) => Promise.race([drained, sleep(500)]).then(() => code))
        .then((code) => reject(new Error(`It ended with code ${code}\n${lines.join('\n')}`)));
    });
  return { says };
}

/** Ends every service that this process started and that still runs. */
export async function stopServices() {
  await Promise.all([...services].map((service) => service.stop()));
}

/** Makes Ctrl+C and a polite kill end the services before this process goes. */
export function stopServicesOnSignal() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(
      signal,
      () => void stopServices().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)),
    );
  }
}

/** Milliseconds a group gets to end by itself. */
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
  // The leader is gone; whatever it left behind in its group goes with it.
  signalGroup(pid, 'SIGKILL');
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  // A group id of 0 or 1 would mean "everybody".
  if (!(pid > 1)) throw new RangeError(`${pid} is no process group of ours`);
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the group has already ended, which is what was wanted.
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
