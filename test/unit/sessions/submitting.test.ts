import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import { contentHash } from '../../../src/core/text/hash.ts';
import { readRubric } from '../../../src/core/task/rubric.ts';
import type { Task } from '../../../src/core/task/task.ts';
import { InspectionSession } from '../../../src/sessions/inspection/inspectionSession.ts';
import { SettlementSession } from '../../../src/sessions/inspection/settlementSession.ts';
import { Session } from '../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { turn } from '../../fixtures/heldRunner.ts';
import { HeldStore } from '../../fixtures/heldStore.ts';
import { sampleServices } from '../../fixtures/services.ts';
import { sampleId, sampleReview, sampleTask } from '../store/samples.ts';
import { importTasks } from '../../fixtures/imports.ts';

const rubric = readRubric(JSON.parse(readFileSync('rubrics/rationale.json', 'utf8')), 'rationale.json');
const task: Task = sampleTask('t1', { ask: ['rank'] });
const place = { index: 0, total: 1 };

/** Work that can be submitted, as its author left it. */
interface Work {
  readonly session: Session | InspectionSession | SettlementSession;
  /** Changes the draft again. */
  readonly type: () => void;
  /** The unfinished work in the store. */
  readonly unfinished: () => Promise<unknown>;
}

describe('submitting while another process holds the database', () => {
  let store: Store;
  let held: HeldStore;
  const opened: { dispose(): void }[] = [];
  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
    held = new HeldStore(store);
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) session.dispose();
    mock.timers.reset();
    await store.close();
  });

  const reviewer = () => ({
    ...sampleServices(held.store),
    reviewer: 'ines',
    showsEvaluators: false,
    rationaleRubric: () => Promise.resolve(rubric),
  });
  /** Advances the clock by a second, and lets its effects happen. */
  const second = async () => {
    mock.timers.tick(1_000);
    await turn();
  };

  const review = async (of: Task = task): Promise<Work & { session: Session }> => {
    const session = await Session.open(of, sampleServices(held.store));
    opened.push(session);
    session.edit({ kind: 'preference', value: 0 });
    const type = () => session.editRationale(`@A is as good as @B. ${session.rationale()}`);
    type();
    for (const { rule } of session.findings)
      session.edit({ kind: 'override', rule, reason: 'not what is tested' });
    return { session, type, unfinished: () => store.draft(of.id, 'eva') };
  };
  const inspection = async (): Promise<Work> => {
    await store.submit(sampleReview(1, 't1', { taskHash: contentHash(task) }));
    const session = await InspectionSession.open(sampleId(1), reviewer());
    opened.push(session);
    for (const { id } of rubric.criteria)
      session.editInspection(sampleId(1), { kind: 'score', criterion: id, value: 4 });
    const type = () => session.editInspection(sampleId(1), { kind: 'decision', value: 'approve' });
    type();
    const key = { kind: 'inspection', author: 'ines', subject: sampleId(1) } as const;
    return { session, type, unfinished: () => store.unfinished(key) };
  };
  const settlement = async (): Promise<Work> => {
    for (const [n, evaluator] of ['eva', 'otto'].entries())
      await store.submit(sampleReview(n + 1, 't1', { evaluator, taskHash: contentHash(task) }));
    const session = await SettlementSession.open('t1', reviewer());
    opened.push(session);
    session.editSettlement({ kind: 'verdict', value: 'unresolved' });
    session.editSettlement({ kind: 'on', value: 'taste' });
    session.editSettlement({ kind: 'about', text: 'style' });
    const type = () => session.editSettlement({ kind: 'reason', text: 'both hold' });
    type();
    const key = { kind: 'settlement', author: 'ines', subject: 't1' } as const;
    return { session, type, unfinished: () => store.unfinished(key) };
  };
  const ideal = async (): Promise<Work & { session: Session }> => {
    const { session } = await review({ ...task, ask: ['rank', 'ideal'] });
    session.ideal.begin(null);
    session.ideal.type('main.py', 'def chunk(items, size): ...\n');
    session.ideal.write('notes', 'Slices instead of copying.');
    session.ideal.write('reason', 'No case tells the answers from it.');
    const type = () => session.ideal.write('notes', `Said again. ${session.ideal.panel()!.notes}`);
    const key = { kind: 'ideal', author: 'eva', subject: 't1' } as const;
    return { session, type, unfinished: () => store.unfinished(key) };
  };

  for (const [name, open] of Object.entries({ review, inspection, settlement, ideal })) {
    it(`does not restore the draft after the commit of a ${name}`, async () => {
      const { session, unfinished } = await open();
      held.hold();
      const submitting = session.submit();
      await turn();
      await second();
      held.release();
      assert.deepEqual(await submitting, []);
      await second();
      await session.flush();
      assert.equal(session.submitted, true);
      assert.equal(await unfinished(), undefined);
    });

    it(`keeps text typed during the commit of a ${name}, even if the window ends`, async () => {
      const { session, type, unfinished } = await open();
      await session.flush();
      const before = held.asked.length;
      held.hold();
      const submitting = session.submit();
      while (held.asked.length === before) await turn();
      type();
      await second();
      held.release();
      assert.deepEqual(await submitting, []);
      await session.flush();
      assert.notEqual(await unfinished(), undefined);
    });

    it(`commits a ${name} once if it is submitted twice`, async () => {
      const { session } = await open();
      const both = [session.submit(), session.submit()];
      for (const submitting of both) assert.deepEqual(await submitting, []);
      assert.equal(session.submitted, true);
      const committed = held.asked.filter((write) => ['submit', 'record'].includes(write));
      assert.equal(committed.length, name === 'ideal' ? 2 : 1);
    });

    it(`keeps a ${name} open if the draft cannot be saved, and submits it later`, async () => {
      const { session, type } = await open();
      const full = new Error('The disk is full. Free some space');
      const write = name === 'review' ? 'saveDraft' : 'saveUnfinished';
      await session.flush();
      type();
      held.fail(write, full);
      await assert.rejects(session.submit(), full);
      assert.equal(session.submitted, false);
      assert.equal(session.state(place).saved?.state, 'failed');
      held.fail(write);
      assert.deepEqual(await session.submit(), []);
      assert.equal(session.submitted, true);
    });
  }

  it('keeps text typed in a review while its ideal is committed', async () => {
    const { session } = await ideal();
    await session.flush();
    held.hold();
    const submitting = session.submit();
    while (!held.asked.includes('record')) await turn();
    session.edit({ kind: 'preference', value: 1 });
    await second();
    held.release();
    assert.deepEqual(await submitting, []);
    await session.flush();
    assert.equal((await store.draft('t1', 'eva'))?.preference, 1);
    const [committed] = await store.reviews({ taskId: 't1' });
    assert.deepEqual(committed?.preference, { kind: 'tie' });
    assert.equal(session.submitted, false);
  });

  it('shows that a draft is unsaved, even if another draft was saved', async () => {
    const { session } = await ideal();
    await session.flush();
    held.fail('saveDraft', new Error('The disk is full. Free some space'));
    session.edit({ kind: 'preference', value: 1 });
    await second();
    session.ideal.write('notes', 'Saved.');
    await second();
    assert.equal(
      (await store.unfinished({ kind: 'ideal', author: 'eva', subject: 't1' })) !== undefined,
      true,
    );
    assert.deepEqual(session.state(place).saved, {
      state: 'failed',
      message: 'The disk is full. Free some space',
    });
    held.fail('saveDraft');
    await session.flush();
    assert.equal(session.state(place).saved?.state, 'saved');
  });

  it('saves one draft even if the other cannot be saved, and rejects with that failure', async () => {
    const { session, type } = await ideal();
    await session.flush();
    session.edit({ kind: 'preference', value: 1 });
    type();
    held.fail('saveUnfinished', new Error('no room for the ideal'));
    held.hold();
    let ended = false;
    const flushing = session.flush().finally(() => (ended = true));
    flushing.catch(() => undefined);
    held.release();
    await assert.rejects(flushing, /no room for the ideal/);
    assert.ok(ended);
    assert.equal((await store.draft('t1', 'eva'))?.preference, 1);
  });

  it('names each of several failures', async () => {
    const { session, type } = await ideal();
    await session.flush();
    session.edit({ kind: 'preference', value: 1 });
    type();
    held.fail('saveUnfinished', new Error('no room for the ideal'));
    held.fail('saveDraft', new Error('no room for the draft'));
    await assert.rejects(session.flush(), { message: 'no room for the draft no room for the ideal' });
  });

  it('is not overtaken by a refresh from another window', async () => {
    const { session } = await review();
    await session.flush();
    const looked = Promise.withResolvers<void>();
    const reviews = store.reviews.bind(store);
    store.reviews = async (filter) => {
      const found = await reviews(filter);
      await looked.promise;
      return found;
    };
    const refreshing = session.refresh();
    await turn();
    store.reviews = reviews;
    assert.deepEqual(await session.submit(), []);
    session.revise();
    looked.resolve();
    await refreshing;
    session.edit({ kind: 'preference', value: 1 });
    assert.deepEqual(await session.submit(), []);
    const [first, revision] = await store.reviews({ taskId: 't1' });
    assert.equal(revision?.revises, first?.id);
  });
});
