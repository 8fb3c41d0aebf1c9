import assert from 'node:assert/strict';
import { shownOrder } from '../../../../src/core/task/blind.ts';
import { duplicateOf } from '../../../../src/core/task/duplicate.ts';
import { tiebreakJsonl } from '../../../../src/core/exchange/tiebreakJsonl.ts';
import {
  calibrationSettingsSchema,
  type CalibrationSettings,
} from '../../../../src/core/calibration/gold.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import { collectExchangeData } from '../../../../src/transfer/exporting.ts';
import { goldReferencesOf } from '../../../../src/sessions/calibration/references.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { QueueFilter, QueueOrder, Store } from '../../../../src/store/store.ts';
import { eva, sampleDraft, sampleGold, sampleReview, sampleTask } from '../samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const gold = { preference: { kind: 'better', winner: 'first', strength: 2 } } as const;

function settings(changes: Partial<CalibrationSettings> = {}): CalibrationSettings {
  return calibrationSettingsSchema.parse({ goldShare: 0.2, duplicateGap: 2, seed: 's', ...changes });
}

/** A store with thirty tasks, of which every fifth has a known verdict. */
async function filled(): Promise<Store> {
  const store = await openSqliteStore(':memory:');
  for (let n = 0; n < 30; n += 1) {
    const isGoldTask = n % 5 === 4;
    const task = sampleTask(`task-${100 + n}`, {
      tags: [`tag${n % 2}`],
      language: n % 3 === 0 ? 'go' : 'python',
      ...(isGoldTask && { gold }),
    });
    await importTasks(store, [task], isGoldTask ? 'gold.jsonl' : `work${n % 2}.jsonl`);
  }
  return store;
}

async function idsOf(store: Store, filter: QueueFilter, order: QueueOrder = 'position'): Promise<string[]> {
  const { entries } = await store.queue(filter, order, { offset: 0, limit: 1_000 });
  return entries.map(({ taskId }) => taskId);
}

async function allIds(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.tasks()) ids.push(id);
  return ids;
}

let reviews = 0;

async function submit(store: Store, taskId: string, evaluator = eva): Promise<void> {
  reviews += 1;
  await store.submit(sampleReview(reviews, taskId, { evaluator }));
}

/** Judges the next task repeatedly, as the panel requests it, and reports the visible state after each. */
async function work(
  store: Store,
  filter: QueueFilter,
  { steps = Infinity, order = 'position' }: { steps?: number; order?: QueueOrder } = {},
) {
  const seen: { taskId: string; left: number; index: number; total: number; row: number }[] = [];
  let last: string | undefined;
  for (let step = 0; step < steps; step += 1) {
    const taskId = await store.nextTask(filter, order, last);
    if (taskId === undefined) break;
    const { states } = await store.queueSummary(filter.evaluator, filter.calibration);
    const place = await store.place(taskId, filter, order);
    const row = (await idsOf(store, filter, order)).indexOf(taskId);
    seen.push({ taskId, left: states.open + states.draft, ...place, row });
    await submit(store, taskId, filter.evaluator);
    last = taskId;
  }
  return seen;
}

