import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import type { Review } from '../../../src/core/review/review.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { importFile } from '../../../src/transfer/import/importing.ts';
import { until } from '../../until.ts';
import { eva, sampleId, sampleTask } from './samples.ts';

const program = join(import.meta.dirname, 'submitter.ts');
const wanted = 1_000;

/** A window that submits the reviews `first` to `last`; `acknowledged` grows with each acknowledgement. */
function submitter(path: string, first: number, last: number) {
  const child = spawn(process.execPath, [program, path, String(first), String(last)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => acknowledged.push(Number(line)));
  return { child, acknowledged, closed: once(child, 'close') };
}

/**
 * Kills the window without warning at some moment after this many acknowledgements. Resolves with whether it was still alive.
 */
async function killAfter(window: ReturnType<typeof submitter>, count: number): Promise<boolean> {
  await until(() => window.acknowledged.length >= count || !isRunning(window.child));
  for (let turns = Math.random() * 200; turns > 0; turns -= 1) await turn();
  window.child.kill('SIGKILL');
  await window.closed;
  return window.child.signalCode === 'SIGKILL';
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function stored(path: string): Promise<Review[]> {
  const store = await openSqliteStore(path);
  try {
    assert.equal(await store.verify(), undefined);
    return await store.reviews();
  } finally {
    await store.close();
  }
}

describe('store under kill -9 and with two writers', function () {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses and duplicates no acknowledged record in ${wanted} submissions with repeated kills`, async () => {
    const path = join(folder, 'tiebreak.db');
    const acknowledged = new Set<number>();
    const kills: number[] = [];
    while (acknowledged.size < wanted) {
      const first = acknowledged.size + 1;
      // At most 300 per window, so that a slow test also uses several windows.
      const window = submitter(path, first, Math.min(wanted, first + 299));
      const wasKilled = await killAfter(window, 1 + Math.floor(Math.random() * 250));
      window.acknowledged.forEach((n) => acknowledged.add(n));
      if (wasKilled) kills.push(acknowledged.size);
      const ids = new Set((await stored(path)).map((review) => review.id));
      const lost = [...acknowledged].filter((n) => !ids.has(sampleId(n)));
      assert.deepEqual(lost, [], `killed after ${kills.join(', ')}`);
    }
    assert.ok(kills.length > 0, 'a window was killed in the middle');
    const ids = (await stored(path)).map((review) => review.id);
    assert.deepEqual(
      ids,
      Array.from({ length: wanted }, (_, index) => sampleId(index + 1)),
    );
  });

  it('has nothing of an import that was killed while it stored the tasks', async () => {
    const [path, file] = [join(folder, 'tiebreak.db'), join(folder, 'tasks.jsonl')];
    const tasks = Array.from({ length: 5_000 }, (_, n) => JSON.stringify(sampleTask(`t${n}`)));
    writeFileSync(file, tasks.join('\n'));
    const child = spawn(process.execPath, [join(import.meta.dirname, 'importer.ts'), path, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    child.kill('SIGKILL');
    await once(child, 'close');
    const store = await openSqliteStore(path);
    const filter = { evaluator: eva };
    const { total } = await store.queue(filter, 'position', { offset: 0, limit: 1 });
    assert.deepEqual([child.signalCode, total, await store.queueFiles(filter)], ['SIGKILL', 0, []]);
    const { added } = await importFile(store, file);
    assert.equal(added, tasks.length);
    await store.close();
  });

  it('loses none if two windows of one evaluator submit 1,000 each at the same time', async () => {
    const path = join(folder, 'tiebreak.db');
    const windows = [submitter(path, 1, wanted), submitter(path, wanted + 1, 2 * wanted)];
    await Promise.all(windows.map((window) => window.closed));
    assert.deepEqual(
      windows.map((window) => window.acknowledged.length),
      [wanted, wanted],
    );
    const reviews = await stored(path);
    assert.equal(new Set(reviews.map((review) => review.id)).size, 2 * wanted);
    assert.equal(reviews.filter((review) => review.prevHash === '').length, 1);
    const store = await openSqliteStore(path);
    assert.equal(await store.draft('t1', eva), undefined);
    await store.close();
  });
});
