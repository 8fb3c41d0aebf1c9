// Runs the answer and its tests as one program, and reports whether the end of the tests was reached. A call
// of `test` is appended.

import { unlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, exit, prepare, send, show, stringify } from './common.mjs';

unlinkSync(fileURLToPath(import.meta.url));

// Errors of TypeScript name its own lines.
process.setSourceMapsEnabled?.(true);

let reached = false;
let broken = false;
globalThis[Symbol.for('tiebreak.reached')] = () => (reached = true);
process.on('uncaughtExceptionMonitor', (error) => {
  broken = true;
  send(stringify({ stage: 'tests', ...describe(error), line: lineOf(error) }));
});
process.on('exit', (code) => {
  if (reached && !broken) send(stringify({ stage: 'done', ran: 1, good: code === 0 }));
});

/** How many lines each program has before the case's own. */
let linesBefore = {};

/** The line of the case at which an error arose, or which called what failed. */
function lineOf(error) {
  const places = String(error?.stack ?? '').matchAll(/([\w.-]+\.(?:tests|block)-[0-9a-f]{12})\.\w+:(\d+)/g);
  for (const [, program, line] of places) {
    const own = Number(line) - linesBefore[program];
    if (own > 0) return own;
  }
  return undefined;
}
globalThis[Symbol.for('tiebreak.lineOf')] = lineOf;

export async function test(programs, borrowed, lines) {
  linesBefore = lines;
  prepare(programs[0]);
  if (borrowed) {
    const {
      after,
      afterEach,
      before,
      beforeEach,
      describe: suite,
      it,
      test: one,
    } = await import('node:test');
    const others = { afterAll: after, beforeAll: before, describe: suite, test: one };
    Object.assign(globalThis, { after, afterEach, before, beforeEach, it, ...others });
  }
  let first;
  for (const program of programs) {
    try {
      return await import(pathToFileURL(resolve(program)).href);
    } catch (error) {
      first ??= error;
      // The tests declare a name that the answer also declares: the next program puts the tests in their own
      // scope.
      if (!(error instanceof SyntaxError) || !/already been declared/.test(error.message)) break;
    }
  }
  show(first);
  send(stringify({ stage: 'tests', ...describe(first), line: lineOf(first) }));
  exit(1);
}
