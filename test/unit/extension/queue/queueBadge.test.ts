import assert from 'node:assert/strict';
import { QueueBadge } from '../../../../src/extension/queue/queueBadge.ts';
import { Listeners } from '../../../../src/sessions/desk/listeners.ts';
import type { QueueSummary } from '../../../../src/store/store.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const rethrow = (error: unknown): never => {
  throw error;
};

function summaryOf(open: number, submitted: number): QueueSummary {
  return {
    states: { open, draft: 0, 'sent-back': 0, submitted, skipped: 0 },
  } as Partial<QueueSummary> as QueueSummary;
}

/** A badge whose counts arrive when the test decides. */
function createBadge() {
  const view: { badge?: { value: number; tooltip: string }; description?: string } = {};
  const changes = new Listeners<void>(rethrow);
  const openings = new Listeners<void>(rethrow);
  const counts: PromiseWithResolvers<QueueSummary>[] = [];
  const summary = (): Promise<QueueSummary> => {
    const count = Promise.withResolvers<QueueSummary>();
    counts.push(count);
    return count.promise;
  };
  const queue = { filtered: false, onDidChange: changes.add, summary, watch: () => undefined };
  const badge = new QueueBadge(view, queue, { onDidOpen: openings.add }, rethrow);
  return { badge, view, queue, changes, openings, counts };
}

describe('the badge of the queue', () => {
  it('counts nothing before the database is open', () => {
    const { changes, counts } = createBadge();
    changes.fire();
    assert.equal(counts.length, 0);
  });

  it('shows how many tasks remain', async () => {
    const { view, openings, counts } = createBadge();
    openings.fire();
    counts[0]!.resolve(summaryOf(1, 2));
    await settled();
    assert.deepEqual(view, { badge: { value: 1, tooltip: '1 task left' }, description: '2 done · 1 left' });
  });

  it('says that the list is filtered', async () => {
    const { view, queue, openings, counts } = createBadge();
    queue.filtered = true;
    openings.fire();
    counts[0]!.resolve(summaryOf(1, 2));
    await settled();
    assert.equal(view.description, '2 done · 1 left · filtered');
  });

  it('ignores an earlier, slower count', async () => {
    const { view, openings, changes, counts } = createBadge();
    openings.fire();
    changes.fire();
    counts[1]!.resolve(summaryOf(1, 2));
    counts[0]!.resolve(summaryOf(2, 1));
    await settled();
    assert.equal(view.description, '2 done · 1 left');
  });

  it('disappears if the database cannot be read', async () => {
    const { view, openings, changes, counts } = createBadge();
    openings.fire();
    counts[0]!.resolve(summaryOf(1, 2));
    await settled();
    changes.fire();
    counts[1]!.reject(new Error('locked'));
    await settled();
    assert.equal(view.badge, undefined);
  });
});
