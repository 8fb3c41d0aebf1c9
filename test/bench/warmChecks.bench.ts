// Checkers that stay up, compared with fresh processes in the same run: the first pair of a window, a pair that is checked again
// after one line of each answer has changed, and whether both report the same on all public pairs.

import { checkRequest, looksAt, type Check } from '../../src/checks/check.ts';
import { createChecks } from '../../src/checks/checks.ts';
import { createWarmCheckers, type WarmCheckers } from '../../src/checks/warm/warmCheckers.ts';
import { programFiles } from '../../src/core/extraction/programFiles.ts';
import type { SourceFile, Task } from '../../src/core/task/task.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import { pairsAbsent, readPairs } from '../fixtures/pairs.ts';
import { median, printRow } from './table.ts';

const inRepository = (path: string): string => new URL(`../../${path}`, import.meta.url).pathname;
const checkersDir = inRepository('node_modules');
const sandbox = createSandbox({ nativeDir: inRepository('node_modules/.cache/tiebreak/native') });
const toolchains = createToolchains(checkersDir);

/** The languages whose checkers stay up, the beginning of a comment in each, and the goal for a pair that is checked again. */
const measured = [
  { language: 'python', comment: '#', goalMs: 150 },
  { language: 'typescript', comment: '//', goalMs: 200 },
  { language: 'javascript', comment: '//', goalMs: undefined },
] as const;
const changes = 5;

/** The checks of a window that has just opened. */
const newWindow = (warm?: WarmCheckers): readonly Check[] =>
  createChecks({ sandbox, checkersDir, toolchains, trusted: () => true, ...(warm && { warm }) });

function filesOf(task: Task): SourceFile[][] {
  const { mainFile } = toolchains.toolchain(task.language);
  return task.answers.map((answer) => programFiles(task, answer, { mainFile }));
}

/** Runs every check on both answers at once, as when a task opens; returns the reports and the milliseconds. */
async function checkPair(
  checks: readonly Check[],
  { language, cases = [] }: Task,
  answers: readonly SourceFile[][],
): Promise<{ reports: string; ms: number }> {
  const start = performance.now();
  const fitting = checks.filter((check) => looksAt(check, language));
  const reports = await Promise.all(
    answers.flatMap((files, index) =>
      fitting.map((check) => check.check(checkRequest(String(index), language, files, cases))),
    ),
  );
  return { reports: JSON.stringify(reports), ms: performance.now() - start };
}

if (pairsAbsent === undefined) await measure();
else console.log(`Without the checkers that stay up: ${pairsAbsent}.`);

async function measure(): Promise<void> {
  const pairs = readPairs().map(({ task }) => task);
  for (const { language, comment, goalMs } of measured) {
    const [first] = pairs.filter((task) => task.language === language);
    if (first === undefined) continue;
    const warm = createWarmCheckers(sandbox);
    const staying = newWindow(warm);
    const fresh = newWindow();
    const answers = filesOf(first);
    const changed = (line: string): SourceFile[][] =>
      answers.map((files) => files.map((file) => ({ ...file, text: `${file.text}\n${comment} ${line}\n` })));
    const opened = await checkPair(staying, first, answers);
    const openedFresh = await checkPair(fresh, first, answers);
    const again: number[] = [];
    const againFresh: number[] = [];
    for (let n = 0; n < changes; n++) {
      again.push((await checkPair(staying, first, changed(`${n}`))).ms);
      againFresh.push((await checkPair(fresh, first, changed(`${n}`))).ms);
    }
    await warm.dispose();
    printRow({
      name: `the first pair of a window, ${language}: to fresh processes`,
      measured: `${Math.round(opened.ms)} ms`,
      goal: `≤ ${Math.round(openedFresh.ms)} ms`,
      ratio: opened.ms / openedFresh.ms,
    });
    printRow({
      name: `a pair after a changed line, ${language}: to fresh processes`,
      measured: `${Math.round(median(again))} ms`,
      ...(goalMs === undefined ? {} : { goal: `≤ ${goalMs} ms` }),
      ratio: median(again) / median(againFresh),
    });
  }
  await compareAll(pairs.filter((task) => measured.some(({ language }) => language === task.language)));
}

async function compareAll(pairs: readonly Task[]): Promise<void> {
  const warm = createWarmCheckers(sandbox);
  const staying = newWindow(warm);
  const fresh = newWindow();
  let same = 0;
  for (const task of pairs) {
    const answers = filesOf(task);
    const { reports } = await checkPair(staying, task, answers);
    if (reports === (await checkPair(fresh, task, answers)).reports) same += 1;
    else console.log(`Checkers that stay up report something else on ${task.id}.`);
  }
  await warm.dispose();
  printRow({
    name: 'public pairs with the same reports from checkers that stay up',
    measured: `${same} of ${pairs.length}`,
    goal: 'all',
    ratio: same / pairs.length,
  });
}
