// What a key in the rationale costs with 200 cases on the board, and whether 200 results that arrive delay the page.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseResult } from '../../src/core/run/run.ts';
import { StateSender } from '../../src/sessions/stateSender.ts';
import { Session } from '../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { result } from '../fixtures/rationaleContext.ts';
import { heldRunner } from '../fixtures/heldRunner.ts';
import { output, runAll, smallRubric, taskOf } from '../fixtures/manyCases.ts';
import { sampleServices } from '../fixtures/services.ts';
import { PanelPage } from '../e2e/panelFixture/page.ts';
import { sharedBrowser, stopShared } from '../e2e/shared.ts';
import { sampleDraft } from '../unit/store/samples.ts';
import { median, printRow } from './table.ts';
import { importTasks } from '../fixtures/imports.ts';

const cases = 200;
const task = taskOf('board', cases);
const rationale =
  '@A is better than @B because @B:2 subtracts where the prompt asks for a sum, so each call with b other than zero is wrong.';

await measureHost();
await measureSave();
try {
  await measurePage();
} finally {
  await stopShared();
}

/** The whole work of the host for each key: the draft, the rules, and the message to the page. */
async function measureHost(): Promise<void> {
  const store = await openSqliteStore(':memory:');
  await importTasks(store, [task]);
  const held = heldRunner();
  const services = sampleServices(store, { runner: held.runner, rubric: async () => smallRubric });
  const session = await Session.open(task, services);
  await runAll(session, held);
  let bytes = 0;
  const sender = new StateSender((message) => (bytes += Buffer.byteLength(JSON.stringify(message))));
  sender.whole(session.state({ index: 1, total: 1 }));
  session.onDidChange((sections) => sender.change(sections));
  const keys = Array.from({ length: rationale.length }, (_, index) => {
    bytes = 0;
    const start = performance.now();
    session.edit({ kind: 'rationale', text: rationale.slice(0, index + 1) });
    return { ms: performance.now() - start, bytes };
  });
  await session.flush();
  session.dispose();
  await store.close();
  const ms = median(keys.map((key) => key.ms));
  printRow({
    name: `host time of a key in the rationale, ${cases} cases`,
    measured: `${ms.toFixed(2)} ms`,
    goal: '< 2 ms',
    ratio: ms / 2,
  });
  const most = Math.max(...keys.map((key) => key.bytes)) / 1_000;
  printRow({
    name: `largest message of a key, ${cases} cases`,
    measured: `${most.toFixed(1)} kB`,
    goal: '< 4 kB',
    ratio: most / 4,
  });
}

/** How long a save of a draft with 200 cases of the evaluator's own holds the host, apart from what it leaves to the disk. */
async function measureSave(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tiebreak-bench-'));
  const store = await openSqliteStore(join(folder, 'tiebreak.db'));
  const draft = sampleDraft('board', { cases: task.cases!.map((own) => ({ ...own, origin: 'evaluator' })) });
  const held: number[] = [];
  const whole: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    const start = performance.now();
    const saving = store.saveDraft({ ...draft, rationale: rationale.slice(0, n) });
    held.push(performance.now() - start);
    await saving;
    whole.push(performance.now() - start);
  }
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  printRow({
    name: `host held by a draft save, ${cases} cases (whole ${median(whole).toFixed(1)} ms)`,
    measured: `${median(held).toFixed(1)} ms`,
    goal: '< 5 ms',
    ratio: median(held) / 5,
  });
}

/** Types in the page while results of all cases arrive on both sides, one by one. Processor time: other programs do not count. */
async function measurePage(): Promise<void> {
  const browser = await sharedBrowser();
  const panel = await PanelPage.open(browser, { task });
  try {
    await panel.settled();
    await browser.startTracing(panel.page, {
      categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    await Promise.all([panel.rationale.pressSequentially(rationale), giveResults(panel)]);
    await panel.settled();
    const longest = longestTask(await browser.stopTracing());
    printRow({
      name: `longest task of the page while ${cases} results arrive`,
      measured: `${longest.toFixed(0)} ms`,
      goal: '< 50 ms',
      ratio: longest / 50,
    });
  } finally {
    await panel.close();
  }
}

async function giveResults(panel: PanelPage): Promise<void> {
  const board = panel.host.state().cases!;
  const results = { A: {}, B: {} } as Record<'A' | 'B', Record<string, CaseResult>>;
  const side = (name: 'A' | 'B') => ({ phase: 'running' as const, results: { ...results[name] } });
  for (let index = 0; index < cases; index += 1) {
    const id = `case-${index}`;
    results.A[id] = { ...result(id, 'pass'), stdout: output };
    results.B[id] = { ...result(id, 'fail'), stdout: output };
    panel.host.send({ cases: { ...board, sides: { A: side('A'), B: side('B') } } });
    // Messages arrive in order: the page has the result once it answers.
    await panel.page.evaluate(() => undefined);
  }
}

/** An entry of a trace. `tdur` is processor time in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
}

/** Processor time of the longest task of the thread that runs the page's script, in milliseconds. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const scripts = new Set(traceEvents.filter(({ name }) => name === 'FunctionCall').map(threadOf));
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && scripts.has(threadOf(event)));
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}
