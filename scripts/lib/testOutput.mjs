import { format } from 'node:util';

/** Invisible, so that it disturbs nobody who sees the extension host's console itself. */
const mark = '\u2063';

/** @typedef {(...args: any[]) => void} Print */

/**
 * Inside the extension host: marks what the tests print, because the workbench writes to the same log.
 * @param {Print} print
 * @returns {Print}
 */
export function markOutput(print) {
  return (...args) => print(mark + format(...args));
}

/**
 * Outside: the text of an entry of the host's log, and whether the tests wrote it.
 * @param {readonly unknown[]} args As they came: a format and its values.
 */
export function readOutput(args) {
  const text = format(...args);
  return { text: text.replaceAll(mark, ''), fromTests: text.startsWith(mark) };
}
