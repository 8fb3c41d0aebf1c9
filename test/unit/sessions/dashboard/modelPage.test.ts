import assert from 'node:assert/strict';
import type { Task } from '../../../../src/core/task/task.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import type { ShownModels } from '../../../../src/protocol/dashboard.ts';
import { DashboardSource } from '../../../../src/sessions/dashboard/dashboardSource.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { sampleDraft, sampleGold, sampleReview, sampleSettlement, sampleTask } from '../../store/samples.ts';
import { importTasks } from '../../../fixtures/imports.ts';

/** A task between two models. */
function taskOf(id: string, first: string | undefined, second: string | undefined): Task {
  const task = sampleTask(id);
  const models = [first, second];
  return {
    ...task,
    answers: task.answers.map((answer, at) => ({ ...answer, ...(models[at] && { model: models[at] }) })),
  };
}

const names = /amber|birch|cedar|dune/;

describe('the Models page', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    await importTasks(store, [
      taskOf('t1', 'amber', 'birch'),
      taskOf('t2', 'birch', 'amber'),
      taskOf('mine to judge', 'cedar', 'dune'),
      taskOf('nobody has judged', 'cedar', 'dune'),
    ]);
    const winner = (id: string, at: number) => ({
      kind: 'better' as const,
      winner: sampleTask(id).answers[at]!.id,
      strength: 1 as const,
    });
    await store.submit(sampleReview(1, 't1', { evaluator: 'otto', preference: winner('t1', 0) }));
    await store.submit(sampleReview(2, 't2', { evaluator: 'otto', preference: winner('t2', 0) }));
    await store.submit(
      sampleReview(3, 'mine to judge', { evaluator: 'otto', preference: winner('mine to judge', 0) }),
    );
  });
  afterEach(() => store.close());

  const page = (options: { showModels?: boolean; evaluator?: string }): Promise<ShownModels> =>
    new DashboardSource(store, { showEvaluators: true, passMark: 0.8, ...options }).models({});
  const named = ({ models }: ShownModels) => models.map(({ model }) => model).toSorted();

  it('names no model unless allowed', async () => {
    const shown = await page({});
    assert.deepEqual([shown.isNamed, shown.models, shown.compared], [false, [], 0]);
    assert.doesNotMatch(JSON.stringify(shown), names);
  });

  it('names the models of tasks that have a submitted review, and no others', async () => {
    assert.deepEqual(named(await page({ showModels: true })), ['amber', 'birch', 'cedar', 'dune']);
    await store.removeTasks(['mine to judge']);
    assert.deepEqual(named(await page({ showModels: true })), ['amber', 'birch']);
  });

  it('names no model of a task that the evaluator has yet to judge, even if another review of it exists', async () => {
    await store.submit(sampleReview(4, 't1', { evaluator: 'eva' }));
    const shown = await page({ showModels: true, evaluator: 'eva' });
    assert.deepEqual(named(shown), ['amber', 'birch']);
    assert.doesNotMatch(JSON.stringify(shown), /cedar|dune/);
    assert.equal(shown.withheld, 2);
    assert.equal(shown.compared, 2);
    await store.submit(sampleReview(5, 'mine to judge', { evaluator: 'eva' }));
    const after = new DashboardSource(store, {
      showEvaluators: true,
      passMark: 0.8,
      showModels: true,
      evaluator: 'eva',
    });
    assert.deepEqual(named(await after.models({})), ['amber', 'birch', 'cedar', 'dune']);
  });

  it('stays blind for an evaluator at their first task', async () => {
    await store.saveDraft(sampleDraft('t1', { evaluator: 'eva' }));
    const shown = await page({ showModels: true, evaluator: 'eva' });
    assert.doesNotMatch(JSON.stringify(shown), names);
    assert.equal(shown.withheld, 3);
  });

  it('names all models to a reviewer who judges nothing here', async () => {
    assert.equal(named(await page({ showModels: true, evaluator: 'rita' })).length, 4);
  });

  it('counts votes by model, on whichever side it was', async () => {
    const { pairs } = await page({ showModels: true });
    const [pair] = pairs;
    assert.deepEqual([pair!.one, pair!.other, pair!.wins, pair!.losses], ['amber', 'birch', 1, 1]);
  });

  it('compares verdicts with gold verdicts, else with settlements', async () => {
    const first = sampleTask('t1').answers[0]!.id;
    const better = { kind: 'better' as const, winner: first, strength: 2 as const };
    await store.record('settlement', sampleSettlement(1, 't1', { verdict: better }));
    const [otto] = (await page({})).verdicts;
    assert.deepEqual([otto!.evaluator, otto!.known.count, otto!.known.of], ['otto', 1, 1]);
    await store.record(
      'gold',
      sampleGold(2, 't1', {
        taskHash: contentHash(taskOf('t1', 'amber', 'birch')),
        preference: { kind: 'tie' },
      }),
    );
    const [after] = (await page({})).verdicts;
    assert.deepEqual([after!.known.count, after!.known.of], [0, 1]);
  });
});
