// The stages of `npm test`, and the one line that sums them up. Started by scripts/test.mjs with Node 24.

import { chmod, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runInEditor } from './editor-tests.mjs';
import { inOuter, outerCommand, outerUsers, outerVariable, withoutOuter } from './outer-namespace.mjs';
import { inRoot } from './paths.mjs';
import { run, stopServicesOnSignal } from './process.mjs';
import { tallyVariable } from './tally.mjs';
import { withTempDir } from './temp.mjs';
import { buildBundles, packageBundles } from './vsix.mjs';

/**
 * What a stage found. A stage without test cases counts as one.
 * @typedef {{ passed: number, failed: number, skipped: number }} Tally
 */

/** @type {Tally} */
const passed = { passed: 1, failed: 0, skipped: 0 };
/** @type {Tally} */
const failed = { passed: 0, failed: 1, skipped: 0 };

/** @typedef {(line: string) => void} Print */

/** @typedef {(print: Print) => Promise<Tally>} Stage */

const mochaArguments = process.argv.slice(3);

/** @type {Record<string, Stage>} */
const stages = {
  format: (print) => runCheck('prettier', ['--check', '.'], print),
  lint: (print) => runCheck('oxlint', [], print),
  types: (print) => runCheck('tsc', ['-b'], print),
  knip: (print) => runCheck('knip', [], print),
  build: (print) => attempt(buildBundles, print),
  package: (print) => attempt(() => packageBundles().then(print), print),
  unit: (print) => runMocha('test/unit/**/*.test.ts', print),
  hostile: runHostile,
  editor: (print) => withTally((tallyPath) => runInEditor({ tallyPath, onLine: print })),
  e2e: (print) => runMocha('test/e2e/**/*.test.ts', print),
};

stopServicesOnSignal();
const [only] = process.argv.slice(2);
const tallies = only === undefined ? await runAll() : [await runStage(only)];
const skipped = sum(tallies, 'skipped');
console.log(
  `${sum(tallies, 'passed')} passed, ${sum(tallies, 'failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = sum(tallies, 'failed') > 0 ? 1 : 0;

/**
 * @param {readonly Tally[]} all
 * @param {keyof Tally} key
 */
function sum(all, key) {
  return all.reduce((count, tally) => count + tally[key], 0);
}

/**
 * Every stage. What only reads the sources goes beside the build; what measures time or drives a browser goes alone,
 * since two cores are all there may be.
 */
async function runAll() {
  const [checks, bundles] = await Promise.all([
    runInOrder(['format', 'lint', 'types', 'knip']),
    runInOrder(['build', 'package']),
  ]);
  return [...checks, ...bundles, ...(await runInOrder(['unit', 'hostile', 'editor', 'e2e']))];
}

/** @param {readonly string[]} names */
async function runInOrder(names) {
  const results = [];
  for (const name of names) results.push(await runStage(name));
  return results;
}

/**
 * Runs one stage, each line of its output under its name.
 * @param {string} name
 * @returns {Promise<Tally>}
 */
async function runStage(name) {
  const stage = stages[name];
  if (stage === undefined) throw new Error(`There is no stage "${name}": ${Object.keys(stages).join(', ')}`);
  /** @type {Print} */
  const print = (text) => text.split('\n').forEach((line) => console.log(`${name.padEnd(7)} │ ${line}`));
  const start = performance.now();
  const tally = await stage(print).catch((error) => {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return failed;
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  print(`${tally.failed > 0 ? 'FAILED' : 'ok'} in ${seconds} s`);
  return tally;
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {Print} print
 */
async function runCheck(tool, args, print) {
  const { code } = await run(inRoot('node_modules/.bin', tool), args, { cwd: inRoot(), onLine: print });
  return code === 0 ? passed : failed;
}

/**
 * @param {() => Promise<void>} step
 * @param {Print} print
 */
async function attempt(step, print) {
  try {
    await step();
    return passed;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return failed;
  }
}

/**
 * @param {string} glob
 * @param {Print} print
 */
function runMocha(glob, print) {
  const args = [
    inRoot('node_modules/mocha/bin/mocha.js'),
    '--reporter',
    inRoot('scripts/lib/tally-reporter.mjs'),
  ];
  return withTally(async (tallyPath) => {
    const env = { ...process.env, [tallyVariable]: tallyPath };
    const { code } = await run(process.execPath, [...args, ...mochaArguments, glob], {
      cwd: inRoot(),
      env,
      onLine: print,
    });
    return code;
  });
}

/**
 * The programs that attack, in a namespace around everything, once for each kind of user that this machine can be.
 * @type {Stage}
 */
async function runHostile(print) {
  const reason = withoutOuter();
  if (reason !== undefined) {
    print(`skipped: ${reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  // Each has a world of its own, and much of what is tried waits for a limit.
  const found = await Promise.all(
    outerUsers().map((user) => {
      /** @type {Print} */
      const printAs = (line) => print(`${user}: ${line}`);
      return withTally((tallyPath) => runAttacks(user, tallyPath, printAs));
    }),
  );
  return { passed: sum(found, 'passed'), failed: sum(found, 'failed'), skipped: sum(found, 'skipped') };
}

/**
 * @param {import('./outer-namespace.mjs').User} user
 * @param {string} tallyPath
 * @param {Print} print
 */
async function runAttacks(user, tallyPath, print) {
  const folder = dirname(tallyPath);
  // Whoever tries has no rights to what is ours.
  await chmod(folder, 0o777);
  const node = inOuter('node_modules/node/bin/node');
  const mocha = [inOuter('node_modules/mocha/bin/mocha.js'), '--reporter'];
  const reporter = inOuter('scripts/lib/tally-reporter.mjs');
  const argv = [node, ...mocha, reporter, ...mochaArguments, 'test/hostile/**/*.test.ts'];
  const [command = '', ...args] = outerCommand(user, argv, folder);
  const env = { ...process.env, [tallyVariable]: tallyPath, [outerVariable]: 'yes', TMPDIR: '/tmp' };
  const { code } = await run(command, args, { env, onLine: print });
  return code;
}

/**
 * The figures of a test run. A run that ended badly without a failed test, or left no figures, is a failure by itself.
 * @param {(tallyPath: string) => Promise<number>} start Runs the tests and gives their exit code.
 * @returns {Promise<Tally>}
 */
function withTally(start) {
  return withTempDir(async (dir) => {
    const tallyPath = join(dir, 'tally.json');
    const code = await start(tallyPath);
    /** @type {Tally} */
    const tally = await readFile(tallyPath, 'utf8').then(JSON.parse, () => ({
      passed: 0,
      failed: 0,
      skipped: 0,
    }));
    return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  });
}
