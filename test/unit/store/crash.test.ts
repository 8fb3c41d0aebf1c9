import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Review } from '../../../src/core/review.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { eva, sampleId } from './samples.ts';

const program = join(import.meta.dirname, 'submitter.ts');
const wanted = 1_000;

/** A window that submits the reviews `first` to `last`; `acknowledged` grows as it is told. */
function submitter(path: string, first: number, last: number) {
  const child = spawn(process.execPath, [program, path, String(first), String(last)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: number[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => acknowledged.push(Number(line)));
  return { child, acknowledged, closed: once(child, 'close') };
}

/** Kills the window without warning, some milliseconds after it acknowledged that many; whether it was still alive. */
async function killAfter(window: ReturnType<typeof submitter>, count: number): Promise<boolean> {
  while (window.acknowledged.length < count && isRunning(window.child)) await delay(1);
  await delay(Math.random() * 5);
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
  this.timeout(120_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-crash-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses nothing acknowledged and doubles nothing in ${wanted} submits killed again and again`, async () => {
    const path = join(folder, 'tiebreak.db');
    const acknowledged = new Set<number>();
    const kills: number[] = [];
    while (acknowledged.size < wanted) {
      const first = acknowledged.size + 1;
      // At most 300 a window, so that a slow test sees several windows too.
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

  it('loses none when two windows of one evaluator submit 1,000 each at the same time', async () => {
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