describe('gold tasks in the queue', () => {
  let store: Store;
  beforeEach(async () => {
    store = await filled();
  });
  afterEach(() => store.close());

  it('are ordinary work if nothing is mixed in', async () => {
    assert.equal((await idsOf(store, { evaluator: eva })).length, 30);
    assert.equal(
      (await idsOf(store, { evaluator: eva, calibration: settings({ goldShare: 0 }) })).length,
      30,
    );
  });

  it('are injected at the set rate, each at the position of the next task', async () => {
    const filter = { evaluator: eva, calibration: settings() };
    assert.equal((await idsOf(store, filter)).length, 24);
    const seen = await work(store, filter);
    const golds = seen.filter(({ taskId }) => isGold(taskId));
    // 24 ordinary tasks: four gold tasks in the first block of twenty, and then those of the second block until the end.
    assert.ok(golds.length >= 4 && golds.length <= 6, String(golds.length));
    assert.equal(seen.slice(0, 20).filter(({ taskId }) => isGold(taskId)).length, 4);
    const ordinary = seen.filter(({ taskId }) => !isGold(taskId)).map(({ taskId }) => taskId);
    assert.deepEqual(ordinary, ordinary.toSorted());
    assert.equal(ordinary.length, 24);
  });

  it('are recognisable neither by counts nor by positions', async () => {
    const calibration = settings({ duplicateShare: 0.1 });
    const seen = await work(store, { evaluator: eva, calibration });
    assert.ok(seen.some(({ taskId }) => isGold(taskId)));
    seen.forEach(({ left, index, total, row }, at) => {
      assert.deepEqual(
        { left, index, total, row },
        { left: seen.length - at, index: at + 1, total: seen.length, row: at },
      );
    });
    const { languages, tags } = await store.queueSummary(eva, calibration);
    assert.equal(
      languages.reduce((sum, { count }) => sum + count, 0),
      30,
    );
    assert.equal(
      tags.reduce((sum, { count }) => sum + count, 0),
      30,
    );
  });

  it('are recognisable neither by the file of import nor by filtering or grouping by it', async () => {
    const calibration = settings({ duplicateShare: 0.3 });
    const files = ['work0.jsonl'];
    const filter = { evaluator: eva, calibration, files };
    const seen = await work(store, filter, { order: ['file', 'position'] });
    assert.ok(seen.some(({ taskId }) => isGold(taskId)));
    assert.ok((await store.reserve()).some(({ use }) => use === 'duplicate'));
    seen.forEach(({ row, index, total }, at) =>
      assert.deepEqual({ row, index, total }, { row: at, index: at + 1, total: seen.length }),
    );
    assert.deepEqual(await store.queueFiles({ evaluator: eva, calibration }), ['work0.jsonl', 'work1.jsonl']);
    const { entries } = await store.queue(filter, 'position', { offset: 0, limit: 100 });
    assert.deepEqual([...new Set(entries.map(({ file }) => file))], files);
  });

  it('are injected in the order by state, but not in orders by title or language that would reveal them', async () => {
    const filter = { evaluator: eva, calibration: settings({ goldShare: 0.5 }) };
    await store.saveDraft(sampleDraft('task-120'));
    for (const sort of ['title', 'language'] as const) {
      const seen = await work(store, filter, { steps: 6, order: sort });
      assert.ok(!seen.some(({ taskId }) => isGold(taskId)));
      assert.equal((await store.place('task-120', filter, sort)).total, 24);
    }
    const seen = await work(store, filter, { order: 'state' });
    assert.ok(seen.filter(({ taskId }) => isGold(taskId)).length >= 4);
    assert.equal(seen.at(-1)?.left, 1);
  });

  it('are injected one at a time, and not while one is unfinished or skipped', async () => {
    const filter = { evaluator: eva, calibration: settings({ goldShare: 0.5 }) };
    let taskId: string | undefined;
    for (let step = 0; step < 20 && !isGold(taskId ?? ''); step += 1) {
      if (taskId !== undefined) await submit(store, taskId);
      taskId = await store.nextTask(filter, 'position', taskId);
    }
    const injected = taskId!;
    assert.ok(isGold(injected));
    const others = await goOn(store, filter, injected, 30);
    assert.deepEqual([...others].filter(isGold), [injected]);
    await store.skip({ taskId: injected, evaluator: eva, reason: 'unclear', at: '2026-11-02T10:00:00Z' });
    assert.deepEqual([...(await goOn(store, filter, injected, 30))].filter(isGold), []);
    assert.ok((await idsOf(store, filter)).includes(injected));
  });

  it('match the filter of the queue', async () => {
    const filter = { evaluator: eva, languages: ['go'], calibration: settings({ goldShare: 0.5 }) };
    const seen = await work(store, filter);
    const golds = seen.map(({ taskId }) => taskId).filter(isGold);
    assert.ok(golds.length > 0);
    for (const id of golds) assert.equal((await store.task(id))?.language, 'go');
  });

  it('stay for the evaluator who has begun them, and are hidden from others', async () => {
    const filter = { evaluator: eva, calibration: settings() };
    await store.saveDraft(sampleDraft('task-104'));
    assert.ok((await idsOf(store, filter)).includes('task-104'));
    assert.ok(!(await idsOf(store, { ...filter, evaluator: 'otto' })).includes('task-104'));
  });

  it('stay the same after a restart', async () => {
    const filter = { evaluator: eva, calibration: settings() };
    const [some, rest] = [await work(store, filter, { steps: 9 }), await work(store, filter)];
    const again = await filled();
    const whole = await work(again, filter);
    await again.close();
    assert.deepEqual(
      [...some, ...rest].map(({ taskId }) => taskId),
      whole.map(({ taskId }) => taskId),
    );
  });
});

describe('hidden duplicates', () => {
  it('are created in turn, with the sides swapped, and listed only for their evaluator', async () => {
    const store = await filled();
    const filter = {
      evaluator: eva,
      calibration: settings({ goldShare: 0, duplicateShare: 0.2, duplicateGap: 4 }),
    };
    const seen = (await work(store, filter)).map(({ taskId }) => taskId);
    const made = (await store.reserve()).filter(({ use }) => use === 'duplicate');
    assert.ok(made.length >= 4);
    assert.equal(new Set(made.map(({ repeats }) => repeats)).size, made.length);
    for (const { taskId, repeats } of made) {
      const [task, original] = [(await store.task(taskId))!, (await store.task(repeats!))!];
      assert.equal(duplicateOf(task), repeats);
      assert.deepEqual(shownOrder(task, eva), shownOrder(original, eva).toReversed());
      assert.ok(seen.indexOf(taskId) - seen.indexOf(repeats!) > 4);
      assert.match(taskId, /^task-\d{3}$/);
    }
    const { lines } = tiebreakJsonl.export(await collectExchangeData(store));
    assert.equal(lines.filter((line) => line.includes('"tiebreakDuplicateOf"')).length, made.length);
    const others = await idsOf(store, { evaluator: 'otto' });
    assert.equal(others.length, 30);
    assert.deepEqual(
      made.filter(({ taskId }) => others.includes(taskId)),
      [],
    );
    await store.close();
  });
});

