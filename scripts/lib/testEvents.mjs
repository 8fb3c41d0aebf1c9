import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

// A test run writes its events to a file, because the in-editor tests have neither a pipe nor an exit code to
// read.

/** The environment variable that names the file to which a test run appends its events, one JSON object per line. */
export const eventsVariable = 'TIEBREAK_TEST_EVENTS';

/**
 * What a test run reports. `title` is the full title of a test, or the title of an outermost suite; `log` is the error
 * with its stack; `ms` are milliseconds.
 * @typedef {{ kind: 'begin', total: number }
 *   | { kind: 'pass', title: string }
 *   | { kind: 'skip', title: string }
 *   | { kind: 'fail', title: string, log: string }
 *   | { kind: 'suite', title: string, tests: number, ms: number }
 *   | { kind: 'end' }} TestEvent
 */

/** Milliseconds between two reads of the file. */
const interval = 200;

/**
 * Forwards the events of a file that another process appends to.
 * @param {string} path The file may not exist yet.
 * @param {(event: TestEvent) => void} onEvent
 * @returns {{ read: () => void, stop: () => void }} `read` forwards the events so far, `stop` forwards the rest and stops. Call
 * `stop` when the other process has exited.
 */
export function followEvents(path, onEvent) {
  const decoder = new StringDecoder('utf8');
  let offset = 0;
  let partial = '';
  const read = () => {
    const bytes = readFrom(path, offset);
    offset += bytes.length;
    const lines = (partial + decoder.write(bytes)).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) onEvent(JSON.parse(line));
  };
  const timer = setInterval(read, interval);
  const stop = () => {
    clearInterval(timer);
    read();
  };
  return { read, stop };
}

/**
 * @param {string} path
 * @param {number} offset In bytes.
 */
function readFrom(path, offset) {
  let file;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const bytes = Buffer.alloc(fstatSync(file).size - offset);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset));
  } finally {
    closeSync(file);
  }
}
