// Runs next to a JavaScript answer inside the sandbox, as a Node.js module, and writes results to descriptor
// 3, one JSON text per line. It knows the arguments but never the expected values. It saves the functions
// that it needs before the answer can replace them.

import { unlinkSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

export const { stringify } = JSON;
export const exit = process.exit.bind(process);
unlinkSync(fileURLToPath(import.meta.url));

export function send(text) {
  let bytes = Buffer.from(text + '\n');
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(3, bytes));
}

/** An answer may give an error a name or a message that is not a string. */
const asText = (value) => String(value);

export function describe(error) {
  const names = [];
  if (error instanceof Error) {
    names.push(asText(error.name));
    for (let kind = error; kind !== null && kind !== Object.prototype; kind = Object.getPrototypeOf(kind)) {
      const name = kind.constructor?.name;
      if (typeof name === 'string' && !names.includes(name)) names.push(name);
    }
    return { names, message: asText(error.message).slice(0, 2000) };
  }
  return { names: [typeof error], message: inspect(error).slice(0, 2000) };
}

export function show(error) {
  const text = error instanceof Error ? (error.stack ?? String(error)) : 'Uncaught ' + inspect(error);
  const lines = text.split('\n').filter((line) => !/^\s+at .*(\/\.tiebreak\/|node:internal)/.test(line));
  process.stderr.write(
    lines
      .join('\n')
      .replaceAll('file://' + process.cwd() + '/', '')
      .replaceAll(process.cwd() + '/', '') + '\n',
  );
}

export function prepare(main) {
  process.argv = [process.argv[0], resolve(main)];
  // Provides what a script has but a module lacks, for code that mixes both.
  globalThis.require ??= createRequire(resolve(main));
  globalThis.module ??= { exports: {} };
  globalThis.exports ??= globalThis.module.exports;
}
