// Runs test files in worker processes, and reports the events of a test run.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRoot } from './paths.mjs';
import { run } from './process.mjs';
import { withTempDir } from './temp.mjs';
import { eventsVariable, followEvents } from './testEvents.mjs';

/** @typedef {import('./testReport.mjs').StageReport} StageReport */

/**
 * Runs the tests, which append their events to a file, and returns their exit code. Ends them when the signal is aborted.
 * @typedef {(eventsPath: string, signal: AbortSignal) => Promise<number>} StartTests
 */

/** Milliseconds that a process gets to exit after its last test. */
const exitGrace = 60_000;

/**
 * How to run test files.
 * @typedef {object} RunOptions
 * @property {readonly string[]} [args] Further arguments of the workers.
 * @property {number} [workers] How many processes share the files.
 * @property {number} [grace] Milliseconds that each gets to exit after its last test.
 */

/**
 * Runs test files in worker processes, which take one file after the other: see `testWorker.mjs`.
 * @param {readonly string[]} files The slowest first, so that no worker starts a slow file at the end.
 * @param {StageReport} report
 * @param {RunOptions} [options]
 */
export async function runFiles(files, report, { args = [], workers = 1, grace } = {}) {
  const worker = inRoot('scripts/lib/testWorker.mjs');
  const onLine = (/** @type {string} */ line) => report.print(line);
  await withTempDir(async (shared) => {
    const start = async (/** @type {string} */ eventsPath, /** @type {AbortSignal} */ signal) => {
      const env = { ...process.env, [eventsVariable]: eventsPath };
      const argv = [worker, ...args, shared, ...files];
      return (await run(process.execPath, argv, { cwd: inRoot(), env, onLine, signal })).code;
    };
    await Promise.all(Array.from({ length: workers }, () => withEvents(report, '', start, grace)));
  });
}

/**
 * Forwards the events of a test run to the report. A run that stops early, that fails without a failed test, or that does not
 * exit after its last test counts as a failure.
 * @param {StageReport} report
 * @param {string} prefix Before the title of each test.
 * @param {StartTests} start
 * @param {number} [grace] Milliseconds between the last test and the exit.
 */
export function withEvents(report, prefix, start, grace = exitGrace) {
  return withTempDir(async (dir) => {
    const eventsPath = join(dir, 'events');
    const lastTest = Promise.withResolvers();
    let hasEnded = false;
    let hasFailed = false;
    const events = followEvents(eventsPath, (event) => {
      hasEnded ||= event.kind === 'end';
      hasFailed ||= event.kind === 'fail';
      if (hasEnded) lastTest.resolve(undefined);
      report.onEvent('title' in event ? { ...event, title: `${prefix}${event.title}` } : event);
    });
    const overdue = new AbortController();
    const exited = start(eventsPath, overdue.signal).finally(events.stop);
    void lastTest.promise
      .then(() => Promise.race([exited, sleep(grace, 'overdue', { ref: false })]))
      .then(
        (first) => first === 'overdue' && overdue.abort(),
        () => {},
      );
    const code = await exited;
    const fail = (/** @type {string} */ log) => report.fail(`${prefix}all tests`, log);
    if (!hasEnded) fail(`The tests stopped before the end, with exit code ${code}`);
    else if (overdue.signal.aborted)
      fail('The tests ended, but their process did not: something that they started is still running');
    else if (code !== 0 && !hasFailed) fail(`All tests passed, but the run exited with code ${code}`);
  });
}
