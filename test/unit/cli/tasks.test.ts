import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { until } from '../../until.ts';
import { asFinished, TaskReader } from '../../../src/cli/tasks.ts';
import { Terminal } from '../../../src/cli/terminal.ts';

async function everyOne<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('asFinished', () => {
  /** Works on numbers, each of which ends when the test says so. */
  function heldWork() {
    const ends = new Map<number, () => void>();
    const work = (item: number): Promise<number> =>
      new Promise((resolve) => ends.set(item, () => resolve(item)));
    return { work, begun: () => [...ends.keys()], end: (item: number) => ends.get(item)!() };
  }

  it('returns a result while an earlier item is in work, and begins the next item', async () => {
    const { work, begun, end } = heldWork();
    const results = asFinished([1, 2, 3], 2, work);
    const first = results.next();
    await until(() => begun().length === 2);
    assert.deepEqual(begun(), [1, 2]);
    end(2);
    assert.equal((await first).value, 2, 'the first item is still in work');
    const next = results.next();
    await until(() => begun().length === 3);
    end(3);
    assert.equal((await next).value, 3);
    // The last item ends while nobody asks.
    end(1);
    await turn();
    assert.deepEqual(await everyOne(results), [1]);
  });
});

describe('the reader of tasks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiebreak-tasks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const task = (id: string, prompt = 'Add.'): string =>
    JSON.stringify({ id, language: 'python', prompt, answers: [{ id: 'a', text: 'x = 1\n' }] });

  function readerOf(content: string, choice: { task?: string } = {}): TaskReader {
    const path = join(folder, 'tasks.jsonl');
    writeFileSync(path, content);
    return new TaskReader(path, choice, new Terminal(() => {}));
  }

  it('knows the number of tasks of a short file at the first task', async () => {
    const reader = readerOf(`${task('one')}\n\n${task('two')}\n`);
    assert.equal(reader.total, undefined);
    const tasks = reader.tasks();
    assert.equal((await tasks.next()).value?.id, 'one');
    assert.deepEqual(reader.total, { count: 2, isExact: true });
    await tasks.return(undefined);
  });

  it('estimates the number of tasks of a long file from the part that it read', async () => {
    const prompt = 'x'.repeat(50_000);
    const ids = Array.from({ length: 200 }, (_, at) => `task-${at}`);
    const reader = readerOf(ids.map((id) => `${task(id, prompt)}\n`).join(''));
    const tasks = reader.tasks();
    await tasks.next();
    const { count, isExact } = reader.total!;
    assert.equal(isExact, false);
    assert.ok(Math.abs(count - 200) <= 20, `about 200: ${count}`);
    assert.equal((await everyOne(tasks)).length, 199);
    assert.deepEqual(reader.total, { count: 200, isExact: true });
  });
});
