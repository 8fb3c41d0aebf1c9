import assert from 'node:assert/strict';
import { shownOrder } from '../../../src/core/blind.ts';
import { duplicateOf } from '../../../src/core/duplicate.ts';
import { tiebreakJsonl } from '../../../src/core/exchange/tiebreakJsonl.ts';
import { calibrationSettingsSchema, type CalibrationSettings } from '../../../src/core/gold.ts';
import { contentHash } from '../../../src/core/hash.ts';
import { collectExchangeData } from '../../../src/store/exporting.ts';
import { referencesOn } from '../../../src/store/references.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import type { QueueFilter, QueueSort, Store } from '../../../src/store/store.ts';
import { eva, sampleDraft, sampleGold, sampleReview, sampleTask } from './samples.ts';

const gold = { preference: { kind: 'better', winner: 'first', strength: 2 } } as const;

function settings(changes: Partial<CalibrationSettings> = {}): CalibrationSettings {
  return calibrationSettingsSchema.parse({ goldShare: 0.2, duplicateGap: 2, seed: 's', ...changes });
}

/** Thirty tasks of which every fifth has a known verdict, in a store of their own. */
async function filled(): Promise<Store> {
  const store = await openSqliteStore(':memory:');
  await store.importTasks(
    Array.from({ length: 30 }, (_, n) =>
      sampleTask(`task-${100 + n}`, {
        tags: [`tag${n % 2}`],
        language: n % 3 === 0 ? 'go' : 'python',
        ...(n % 5 === 4 && { gold }),
      }),
    ),
  );
  return store;
}

async function idsOf(store: Store, filter: QueueFilter, sort: QueueSort = 'position'): Promise<string[]> {
  const { entries } = await store.queue(filter, sort, { offset: 0, limit: 1_000 });
  return entries.map(({ taskId }) => taskId);
}

let reviews = 0;

async function submit(store: Store, taskId: string, evaluator = eva): Promise<void> {
  reviews += 1;
  await store.submit(sampleReview(reviews, taskId, { evaluator }));
}