describe('the upcoming task', () => {
  const shares = { goldShare: 0.2, duplicateShare: 0.2, duplicateGap: 3 };
  for (const calibration of [settings({ goldShare: 0 }), settings(), settings(shares)]) {
    it(`is the one that opens after a submission: ${calibration.goldShare}, ${calibration.duplicateShare}`, async () => {
      const store = await filled();
      const filter = { evaluator: eva, calibration };
      const guessed: (string | undefined)[] = [];
      const opened: (string | undefined)[] = [];
      for (let inHand = await store.nextTask(filter, 'position'); inHand !== undefined;) {
        await store.saveDraft(sampleDraft(inHand));
        const guess = await store.upcomingTask(filter, 'position', inHand);
        await submit(store, inHand);
        const next = await store.nextTask(filter, 'position', inHand);
        guessed.push(guess?.id);
        opened.push(next);
        if (next !== undefined) assert.deepEqual(guess, await store.task(next));
        inHand = next;
      }
      assert.deepEqual(guessed, opened);
      await store.close();
    });
  }

  it('changes nothing in the store', async () => {
    const store = await filled();
    const filter = { evaluator: eva, calibration: settings({ ...shares, duplicateShare: 0.5 }) };
    const seen = await work(store, filter, { steps: 12 });
    const inHand = (await store.nextTask(filter, 'position', seen.at(-1)!.taskId))!;
    const content = async () => [await idsOf(store, filter), await allIds(store), await store.reserve()];
    const before = await content();
    await store.upcomingTask(filter, 'position', inHand);
    assert.deepEqual(await content(), before);
    await store.close();
  });
});

describe('gold verdicts that were decided here', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [sampleTask('t1'), sampleTask('t2'), sampleTask('t3')]);
  });
  afterEach(() => store.close());

  it('make a task gold for their use; the last one counts', async () => {
    await store.record('gold', sampleGold(1, 't1', { use: 'calibration' }));
    await store.record('gold', sampleGold(2, 't1', { use: 'training' }));
    await store.record('gold', sampleGold(3, 't3', { use: 'qualification' }));
    assert.deepEqual(await store.reserve(), [
      { taskId: 't1', use: 'training' },
      { taskId: 't3', use: 'qualification' },
    ]);
    // The qualification set is never part of the queue.
    assert.deepEqual(await idsOf(store, { evaluator: eva }), ['t1', 't2']);
    assert.deepEqual(await idsOf(store, { evaluator: eva, calibration: settings() }), ['t2']);
  });

  it('are ignored if they name an unknown answer', async () => {
    const preference = { kind: 'better', winner: 'nobody', strength: 1 } as const;
    await store.record('gold', sampleGold(1, 't1', { preference }));
    await importTasks(store, [sampleTask('t4', { gold: { preference } })]);
    assert.deepEqual(await store.reserve(), []);
    assert.equal((await goldReferencesOf(store, ['t1', 't4'])).size, 0);
  });

  it('apply to the judged version of the task, whichever was imported first', async () => {
    const changed = sampleTask('t2', { prompt: 'Another.' });
    await store.record('gold', sampleGold(1, 't2', { taskHash: contentHash(changed) }));
    assert.deepEqual(await store.reserve(), []);
    await importTasks(store, [changed]);
    assert.deepEqual(await store.reserve(), [{ taskId: 't2', use: 'training' }]);
    await importTasks(store, [sampleTask('t2')]);
    assert.deepEqual(await store.reserve(), []);
    await store.removeTasks(['t2']);
    await importTasks(store, [changed]);
    assert.deepEqual(await store.reserve(), [{ taskId: 't2', use: 'training' }]);
  });
});

/** Requests the next task without judging it, and returns the offered tasks. */
async function goOn(store: Store, filter: QueueFilter, from: string, steps: number): Promise<Set<string>> {
  const offered = new Set<string>();
  let last = from;
  for (let step = 0; step < steps; step += 1) {
    last = (await store.nextTask(filter, 'position', last))!;
    offered.add(last);
  }
  return offered;
}

function isGold(taskId: string): boolean {
  return (Number(taskId.replace('task-', '')) - 100) % 5 === 4 && /^task-1[012]\d$/.test(taskId);
}
