// Runs test files: `testWorker.mjs FOLDER [--grep PATTERN] FILE …`. Several workers share the files of a run. Each takes the
// next file that no other has taken, so that all of them are busy until the end. Events go to the file that the environment
// variable names. FOLDER holds what the workers of one run share.

import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import options from '../../.mocharc.json' with { type: 'json' };
import { collectSteps } from './afterLastTest.mjs';
import { TestReporter, writeEvent } from './eventReporter.mjs';

const { values, positionals } = parseArgs({
  options: { grep: { type: 'string', short: 'g', default: '' } },
  allowPositionals: true,
});
const [shared = '', ...files] = positionals;
const pattern = new RegExp(values.grep);
// Tests start the command line over and over: its modules are compiled once. This process itself ignores the variable.
process.env['NODE_COMPILE_CACHE'] = join(shared, 'compiled');

/** @type {Map<string, Mocha>} */
const loaded = new Map();
const endShared = collectSteps();
if (claim('total')) await writeTotal();
for (const [index, file] of files.entries()) {
  if (claim(String(index))) await runFile(file);
}
writeEvent({ kind: 'end' });
await endShared();

/** @param {string} file */
async function runFile(file) {
  const mocha = await load(file);
  const failures = await new Promise((resolve) => mocha.run(resolve));
  if (failures > 0) process.exitCode = 1;
  // Otherwise it would report uncaught errors of later files as its own.
  mocha.dispose();
}

/** The number of tests is known early because one worker loads all files first. */
async function writeTotal() {
  let total = 0;
  for (const file of files) {
    (await load(file)).suite.eachTest((/** @type {Mocha.Test} */ test) => {
      if (pattern.test(test.fullTitle())) total += 1;
    });
  }
  writeEvent({ kind: 'begin', total });
}

/**
 * Loads a file into a mocha of its own. Modules that several files import are loaded once.
 * @param {string} file
 */
async function load(file) {
  let mocha = loaded.get(file);
  if (mocha === undefined) {
    mocha = new Mocha({ ...options, grep: pattern, color: false, reporter: TestReporter });
    loaded.set(file, mocha);
    mocha.addFile(file);
    await mocha.loadFilesAsync();
  }
  return mocha;
}

/**
 * Claims a name; `true` if this worker is the first to claim it.
 * @param {string} name
 */
function claim(name) {
  try {
    closeSync(openSync(join(shared, name), 'wx'));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}
