// From a key in the rationale's own document until its findings are published: the host's share, and the language server's.

import { Session } from '../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { smallRubric, taskOf } from '../fixtures/manyCases.ts';
import { sampleServices } from '../fixtures/services.ts';
import { Client } from '../unit/language/client.ts';
import { median, printRow } from './table.ts';
import { importTasks } from '../fixtures/imports.ts';

const keys = 60;
const sentence =
  '@A is better than @B because @B:2 subtracts where the prompt asks for a sum, so each call with b other than zero is wrong. ';
const words = 300;
const text = sentence
  .repeat(20)
  .split(/(?<=\s)/)
  .slice(0, words)
  .join('');

const task = taskOf('board', 20);
const store = await openSqliteStore(':memory:');
await importTasks(store, [task]);
const session = await Session.open(task, sampleServices(store, { rubric: async () => smallRubric }));
session.onDidChange(() => undefined);
const client = new Client();
client.findings = (asked) => (asked === session.rationale() ? session.findings : null);
await client.start();
session.editRationale(text);
await client.open(text);

const times: number[] = [];
const ofHost: number[] = [];
for (let key = 0; key < keys; key += 1) {
  const typed = text + 'so it fails'.repeat(10).slice(0, key + 1);
  const start = performance.now();
  session.editRationale(typed);
  ofHost.push(performance.now() - start);
  await client.type(typed);
  times.push(performance.now() - start);
}
await client.stop();
await session.flush();
session.dispose();
await store.close();
printRow({
  name: `findings after a key, ${words} words (host ${median(ofHost).toFixed(1)} ms)`,
  measured: `${median(times).toFixed(1)} ms`,
  goal: '< 30 ms',
  ratio: median(times) / 30,
});
printRow({
  name: 'requests for findings, for each key',
  measured: String((client.askedFindings - 1) / keys),
  goal: '1',
});
