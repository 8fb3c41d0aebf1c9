import assert from 'node:assert/strict';
import { contentHash } from '../../../../src/core/text/hash.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { inspectSorts, type InspectShow, type Store } from '../../../../src/store/store.ts';
import {
  eva,
  sampleDraft,
  sampleGold,
  sampleId,
  sampleInspection,
  sampleReview,
  sampleSettlement,
  sampleTask,
} from '../samples.ts';
import { importReviews, importTasks } from '../../../fixtures/imports.ts';

const sendBack = { kind: 'send-back' as const, changes: ['Say which input.'] };

describe('reviews to inspect', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [sampleTask('t1', { title: 'Chunks' })]);
    await store.submit(sampleReview(1, 't1'));
    await store.submit(
      sampleReview(2, 't2', { overrides: [{ rule: 'R05', reason: 'none' }], activeMs: 4_000 }),
    );
    await store.submit(sampleReview(3, 't1', { evaluator: 'otto' }));
  });
  afterEach(() => store.close());

  const listed = async (show: InspectShow, reviewer = 'ines') =>
    (await store.inspectList({ reviewer, show }, 'newest', { limit: 10 })).entries.map(({ reviewId }) =>
      Number.parseInt(reviewId.slice(-4), 16),
    );

  it('lists the latest first, with the title if the task exists', async () => {
    const { entries, total } = await store.inspectList({ reviewer: 'ines', show: 'all' }, 'newest', {
      limit: 2,
    });
    assert.equal(total, 3);
    assert.deepEqual(
      entries.map(({ title, state, isRevision }) => [title, state, isRevision]),
      [
        ['Chunks', 'open', false],
        ['t2', 'open', false],
      ],
    );
    const rest = await store.inspectList({ reviewer: 'ines', show: 'all' }, 'newest', {
      limit: 2,
      after: entries[1]!.reviewId,
    });
    assert.deepEqual(
      rest.entries.map(({ reviewId }) => reviewId),
      [sampleId(1)],
    );
  });

  it('shows the agreement on the task, and can list the lowest agreement first', async () => {
    const forSecond = { kind: 'better', winner: 'second', strength: 1 } as const;
    await store.submit(sampleReview(4, 't3', { activeMs: 5_000 }));
    await store.submit(sampleReview(5, 't3', { evaluator: 'otto', preference: forSecond }));
    const filter = { reviewer: 'ines', show: 'all' } as const;
    const { entries } = await store.inspectList(filter, 'agreement', { limit: 9 });
    assert.deepEqual(
      entries.map(({ taskId, reviewsOfTask, agreement }) => [taskId, reviewsOfTask, agreement]),
      [
        ['t3', 2, 0],
        ['t3', 2, 0],
        ['t1', 2, 1],
        ['t1', 2, 1],
        ['t2', 1, undefined],
      ],
    );
  });

  it('continues after a review in each order', async () => {
    await store.submit(sampleReview(4, 't3', { activeMs: 4_000 }));
    const filter = { reviewer: 'ines', show: 'all' } as const;
    for (const sort of inspectSorts) {
      const whole = (await store.inspectList(filter, sort, { limit: 9 })).entries;
      for (const [index, { reviewId: after }] of whole.entries()) {
        const { entries } = await store.inspectList(filter, sort, { limit: 9, after });
        assert.deepEqual(entries, whole.slice(index + 1), `${sort}, after ${index}`);
      }
    }
  });

  it('leaves out a review whose revision was imported first', async () => {
    const revised = { ...sampleReview(8, 't9', { revises: sampleId(7) }), prevHash: '' };
    await importReviews(store, [revised, { ...sampleReview(7, 't9'), prevHash: '' }]);
    assert.deepEqual(await listed('all'), [8, 3, 2, 1]);
  });

  it('filters by overrides, very fast reviews and missed gold verdicts', async () => {
    assert.deepEqual(await listed('overridden'), [2]);
    assert.deepEqual(await listed('fast'), [2]);
    assert.deepEqual(await listed('gold-missed'), []);
    const tie = { kind: 'tie' } as const;
    const taskHash = contentHash((await store.task('t1'))!);
    await store.record('gold', sampleGold(7, 't1', { preference: tie, taskHash }));
    await store.submit(sampleReview(8, 't1', { evaluator: 'tess', preference: tie }));
    assert.deepEqual(await listed('gold-missed'), [3, 1]);
  });

  it('leaves out only reviews that the reviewer has inspected', async () => {
    await store.record('inspection', sampleInspection(10, 1));
    assert.deepEqual(await listed('unresolved'), [3, 2]);
    assert.deepEqual(await listed('unresolved', 'rita'), [3, 2, 1]);
    const [, , first] = (await store.inspectList({ reviewer: 'rita', show: 'all' }, 'newest', { limit: 9 }))
      .entries;
    assert.equal(first?.state, 'open', 'another reviewer’s decision is not told');
    assert.equal(
      (await store.inspectList({ reviewer: 'ines', show: 'all' }, 'newest', { limit: 9 })).entries[2]?.state,
      'approve',
    );
  });

  it('leaves out settled and revised reviews', async () => {
    await store.submit(sampleReview(4, 't2', { revises: sampleId(2) }));
    await store.record(
      'settlement',
      sampleSettlement(11, 't1', {
        reviews: [
          { id: sampleId(1), hash: '' },
          { id: sampleId(3), hash: '' },
        ],
      }),
    );
    assert.deepEqual(await listed('unresolved'), [4]);
    assert.deepEqual(await listed('all'), [4, 3, 1]);
  });

  it('shows an unfinished inspection as a draft', async () => {
    const key = { kind: 'inspection' as const, author: 'ines', subject: sampleId(3) };
    await store.saveUnfinished(key, { reason: 'x' });
    assert.equal(
      (await store.inspectList({ reviewer: 'ines', show: 'all' }, 'newest', { limit: 1 })).entries[0]?.state,
      'draft',
    );
  });

  it('puts a review that was sent back into its evaluator’s queue, until it is revised or approved', async () => {
    const state = async (evaluator: string) =>
      (await store.queue({ evaluator }, 'position', { offset: 0, limit: 9 })).entries[0]?.state;
    await store.record('inspection', sampleInspection(10, 1, { decision: sendBack }));
    assert.equal(await state(eva), 'sent-back');
    assert.equal(await state('otto'), 'submitted');
    assert.equal((await store.queueSummary(eva)).states['sent-back'], 1);
    assert.equal(await store.nextTask({ evaluator: eva }, 'position'), 't1');
    assert.deepEqual(
      (await store.sentBack('t1', eva)).map(({ id }) => id),
      [sampleId(10)],
    );
    await store.saveDraft(sampleDraft('t1'));
    assert.equal(await state(eva), 'draft');
    await store.submit(sampleReview(5, 't1', { revises: sampleId(1) }));
    assert.equal(await state(eva), 'submitted');
    assert.deepEqual(await store.sentBack('t1', eva), []);
    await store.record('inspection', sampleInspection(12, 3, { decision: sendBack, reviewId: sampleId(3) }));
    assert.equal(await state('otto'), 'sent-back');
    await store.record('inspection', sampleInspection(13, 3, { revises: sampleId(12) }));
    assert.equal(await state('otto'), 'submitted');
  });
});
