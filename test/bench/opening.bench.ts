// From opening the next task until its colours, checks and results are there: prepared while another task was judged, against not.

import { createChecks } from '../../src/checks/checks.ts';
import type { Task } from '../../src/core/task/task.ts';
import { PreparedRuns } from '../../src/runner/preparedRuns.ts';
import { createRunner } from '../../src/runner/run.ts';
import { createSandbox } from '../../src/runner/sandbox/choose.ts';
import { idleSandbox } from '../../src/runner/sandbox/idle.ts';
import { createToolchains } from '../../src/runner/toolchains/toolchains.ts';
import { Colouring } from '../../src/sessions/page/colouring.ts';
import { Highlighter } from '../../src/sessions/page/highlighter.ts';
import { prepareTask } from '../../src/sessions/review/prepareTask.ts';
import { Session } from '../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { sampleServices } from '../fixtures/services.ts';
import { checkersDir, nativeDir } from '../unit/runner/harness.ts';
import { median, printRow } from './table.ts';

const samples = 5;
const cases = 10;

const store = await openSqliteStore(':memory:');
const sandbox = createSandbox({ nativeDir });
const toolchains = createToolchains(checkersDir);
const shared = { checkersDir, toolchains, trusted: () => true };
const memory = { cache: store, reader: 'bench' };
const prepared = new PreparedRuns(store);
const onIdle = { ...shared, sandbox: idleSandbox(sandbox), atOnce: 1 };
const own = sampleServices(store, {
  runner: createRunner({ ...shared, sandbox, cache: store, prepared }),
  checks: createChecks({ ...shared, sandbox, memory }),
});
const idle = sampleServices(store, {
  runner: createRunner({ ...onIdle, cache: prepared }),
  checks: createChecks({ ...onIdle, memory }),
});

const highlighter = new Highlighter();
let coloured = Promise.withResolvers<void>();
const colouring = new Colouring({
  findTheme: async (name) => ({ name, settings: [{ settings: { foreground: '#fff' } }] }),
  highlight: (jobs, theme, signal) => highlighter.highlight(jobs, theme, signal),
  send: () => coloured.resolve(),
  report: (error) => coloured.reject(error),
});
colouring.setTheme('dark');
const colour = colouring.prepare.bind(colouring);
const { signal } = new AbortController();

// The first opening also finds the toolchain and loads the grammar.
await open(taskOf('first'));
const usual: number[] = [];
const ready: number[] = [];
for (let n = 0; n < samples; n += 1) {
  usual.push(await open(taskOf(`usual${n}`)));
  const next = taskOf(`ready${n}`);
  await prepareTask(next, idle, { colour, checks: true, runs: true }, signal);
  ready.push(await open(next));
}
await store.close();
printRow({ name: `next task until checks and ${cases} results, as usual`, measured: inMs(median(usual)) });
printRow({
  name: 'the same, prepared, against as usual',
  measured: inMs(median(ready)),
  goal: 'ratio < 0.1',
  ratio: median(ready) / median(usual),
});

/** Milliseconds until everything about the task is there. */
async function open(task: Task): Promise<number> {
  coloured = Promise.withResolvers();
  const start = performance.now();
  const session = await Session.open(task, own);
  colouring.setSession(session);
  colouring.follow(session.state({ index: 1, total: 1 }));
  await Promise.all([session.check(), session.run(), coloured.promise]);
  const ms = performance.now() - start;
  colouring.setSession(undefined);
  session.dispose();
  return ms;
}

/** A task like others, but with code that nobody has seen before. */
function taskOf(name: string): Task {
  const code = (sign: string): string =>
    `import math\n\n\ndef ${name}(a: int, b: int) -> int:\n    total = a ${sign} b\n    return math.floor(total)\n`;
  return {
    id: name,
    language: 'python',
    prompt: `Add two numbers in ${name}.`,
    answers: ['+', '-'].map((sign, index) => ({
      id: `m${index}`,
      text: `\`\`\`python\n${code(sign)}\`\`\`\n`,
    })),
    cases: Array.from({ length: cases }, (_, index) => ({
      id: `case-${index}`,
      kind: 'call',
      function: name,
      args: [index, 1],
      expected: index + 1,
      origin: 'task',
    })),
  };
}

function inMs(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}
