// The stages of `npm test`. Started by scripts/test.mjs with Node 24: `testStages.mjs [STAGE or quick] [--grep PATTERN]`.

import { globSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runInEditor } from './editorTests.mjs';
import { ensureInstalled } from './installed.mjs';
import {
  containersVariable,
  containerStorage,
  inOuter,
  outerCommand,
  outerUsers,
  outerVariable,
  withoutContainers,
  withoutOuter,
} from './outerNamespace.mjs';
import { inRoot } from './paths.mjs';
import { run, stopServicesOnSignal } from './process.mjs';
import { eventsVariable } from './testEvents.mjs';
import { StageReport, summary } from './testReport.mjs';
import { runFiles, withEvents } from './testRun.mjs';
import { buildBundles, packageBundles } from './vsix.mjs';

/** @typedef {(report: StageReport) => Promise<void>} Stage */

/** The option that selects tests: `--grep PATTERN`. */
const testArguments = process.argv.slice(3);

/**
 * Unit tests that start compilers, interpreters or the packager. `npm run test:quick` excludes them.
 */
const slowUnitTests = [
  'test/unit/checks/**/*.test.ts',
  'test/unit/cli/**/*.test.ts',
  'test/unit/runner/**/*.test.ts',
  'test/unit/samples/**/*.test.ts',
  'test/unit/scripts/**/*.test.ts',
  'test/unit/sessions/differing/findDifferences.test.ts',
];

const attacks = 'test/hostile/**/*.test.ts';

/** Tests of what every sandbox promises, and of every language. */
const promises = ['sandbox/sandbox', 'ending', 'toolchains/toolchains'].map(
  (name) => `test/unit/runner/${name}.test.ts`,
);

/**
 * What `npm test` tries in containers, which take seconds each: what needs no limit of time or memory to end. The stage `containers`
 * tries everything.
 */
const briefly = [
  'returns the output, the exit|with their bytes and modes|collects the requested|256 MiB: python$',
  'a flood of output|links to be followed by the host|the whole file system|the environment',
  'the first process|TCP to the host|namespaces of its own|an exit status that it rewrites',
].join('|');

/** Starts from the bundles only, so that knip also finds code that only tests import. */
const knipProduction = [
  '--production',
  '--config',
  '.knip.production.json',
  '--include',
  'files,exports,types,duplicates',
];

/** @type {Record<string, Stage>} */
const stages = {
  format: (report) => runCheck('prettier', ['--check', '.'], report),
  lint: (report) => runCheck('oxlint', [], report),
  types: (report) => runCheck('tsc', ['-b'], report),
  knip: (report) => runCheck('knip', [], report),
  'knip-production': (report) => runCheck('knip', knipProduction, report),
  build: (report) => attempt(buildBundles, report),
  package: (report) => attempt(() => packageBundles(), report),
  unit: (report) =>
    runFiles([...filesOf(slowUnitTests), ...quickUnitTests()], report, { args: testArguments, workers: 2 }),
  'unit-quick': (report) => runFiles(quickUnitTests(), report, { args: testArguments }),
  hostile: (report) => runHostile(report),
  containers: runContainers,
  editor: (report) =>
    withEvents(report, '', (eventsPath) => runInEditor({ eventsPath, onLine: printTo(report) })),
  e2e: runEndToEnd,
};

/** The stages of `npm run test:quick`: everything that needs no editor, no browser and no toolchain. */
const quick = [['format', 'lint', 'types'], ['unit-quick']];

stopServicesOnSignal();
/** @type {{ name: string, report: StageReport }[]} */
const done = [];
await runNamed(process.argv[2]);
console.log(summary(done));
process.exitCode = done.some(({ report }) => report.failures.length > 0) ? 1 : 0;

/** @param {string | undefined} name A stage, `quick`, or nothing for all stages. */
async function runNamed(name) {
  if (name === 'quick') await Promise.all(quick.map(runInOrder));
  else if (name === undefined) await runAll();
  else await runStage(name);
}

/**
 * Runs every stage. Stages that only read the sources run during the build. Attacks mostly wait for a limit, so they, and then the
 * tests inside the editor, run beside the unit tests. The end-to-end tests run alone, since there may be only two cores.
 */
async function runAll() {
  await Promise.all([
    runInOrder(['format', 'lint', 'types', 'knip', 'knip-production']),
    runInOrder(['build', 'package']),
  ]);
  await Promise.all([runInOrder(['unit']), runInOrder(['hostile', 'editor'])]);
  await runInOrder(['e2e']);
}

/** @param {readonly string[]} names */
async function runInOrder(names) {
  for (const name of names) await runStage(name);
}

/**
 * Runs one stage; each line of its output begins with the stage's name.
 * @param {string} name
 */
