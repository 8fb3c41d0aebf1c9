// Findings of the checks in real pairs, by language and tool; their precision on findings that a person has judged; and the
// time for both answers of a pair.

import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { checkRequest, looksAt } from '../../src/checks/check.ts';
import { createChecks } from '../../src/checks/checks.ts';
import type { CheckReport } from '../../src/core/run/diagnostic.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { programFiles } from '../../src/core/extraction/programFiles.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import type { Task } from '../../src/core/task/task.ts';
import { pairsAbsent, readPairs } from '../fixtures/pairs.ts';
import { patchTasks } from '../fixtures/patches.ts';
import { median, printRow } from './table.ts';

const inRepository = (path: string): string => new URL(`../../${path}`, import.meta.url).pathname;
const checkersDir = inRepository('node_modules');

/** A finding that a person has judged, by its position in the pairs; `right` says whether the finding is correct. */
const judgedSchema = z.array(
  z.strictObject({
    pair: z.string(),
    side: z.enum(['A', 'B']),
    check: z.string(),
    code: z.string(),
    line: z.int(),
    category: z.enum(['unknown-api', 'unsafe']),
    right: z.boolean(),
    why: z.string(),
  }),
);

interface Checked {
  readonly pair: string;
  readonly side: 'A' | 'B';
  readonly language: string;
  readonly report: CheckReport;
}

if (pairsAbsent === undefined) await measure();
else console.log(`Without the checks of real pairs: ${pairsAbsent}.`);

async function measure(): Promise<void> {
  const sandbox = createSandbox({ nativeDir: inRepository('node_modules/.cache/tiebreak/native') });
  const toolchains = createToolchains(checkersDir);
  const cache = await openSqliteStore(':memory:');
  const memory = { cache, reader: 'bench' };
  const newWindow = () => createChecks({ sandbox, checkersDir, toolchains, trusted: () => true, memory });
  let checks = newWindow();
  const all: Checked[] = [];
  const times = new Map<string, number[]>();

  /** Runs every check on both answers at once, as when a task opens. */
  async function checkTask(task: Task, language = task.language): Promise<void> {
    const { mainFile } = toolchains.toolchain(task.language);
    const start = performance.now();
    await Promise.all(
      task.answers.map(async (answer, index) => {
        const files = programFiles(task, answer, { mainFile });
        const request = checkRequest(answer.id, task.language, files, task.cases ?? []);
        const fitting = checks.filter((check) => looksAt(check, task.language));
        const reports = await Promise.all(fitting.map((check) => check.check(request)));
        const side = index === 0 ? 'A' : 'B';
        for (const report of reports) all.push({ pair: task.id, side, language, report });
      }),
    );
    times.set(language, [...(times.get(language) ?? []), performance.now() - start]);
  }

  const pairs = readPairs();
  for (const { task } of pairs) await checkTask(task);
  // Diffs without their projects: most judged findings in them are false alarms.
  for (const task of patchTasks()) await checkTask(task, `${task.language} diffs`);
  printFindings(all);
  printPrecision(all);
  for (const [language, taken] of times) {
    const goal = { python: 3_000, typescript: 3_000 }[language];
    printRow({
      name: `both answers of a pair, every check: ${language}`,
      measured: `${Math.round(median(taken))} ms`,
      ...(goal === undefined ? {} : { goal: '< 3 s', ratio: median(taken) / goal }),
    });
  }
  const again = async (where: string): Promise<void> => {
    const start = performance.now();
    for (const { task } of pairs) await checkTask(task);
    const ms = (performance.now() - start) / pairs.length;
    printRow({
      name: `both answers of a pair again, ${where}`,
      measured: `${ms.toFixed(1)} ms`,
      goal: 'at once',
    });
  };
  await again('in the same window');
  checks = newWindow();
  await again('in a new one');
  await cache.close();
}

/** Per language and tool: errors, warnings, unknown API, unsafe code; and answers that the tool could not check. */
function printFindings(all: readonly Checked[]): void {
  const groups = Map.groupBy(all, ({ language, report }) => `${language}, ${report.check}`);
  for (const [name, group] of [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const looked = group.filter(({ report }) => report.status === 'done');
    const found = looked.flatMap(({ report }) => report.diagnostics);
    const count = (fits: (each: (typeof found)[number]) => boolean): number => found.filter(fits).length;
    const counts = [
      count(({ severity }) => severity === 'error'),
      count(({ severity }) => severity === 'warning'),
      count(({ category }) => category === 'unknown-api'),
      count(({ category }) => category === 'unsafe'),
    ];
    printRow({
      name: `${name}, ${looked.length} of ${group.length} answers: error, warning, API, unsafe`,
      measured: counts.join(' '),
    });
  }
}

/**
 * The share of correct findings among those that a person has judged and that are still reported, without findings that only
 * say that something is unknown here. The checks were corrected with the wrong findings, so this is not the precision on new
 * pairs.
 */
function printPrecision(all: readonly Checked[]): void {
  const judged = judgedSchema.parse(
    JSON.parse(readFileSync(inRepository('test/data/checks/judged.json'), 'utf8')),
  );
  const isFound = ({ pair, side, check, code, line, category }: (typeof judged)[number]): boolean =>
    all.some(
      ({ report, ...where }) =>
        where.pair === pair &&
        where.side === side &&
        report.check === check &&
        report.diagnostics.some(
          (each) =>
            each.code === code &&
            each.category === category &&
            each.range.startLine === line &&
            each.severity !== 'info',
        ),
    );
  for (const category of ['unknown-api', 'unsafe'] as const) {
    const found = judged.filter((each) => each.category === category && isFound(each));
    const right = found.filter((each) => each.right).length;
    printRow({
      name: `${category}: right, of ${found.length} findings judged by hand`,
      measured: `${right} (${Math.round((100 * right) / found.length)}%)`,
    });
  }
}
