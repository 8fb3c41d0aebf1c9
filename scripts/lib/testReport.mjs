// The printed report of a test run: a line after each step, and all failures together at the end.

/** @typedef {(line: string) => void} Print */

/**
 * A test, or a stage without tests, that failed.
 * @typedef {{ title: string, log: string }} Failure
 */

/** Milliseconds without a line after which the stage prints its progress. */
const longestSilence = 15_000;

/** Milliseconds between two lines of progress: a stage may finish hundreds of suites in a second. */
const shortestSilence = 2_000;

/** A running stage. A stage may run several mocha processes, which all report here. */
export class StageReport {
  passed = 0;
  skipped = 0;
  /** @type {Failure[]} */
  failures = [];
  #name;
  #out;
  #now;
  #start;
  #total = 0;
  #lastLine = Number.NEGATIVE_INFINITY;
  #timer;

  /**
   * @param {string} name
   * @param {Print} out
   * @param {() => number} [now] The clock, in milliseconds.
   */
  constructor(name, out, now = () => performance.now()) {
    this.#name = name;
    this.#out = out;
    this.#now = now;
    this.#start = now();
    this.#timer = setInterval(() => this.#breakSilence(), 1_000);
  }

  /** @param {string} text One or more lines. */
  print(text) {
    for (const line of text.split('\n')) this.#out(`${this.#name.padEnd(7)} │ ${line}`);
    this.#lastLine = this.#now();
  }

  /**
   * @param {string} title
   * @param {string} log
   */
  fail(title, log) {
    this.failures.push({ title, log });
  }

  /** @param {import('./testEvents.mjs').TestEvent} event */
  onEvent(event) {
    if (event.kind === 'begin') this.#total += event.total;
    if (event.kind === 'pass') this.passed += 1;
    if (event.kind === 'skip') this.skipped += 1;
    if (event.kind === 'fail') {
      this.fail(event.title, event.log);
      this.print(`${this.#progress()} FAILED  ${event.title}`);
    }
    if (event.kind === 'suite' && event.tests > 0 && this.#silence() >= shortestSilence) {
      const seconds = (event.ms / 1000).toFixed(1);
      this.print(`${this.#progress()} ${event.title} (${event.tests} in ${seconds} s)`);
    }
  }

  /** Prints the result of the stage. */
  end() {
    clearInterval(this.#timer);
    const { passed, skipped } = this;
    const failed = this.failures.length;
    const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    this.print(`${failed > 0 ? 'FAILED' : 'ok'} after ${this.#elapsed()}: ${counts}`);
  }

  #progress() {
    const done = this.passed + this.skipped + this.failures.length;
    return `${String(done).padStart(4)} of ${this.#total}, ${this.#elapsed()}`;
  }

  #elapsed() {
    const seconds = Math.round((this.#now() - this.#start) / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  /** Milliseconds since the last line, or since the start. */
  #silence() {
    return this.#now() - Math.max(this.#lastLine, this.#start);
  }

  #breakSilence() {
    if (this.#silence() >= longestSilence) this.print(this.#total > 0 ? this.#progress() : this.#elapsed());
  }
}

/**
 * The failures of all stages, each with its log, and a summary line.
 * @param {readonly { name: string, report: StageReport }[]} stages
 * @returns {string}
 */
export function summary(stages) {
  const failures = stages.flatMap(({ name, report }) =>
    report.failures.map(({ title, log }) => [
      '',
      title === '' ? name : `${name} │ ${title}`,
      ...log.split('\n').map((line) => `    ${line}`),
    ]),
  );
  const total = (/** @type {(report: StageReport) => number} */ count) =>
    stages.reduce((sum, { report }) => sum + count(report), 0);
  const skipped = total((report) => report.skipped);
  const counts = `${total((report) => report.passed)} passed, ${failures.length} failed`;
  const head = failures.length === 0 ? [] : ['', `── ${failures.length} failed ──`];
  const lines = [...head, ...failures.flat(), ...(failures.length === 0 ? [] : [''])];
  return [...lines, `${counts}${skipped > 0 ? `, ${skipped} skipped` : ''}`].join('\n');
}
