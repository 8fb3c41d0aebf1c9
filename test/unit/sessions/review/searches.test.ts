import { importTasks } from '../../../fixtures/imports.ts';
import assert from 'node:assert/strict';
import { reviewSchema } from '../../../../src/core/review/review.ts';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import { Session } from '../../../../src/sessions/review/session.ts';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import type { Store } from '../../../../src/store/store.ts';
import { foundIn, heldFinder } from '../../../fixtures/heldFinder.ts';
import { heldRunner, runOf, turn } from '../../../fixtures/heldRunner.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { sampleServices } from '../../../fixtures/services.ts';

const task: Task = {
  id: 'sum',
  language: 'python',
  prompt: 'Add two numbers.',
  answers: [
    { id: 'm1', text: '```python\ndef add(a, b):\n    return a + b\n```\n' },
    { id: 'm2', text: '```python\n# by Claude\ndef add(a, b):\n    return a - b\n```\n' },
  ],
  ask: ['cases'],
};

const differing: Case = { id: 'difference-1', kind: 'call', args: [1, 2], origin: 'difference' };

describe('a search for differences in a session', () => {
  let store: Store;
  let session: Session;
  let finder: ReturnType<typeof heldFinder>;
  let blocked: string | undefined;
  const open = async () => {
    const services = sampleServices(store, {
      runner: heldRunner().runner,
      findDifferences: finder.find,
      blocked: () => Promise.resolve(blocked),
    });
    session = await Session.open(task, services);
  };
  beforeEach(async () => {
    blocked = undefined;
    finder = heldFinder();
    store = await openSqliteStore(':memory:');
    await importTasks(store, [task]);
    await open();
  });
  afterEach(async () => {
    await session.flush();
    session.dispose();
    await store.close();
  });

  const shown = () => session.state({ index: 1, total: 1 }).differences!;
  const begin = async () => {
    const finding = session.findDifferences();
    await turn();
    return { finding, search: finder.searches.at(-1)! };
  };
  /** Ends a search with one difference, whose results are the numbers in the order of A and B. */
  const found = ({ search }: Awaited<ReturnType<typeof begin>>, withinBounds = true) => {
    const { programs } = search.compared;
    const [a, b] = programs.map(({ answerId, files }, index) =>
      runOf({ taskId: task.id, answerId, files, cases: [differing], language: 'python' }, 'pass', {
        results: [{ ...result(differing.id, 'pass'), actual: [3, -1][index]!, stderr: 'by Claude' }],
      }),
    );
    search.end(foundIn([a!, b!], withinBounds));
  };
  const decide = (decision: { kind: 'not-allowed' } | { kind: 'allowed'; caseId: string } | null) =>
    session.edit({ kind: 'witness', search: shown().searches[0]!.id, caseId: differing.id, decision });

  it('shows its counts, then each difference with both results, without names of models', async () => {
    const begun = await begin();
    assert.equal(shown().phase, 'running');
    begun.search.options.onProgress?.({ pairs: 400, differences: 2 });
    assert.deepEqual([shown().pairs, shown().kinds], [400, 2]);
    found(begun);
    await begun.finding;
    const [search] = shown().searches;
    assert.equal(shown().phase, 'idle');
    assert.deepEqual([search!.number, search!.text], [1, '12,480 inputs tried, seed 1: 1 difference']);
    const [witness] = search!.witnesses;
    assert.equal(witness!.text, '1, 2: A 3, B -1');
    assert.deepEqual(witness!.case, differing);
    assert.deepEqual([witness!.results.A?.actual, witness!.results.B?.actual], [3, -1]);
    const masked = session.order.indexOf('m2') === 0 ? 'A' : 'B';
    assert.doesNotMatch(JSON.stringify(witness!.results[masked]), /Claude/);
    assert.match(JSON.stringify(session.draft.searches), /by Claude/);
  });

  it('searches the answers as shown, from the cases of the task and of the person', async () => {
    const own: Case = { id: 'own', kind: 'call', args: [0, 0], expected: 0, origin: 'evaluator' };
    session.edit({ kind: 'case', case: own });
    const { search, finding } = await begin();
    assert.deepEqual(
      search.compared.programs.map(({ answerId }) => answerId),
      session.order,
    );
    assert.deepEqual(search.compared.task.cases, [own]);
    search.end();
    await finding;
  });

  it('tries other inputs the second time, and stays in the draft', async () => {
    for (const seed of [1, 2]) {
      const { search, finding } = await begin();
      assert.equal(search.options.seed, seed);
      search.end();
      await finding;
    }
    await session.flush();
    session.dispose();
    await open();
    assert.deepEqual(
      shown().searches.map(({ number, text }) => [number, text]),
      [
        [1, '12,480 inputs tried, seed 1: no difference'],
        [2, '12,480 inputs tried, seed 2: no difference'],
      ],
    );
  });

  it('keeps what it found when it is stopped, and lets runs go on', async () => {
    session.edit({ kind: 'case', case: { ...differing, id: 'own', expected: 3 } as Case });
    void session.run();
    const { search, finding } = await begin();
    session.stopSearch();
    assert.equal(search.options.signal?.aborted, true);
    assert.ok(session.running);
    search.end({ cancelled: true, pairs: 10 });
    await finding;
    assert.equal(shown().searches[0]?.text, '10 inputs tried, seed 1, stopped: no difference');
    assert.ok(session.board.running);
  });

  it('is dropped by a newer search, a change of reading and the end of the session', async () => {
    const first = await begin();
    const second = await begin();
    found(first);
    await first.finding;
    assert.deepEqual(shown().searches, []);
    assert.equal(shown().phase, 'running');
    session.edit({ kind: 'reading', side: 'A', reading: 'whole' });
    assert.equal(shown().phase, 'idle');
    found(second);
    await second.finding;
    assert.deepEqual(shown().searches, []);
    const third = await begin();
    session.dispose();
    assert.equal(third.search.options.signal?.aborted, true);
    found(third);
    await third.finding;
    assert.equal(session.draft.searches, undefined);
  });

  it('does not begin where nothing can run, and says why', async () => {
    blocked = 'This workspace is not trusted.';
    await session.findDifferences();
    assert.equal(finder.searches.length, 0);
    assert.deepEqual([shown().phase, shown().error], ['failed', blocked]);
  });

  it('shows why it failed, unless it was stopped', async () => {
    const first = await begin();
    first.search.fail(new Error('nothing to vary'));
    await first.finding;
    assert.equal(shown().error, 'nothing to vary');
    const second = await begin();
    session.cancelRun();
    second.search.fail(new Error('aborted'));
    await second.finding;
    assert.equal(shown().phase, 'idle');
  });

  it('records the decision on a difference, which ends with the case that it made', async () => {
    const begun = await begin();
    found(begun);
    await begun.finding;
    const decision = () => shown().searches[0]!.witnesses[0]!.decision;
    session.edit({ kind: 'case', case: { ...differing, id: '1-2', expected: 3 } as Case });
    decide({ kind: 'allowed', caseId: '1-2' });
    assert.deepEqual(decision(), { kind: 'allowed', caseId: '1-2' });
    assert.equal(session.cases.at(-1)!.origin, 'difference');
    session.edit({ kind: 'remove-case', id: '1-2' });
    assert.equal(decision(), undefined);
    decide({ kind: 'not-allowed' });
    assert.deepEqual(decision(), { kind: 'not-allowed' });
    decide(null);
    assert.equal(decision(), undefined);
  });

  it('takes over the decision on an input that it finds again', async () => {
    const first = await begin();
    found(first);
    await first.finding;
    decide({ kind: 'not-allowed' });
    const second = await begin();
    found(second);
    await second.finding;
    const decisions = () => shown().searches.map(({ witnesses }) => witnesses[0]!.decision);
    assert.deepEqual(decisions(), [{ kind: 'not-allowed' }, { kind: 'not-allowed' }]);
    decide(null);
    assert.deepEqual(decisions(), [undefined, undefined]);
  });

  it('tries no input outside of the bounds once such an input is not allowed', async () => {
    const first = await begin();
    found(first, false);
    await first.finding;
    const before = await begin();
    assert.equal(before.search.options.staysWithinBounds, false);
    before.search.end();
    await before.finding;
    decide({ kind: 'not-allowed' });
    const after = await begin();
    assert.equal(after.search.options.staysWithinBounds, true);
    after.search.end();
    await after.finding;
    assert.deepEqual(
      session.draft.searches!.map((search) => search.staysWithinBounds),
      [undefined, undefined, true],
    );
  });

  it('is part of the submitted review, and does not change it afterwards', async () => {
    const begun = await begin();
    found(begun);
    await begun.finding;
    session.edit({ kind: 'case', case: { ...differing, id: '1-2', expected: 3 } as Case });
    decide({ kind: 'allowed', caseId: '1-2' });
    const late = await begin();
    assert.deepEqual(await session.submit(), []);
    late.search.end();
    await late.finding;
    const [review] = await store.reviews({ taskId: task.id });
    assert.deepEqual(reviewSchema.parse(review).searches, session.draft.searches);
    const [search] = review!.searches!;
    assert.equal(review!.searches!.length, 1);
    assert.deepEqual(
      search!.answers.map(({ answerId }) => answerId),
      session.order,
    );
    assert.deepEqual(search!.witnesses, [
      {
        caseId: 'difference-1',
        class: 'value',
        withinBounds: true,
        decision: { kind: 'allowed', caseId: '1-2' },
      },
    ]);
    assert.deepEqual(
      search!.runs.map(({ results }) => results[0]!.actual),
      [3, -1],
    );
  });
});
