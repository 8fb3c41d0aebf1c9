import { format } from 'node:util';

/** Invisible, so that it does not disturb anyone who reads the extension host's console directly. */
const mark = '\u2063';

/** @typedef {(...args: any[]) => void} Print */

/**
 * Inside the extension host: marks the output of the tests, because the workbench writes to the same log.
 * @param {Print} print
 * @returns {Print}
 */
export function markOutput(print) {
  return (...args) => print(mark + format(...args));
}

/**
 * Outside of the extension host: the text of a log entry, and whether the tests wrote it.
 * @param {readonly unknown[]} args The raw arguments: a format and its values.
 */
export function readOutput(args) {
  const text = format(...args);
  return { text: text.replaceAll(mark, ''), fromTests: text.startsWith(mark) };
}