async function runStage(name) {
  const stage = stages[name];
  if (stage === undefined) {
    throw new Error(`Unknown stage "${name}". Stages: quick, ${Object.keys(stages).join(', ')}`);
  }
  const report = new StageReport(name, console.log);
  try {
    await stage(report);
  } catch (error) {
    report.fail('', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  report.end();
  done.push({ name, report });
}

/** @param {StageReport} report */
function printTo(report) {
  return (/** @type {string} */ line) => report.print(line);
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {StageReport} report
 */
async function runCheck(tool, args, report) {
  const options = { cwd: inRoot(), onLine: () => {} };
  const { code, output } = await run(inRoot('node_modules/.bin', tool), args, options);
  if (code === 0) report.passed += 1;
  else report.fail('', output);
}

/**
 * @param {() => Promise<unknown>} step
 * @param {StageReport} report
 */
async function attempt(step, report) {
  await step();
  report.passed += 1;
}

function quickUnitTests() {
  return filesOf(['test/unit/**/*.test.ts'], slowUnitTests);
}

/**
 * The paths of test files, in order.
 * @param {readonly string[]} patterns
 * @param {readonly string[]} [exclude] Patterns of paths to exclude.
 */
function filesOf(patterns, exclude = []) {
  return globSync(patterns, { cwd: inRoot(), exclude }).toSorted();
}

/**
 * Two windows at a time: each waits for its server, its extension host and its page in turn.
 * @param {StageReport} report
 */
async function runEndToEnd(report) {
  // Each process would build and install the package where it is out of date, into the same folders.
  await ensureInstalled();
  const files = [...filesOf(['test/e2e/*.test.ts']), ...filesOf(['test/e2e/*/*.test.ts'])];
  await runFiles(files, report, { args: testArguments, workers: 2 });
}

/**
 * Runs the attacks in an outer namespace, once for each kind of user that this machine supports.
 * @type {Stage}
 */
async function runHostile(report) {
  const reason = withoutOuter();
  if (reason !== undefined) {
    report.print(`skipped: ${reason}`);
    report.skipped += 1;
    return;
  }
  // Each run has its own namespace, and most attacks only wait for a limit.
  await Promise.all([
    ...outerUsers().map((user) => runInOuter(user, [attacks], testArguments, report)),
    inContainers(report, () =>
      runInOuter(
        'root in containers',
        [...promises, attacks],
        testArguments.length > 0 ? testArguments : ['--grep', briefly],
        report,
      ),
    ),
  ]);
}

/**
 * Everything that can be tried in containers: what every sandbox promises, all languages and all attacks.
 * @type {Stage}
 */
async function runContainers(report) {
  await inContainers(report, () =>
    runInOuter('root in containers', [...promises, attacks], testArguments, report),
  );
}

/**
 * @param {StageReport} report
 * @param {() => Promise<void>} tests
 */
async function inContainers(report, tests) {
  const reason = withoutContainers();
  if (reason === undefined) {
    // A machine on which Podman has never run does not have the folder, over which a file system in memory is mounted there.
    await mkdir(containerStorage, { recursive: true });
    return tests();
  }
  report.print(`skipped in containers: ${reason}`);
  report.skipped += 1;
}

/**
 * @param {import('./outerNamespace.mjs').User} user
 * @param {readonly string[]} files
 * @param {readonly string[]} args
 * @param {StageReport} report
 */
function runInOuter(user, files, args, report) {
  return withEvents(report, `${user}: `, (eventsPath, signal) =>
    startInOuter({ user, argv: [...args, ...files], eventsPath, signal, report }),
  );
}

/**
 * @param {{ user: import('./outerNamespace.mjs').User, argv: readonly string[], eventsPath: string, signal: AbortSignal,
 *   report: StageReport }} tests
 */
async function startInOuter({ user, argv, eventsPath, signal, report }) {
  const folder = dirname(eventsPath);
  // The user of the attacks has no rights to our files.
  await chmod(folder, 0o777);
  const node = inOuter('node_modules/node/bin/node');
  const mocha = [inOuter('node_modules/mocha/bin/mocha.js'), '--reporter'];
  const reporter = inOuter('scripts/lib/eventReporter.mjs');
  const [command = '', ...outer] = outerCommand(user, [node, ...mocha, reporter, ...argv], folder);
  const env = {
    ...process.env,
    [eventsVariable]: eventsPath,
    [outerVariable]: 'yes',
    TMPDIR: '/tmp',
    ...(user === 'root in containers' ? { [containersVariable]: containerStorage } : {}),
  };
  const onLine = (/** @type {string} */ line) => report.print(`${user}: ${line}`);
  return (await run(command, outer, { env, onLine, signal })).code;
}
