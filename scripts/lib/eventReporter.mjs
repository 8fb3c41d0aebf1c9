import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';
import { eventsVariable } from './testEvents.mjs';

const { EVENT_RUN_BEGIN, EVENT_RUN_END, EVENT_SUITE_BEGIN, EVENT_SUITE_END } = Mocha.Runner.constants;
const { EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/**
 * Appends an event to the file that the environment variable names.
 * @param {import('./testEvents.mjs').TestEvent} event
 */
export function writeEvent(event) {
  const path = process.env[eventsVariable];
  if (path === undefined) throw new Error(`${eventsVariable} must name the file for the events`);
  appendFileSync(path, `${JSON.stringify(event)}\n`);
}

/** Prints nothing: writes the events of tests and suites. */
export class TestReporter extends Mocha.reporters.Base {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_TEST_PASS, (test) => writeEvent({ kind: 'pass', title: test.fullTitle() }));
    runner.on(EVENT_TEST_PENDING, (test) => writeEvent({ kind: 'skip', title: test.fullTitle() }));
    runner.on(EVENT_TEST_FAIL, (test, error) =>
      writeEvent({ kind: 'fail', title: test.fullTitle(), log: describeError(error) }),
    );
    this.#writeSuites(runner);
  }

  /**
   * Writes an event when an outermost suite ends.
   * @param {Mocha.Runner} runner
   */
  #writeSuites(runner) {
    let start = 0;
    const isOutermost = (/** @type {Mocha.Suite} */ suite) => suite.parent?.root === true;
    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (isOutermost(suite)) start = performance.now();
    });
    runner.on(EVENT_SUITE_END, (suite) => {
      if (!isOutermost(suite)) return;
      writeEvent({
        kind: 'suite',
        title: suite.title,
        tests: runner.grepTotal(suite),
        ms: performance.now() - start,
      });
    });
  }
}

/** Writes the begin and the end of the run as well. */
export default class EventReporter extends TestReporter {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once(EVENT_RUN_BEGIN, () => writeEvent({ kind: 'begin', total: runner.total }));
    runner.once(EVENT_RUN_END, () => writeEvent({ kind: 'end' }));
  }
}

/**
 * The error with its stack and with the errors that caused it.
 * @param {unknown} error
 * @returns {string}
 */
function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack ?? ''}`;
  return error.cause === undefined ? own : `${own}\nCaused by: ${describeError(error.cause)}`;
}