/** Does the next task over and over, as the panel asks for it, and tells after each what was seen. */
async function work(
  store: Store,
  filter: QueueFilter,
  { steps = Infinity, sort = 'position' }: { steps?: number; sort?: QueueSort } = {},
) {
  const seen: { taskId: string; left: number; index: number; total: number; row: number }[] = [];
  let last: string | undefined;
  for (let step = 0; step < steps; step += 1) {
    const taskId = await store.nextTask(filter, sort, last);
    if (taskId === undefined) break;
    const { states } = await store.queueSummary(filter.evaluator, filter.calibration);
    const place = await store.place(taskId, filter, sort);
    const row = (await idsOf(store, filter, sort)).indexOf(taskId);
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

  it('are work like any other where nothing is mixed in', async () => {
    assert.equal((await idsOf(store, { evaluator: eva })).length, 30);
    assert.equal(
      (await idsOf(store, { evaluator: eva, calibration: settings({ goldShare: 0 }) })).length,
      30,
    );
  });

  it('come in at the set rate, each in the place of the task that would have been next', async () => {
    const filter = { evaluator: eva, calibration: settings() };
    assert.equal((await idsOf(store, filter)).length, 24);
    const seen = await work(store, filter);
    const golds = seen.filter(({ taskId }) => isGold(taskId));
    // 24 of work: in the first twenty places four, and then what the second stretch has on the way to the end.
    assert.ok(golds.length >= 4 && golds.length <= 6, String(golds.length));
    assert.equal(seen.slice(0, 20).filter(({ taskId }) => isGold(taskId)).length, 4);
    const ordinary = seen.filter(({ taskId }) => !isGold(taskId)).map(({ taskId }) => taskId);
    assert.deepEqual(ordinary, ordinary.toSorted());
    assert.equal(ordinary.length, 24);
  });

  it('are told apart neither by the counts nor by where they stand', async () => {
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

  it('come in where drafts stand first, and not where titles or languages would tell', async () => {
    const filter = { evaluator: eva, calibration: settings({ goldShare: 0.5 }) };
    await store.saveDraft(sampleDraft('task-120'));
    for (const sort of ['title', 'language'] as const) {
      const seen = await work(store, filter, { steps: 6, sort });
      assert.ok(!seen.some(({ taskId }) => isGold(taskId)));
      assert.equal((await store.place('task-120', filter, sort)).total, 24);
    }
    const seen = await work(store, filter, { sort: 'state' });
    assert.ok(seen.filter(({ taskId }) => isGold(taskId)).length >= 4);
    assert.equal(seen.at(-1)?.left, 1);
  });

  it('are dealt one at a time, and no other where one is left or skipped', async () => {
    const filter = { evaluator: eva, calibration: settings({ goldShare: 0.5 }) };
    let taskId: string | undefined;
    for (let step = 0; step < 20 && !isGold(taskId ?? ''); step += 1) {
      if (taskId !== undefined) await submit(store, taskId);
      taskId = await store.nextTask(filter, 'position', taskId);
    }
    const dealt = taskId!;
    assert.ok(isGold(dealt));
    const others = await goOn(store, filter, dealt, 30);
    assert.deepEqual([...others].filter(isGold), [dealt]);
    await store.skip({ taskId: dealt, evaluator: eva, reason: 'unclear', at: '2026-11-02T10:00:00Z' });
    assert.deepEqual([...(await goOn(store, filter, dealt, 30))].filter(isGold), []);
    assert.ok((await idsOf(store, filter)).includes(dealt));
  });

  it('fit what the queue is filtered by', async () => {
    const filter = { evaluator: eva, languages: ['go'], calibration: settings({ goldShare: 0.5 }) };
    const seen = await work(store, filter);
    const golds = seen.map(({ taskId }) => taskId).filter(isGold);
    assert.ok(golds.length > 0);
    for (const id of golds) assert.equal((await store.task(id))?.language, 'go');
  });

  it('stay where somebody has begun them, and are nobody else’s', async () => {
    const filter = { evaluator: eva, calibration: settings() };
    await store.saveDraft(sampleDraft('task-104'));
    assert.ok((await idsOf(store, filter)).includes('task-104'));
    assert.ok(!(await idsOf(store, { ...filter, evaluator: 'otto' })).includes('task-104'));
  });

  it('come back as they were after a restart', async () => {
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
  it('are made where their turn has come, with the sides swapped, and listed for their evaluator alone', async () => {
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

describe('verdicts that were decided here', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await store.importTasks([sampleTask('t1'), sampleTask('t2'), sampleTask('t3')]);
  });
  afterEach(() => store.close());

  it('make a task gold for what they say, the last of them', async () => {
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

  it('are none where they name an answer that the task does not have', async () => {
    const preference = { kind: 'better', winner: 'nobody', strength: 1 } as const;
    await store.record('gold', sampleGold(1, 't1', { preference }));
    await store.importTasks([sampleTask('t4', { gold: { preference } })]);
    assert.deepEqual(await store.reserve(), []);
    assert.equal((await referencesOn(store, ['t1', 't4'])).size, 0);
  });

  it('hold for the task as it was, whichever came first', async () => {
    const changed = sampleTask('t2', { prompt: 'Another.' });
    await store.record('gold', sampleGold(1, 't2', { taskHash: contentHash(changed) }));
    assert.deepEqual(await store.reserve(), []);
    await store.importTasks([changed]);
    assert.deepEqual(await store.reserve(), [{ taskId: 't2', use: 'training' }]);
    await store.importTasks([sampleTask('t2')]);
    assert.deepEqual(await store.reserve(), []);
    await store.removeTasks(['t2']);
    await store.importTasks([changed]);
    assert.deepEqual(await store.reserve(), [{ taskId: 't2', use: 'training' }]);
  });
});

/** Asks for the next task without doing any, and gives what was offered. */
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
