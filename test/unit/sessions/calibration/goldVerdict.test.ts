import assert from 'node:assert/strict';
import { shownOrder } from '../../../../src/core/task/blind.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import {
  goldSource,
  isGold,
  keepGold,
  settledTasks,
} from '../../../../src/sessions/calibration/goldVerdict.ts';
import { goldReferencesOf } from '../../../../src/sessions/calibration/references.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import {
  sampleId,
  sampleInspection,
  sampleReview,
  sampleSettlement,
  sampleTask,
} from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

const tie = { kind: 'tie' } as const;
const decision = {
  author: 'ines',
  use: 'training',
  rationale: 'B loses the rest.',
  toolVersion: '0.1.0',
} as const;

describe('keeping a verdict as gold', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [sampleTask('t1'), sampleTask('t2')]);
    await store.submit(sampleReview(1, 't1'));
    await store.submit(sampleReview(2, 't1', { evaluator: 'otto', preference: tie }));
  });
  afterEach(() => store.close());

  it('takes the last settlement, in the order in which its author saw the answers', async () => {
    await store.record('settlement', sampleSettlement(3, 't1'));
    await store.record('settlement', sampleSettlement(4, 't1', { verdict: tie, revises: sampleId(3) }));
    assert.deepEqual(await settledTasks(store), ['t1']);
    const source = await goldSource(store, 't1', sampleId(1));
    assert.deepEqual(source.preference, tie);
    assert.deepEqual(source.shown, shownOrder(sampleTask('t1'), 'ines'));
    await keepGold(store, source, decision);
    const [entry] = await store.ledger({ kind: 'gold' });
    assert.equal(entry?.record.settlement, sampleId(4));
    assert.deepEqual((await goldReferencesOf(store, ['t1', 't2'])).get('t1'), {
      preference: tie,
      rationale: decision.rationale,
      use: 'training',
      shown: source.shown,
    });
  });

  it('takes a review, with the correction of a reviewer, if the task is not settled', async () => {
    assert.equal((await goldSource(store, 't1', sampleId(1))).preference.kind, 'better');
    const corrected = { kind: 'correct', preference: tie, rationale: 'Both lose the rest.' } as const;
    await store.record('inspection', sampleInspection(5, 1, { decision: corrected }));
    const source = await goldSource(store, 't1', sampleId(1));
    assert.deepEqual([source.preference, source.rationale], [tie, 'Both lose the rest.']);
  });

  it('replaces the previous reference', async () => {
    await keepGold(store, await goldSource(store, 't1', sampleId(1)), decision);
    await keepGold(store, await goldSource(store, 't1', sampleId(2)), { ...decision, use: 'qualification' });
    const [first, second] = (await store.ledger({ kind: 'gold' })).map(({ record }) => record);
    assert.equal(second?.revises, first?.id);
    assert.deepEqual(await store.reserve(), [{ taskId: 't1', use: 'qualification' }]);
    assert.equal(await store.verify(), undefined);
  });

  it('can be withdrawn, even if the task came with it, and kept again', async () => {
    const known = sampleTask('t3', { gold: { preference: tie } });
    await importTasks(store, [known]);
    await store.submit(sampleReview(7, 't3', { taskHash: contentHash(known) }));
    assert.equal(await isGold(store, 't3'), true);
    const source = await goldSource(store, 't3', sampleId(7));
    await keepGold(store, source, { ...decision, use: 'none', rationale: 'Both are right.' });
    assert.equal(await isGold(store, 't3'), false);
    assert.deepEqual(await store.reserve(), []);
    await keepGold(store, source, decision);
    assert.equal(await isGold(store, 't3'), true);
    assert.deepEqual(await store.reserve(), [{ taskId: 't3', use: 'training' }]);
    assert.equal(await store.verify(), undefined);
  });

  it('refuses a task without a known verdict', async () => {
    const refused = { code: 'gold-unsettled' };
    await assert.rejects(goldSource(store, 't1'), refused);
    await assert.rejects(goldSource(store, 'nowhere'), refused);
    await store.submit(sampleReview(6, 't2', { preference: null }));
    await assert.rejects(goldSource(store, 't2', sampleId(6)), refused);
  });
});
