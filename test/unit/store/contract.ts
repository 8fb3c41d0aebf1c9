import { taskTitle } from '../../../src/core/task/title.ts';
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CheckReport } from '../../../src/core/run/diagnostic.ts';
import { parseJson } from '../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../src/core/text/json.ts';
import { recordHash } from '../../../src/core/records/chain.ts';
import type { LedgerEntry } from '../../../src/core/records/ledger.ts';
import { toolchainKey, type Run } from '../../../src/core/run/run.ts';
import type { QueueFilter, QueueOrder, QueueSort, Store } from '../../../src/store/store.ts';
import { result } from '../../fixtures/rationaleContext.ts';
import {
  eva,
  sampleDraft,
  sampleGold,
  sampleId,
  sampleIdeal,
  sampleInspection,
  sampleReview,
  sampleRun,
  sampleSettlement,
  sampleTask,
} from './samples.ts';
import { importLedger, importReviews, importRuns, importTasks } from '../../fixtures/imports.ts';

/** The contract of every implementation of the store; `open` returns a new, empty store. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    describe('tasks', () => {
      it('gives back exactly the task that was imported', async () => {
        const task = sampleTask('t1', {
          title: 'Zürich – "chunk"\n',
          tags: ['lists'],
          source: { a: [null, 1.5] },
        });
        assert.deepEqual(await importTasks(store, [task]), {
          added: 1,
          unchanged: 0,
          updated: 0,
          refused: [],
        });
        assert.deepEqual(await store.task('t1'), task);
        assert.equal(await store.task('t2'), undefined);
      });

      it('keeps the type and the digits of numbers', async () => {
        const source = parseJson('{"a":[2.0,-0.0,1e3,12345678901234567891]}') as Json;
        await importTasks(store, [sampleTask('t1', { source })]);
        assert.equal(JSON.stringify((await store.task('t1'))?.source), JSON.stringify(source));
        const again = [sampleTask('t1', { source })];
        assert.deepEqual(await importTasks(store, again), {
          added: 0,
          unchanged: 1,
          updated: 0,
          refused: [],
        });
        const other = [sampleTask('t1', { source: { a: [2, 0, 1000, 12345678901234567000] } })];
        assert.equal((await importTasks(store, other)).updated, 1);
      });

      it('counts what was there already, also when only the order of keys differs', async () => {
        const source = { a: 1, b: 2 };
        await importTasks(store, [sampleTask('t1', { source }), sampleTask('t2')]);
        const again = [sampleTask('t1', { source: { b: 2, a: 1 } }), sampleTask('t2', { tags: ['new'] })];
        assert.deepEqual(await importTasks(store, again), {
          added: 0,
          unchanged: 1,
          updated: 1,
          refused: [],
        });
        assert.deepEqual((await store.task('t2'))?.tags, ['new']);
        assert.deepEqual((await store.queueSummary(eva)).tags, [{ name: 'new', count: 1 }]);
      });

      it('keeps a reviewed task as it was judged and says so', async () => {
        await importTasks(store, [sampleTask('t1')]);
        await store.submit(sampleReview(1, 't1'));
        const counts = await importTasks(store, [
          sampleTask('t1', { prompt: 'Something else' }),
          sampleTask('t2'),
        ]);
        assert.deepEqual(counts, { added: 1, unchanged: 0, updated: 0, refused: ['t1'] });
        assert.deepEqual(await store.task('t1'), sampleTask('t1'));
      });

      it('takes tasks out of the queue and keeps the work on them', async () => {
        await importTasks(store, [sampleTask('t1', { tags: ['x'] }), sampleTask('t2')]);
        await store.saveDraft(sampleDraft('t1'));
        assert.equal(await store.removeTasks(['t1', 'nowhere']), 1);
        assert.equal(await store.task('t1'), undefined);
        assert.deepEqual(await listed(store, { evaluator: eva }), ['t2']);
        assert.deepEqual((await store.queueSummary(eva)).tags, []);
        assert.deepEqual(await store.draft('t1', eva), sampleDraft('t1'));
      });

      it('walks every task in the order of import', async () => {
        const tasks = numbers(450).map((n) => sampleTask(`t${n}`));
        await importTasks(store, tasks);
        const seen = [];
        for await (const task of store.tasks()) seen.push(task);
        assert.deepEqual(seen, tasks);
      });
    });

    describe('queue', () => {
      beforeEach(async () => {
        await importTasks(store, [
          sampleTask('t0', { title: 'pear', language: 'sql', tags: ['easy'] }),
          sampleTask('t1', { title: 'Apple', language: 'go', tags: ['easy', 'lists'] }),
          sampleTask('t2', { title: 'Éclair', language: 'python', tags: ['lists'] }),
          sampleTask('t3', { title: 'fig', language: 'go' }),
        ]);
        await store.submit(sampleReview(1, 't0'));
        await store.saveDraft(sampleDraft('t2'));
        await store.skip({ taskId: 't3', evaluator: eva, reason: 'too long', at: '2026-11-02T10:00:00Z' });
      });

      it('says where each task stands for the evaluator who asks', async () => {
        const { entries } = await store.queue({ evaluator: eva }, 'position', { offset: 0, limit: 10 });
        assert.deepEqual(entries[1], {
          taskId: 't1',
          title: 'Apple',
          language: 'go',
          tags: ['easy', 'lists'],
          state: 'open',
          position: 1,
        });
        assert.deepEqual(
          entries.map((entry) => entry.state),
          ['submitted', 'open', 'draft', 'skipped'],
        );
        const other = await store.queue({ evaluator: 'otto' }, 'position', { offset: 0, limit: 10 });
        assert.deepEqual(new Set(other.entries.map((entry) => entry.state)), new Set(['open']));
      });

      const sorts: [QueueSort, string[]][] = [
        ['position', ['t0', 't1', 't2', 't3']],
        ['title', ['t1', 't3', 't0', 't2']],
        ['language', ['t1', 't3', 't2', 't0']],
        ['state', ['t2', 't1', 't3', 't0']],
      ];
      for (const [sort, expected] of sorts) {
        it(`sorts by ${sort}`, async () =>
          assert.deepEqual(await listed(store, { evaluator: eva }, sort), expected));
      }

      const filters: [string, Omit<QueueFilter, 'evaluator'>, string[]][] = [
        ['languages', { languages: ['go', 'sql'] }, ['t0', 't1', 't3']],
        ['no language at all', { languages: [] }, []],
        ['tags, any of them', { tags: ['easy', 'lists'] }, ['t0', 't1', 't2']],
        ['states', { states: ['open', 'skipped'] }, ['t1', 't3']],
        ['a word in any case of letters', { text: 'ÉCL' }, ['t2']],
        ['words that all occur', { text: ' easy  t0 ' }, ['t0']],
        ['characters that mean something to SQL', { text: "%' OR 1=1 --" }, []],
        ['everything at once', { languages: ['go'], tags: ['lists'], states: ['open'], text: 'app' }, ['t1']],
      ];
      for (const [title, filter, expected] of filters) {
        it(`filters by ${title}`, async () =>
          assert.deepEqual(await listed(store, { evaluator: eva, ...filter }), expected));
      }

      describe('with files of import', () => {
        const filesOf = async (filter: Omit<QueueFilter, 'evaluator'> = {}) =>
          store.queueFiles({ evaluator: eva, ...filter });
        beforeEach(async () => {
          await importTasks(store, [sampleTask('t4', { language: 'go' }), sampleTask('t5')], 'b.jsonl');
          await importTasks(store, [sampleTask('t6', { language: 'go' })], 'a.jsonl');
        });

        it('lists the files of what matches, and the unknown file last', async () => {
          assert.deepEqual(await filesOf(), ['a.jsonl', 'b.jsonl', null]);
          assert.deepEqual(await filesOf({ languages: ['sql'] }), [null]);
          assert.deepEqual(await filesOf({ states: ['open'], languages: ['go'] }), [
            'a.jsonl',
            'b.jsonl',
            null,
          ]);
        });

        it('filters by file, and by tasks of an unknown file', async () => {
          assert.deepEqual(await listed(store, { evaluator: eva, files: ['b.jsonl'] }), ['t4', 't5']);
          const files = [null, 'a.jsonl'];
          assert.deepEqual(await listed(store, { evaluator: eva, files }), ['t0', 't1', 't2', 't3', 't6']);
          assert.deepEqual(await listed(store, { evaluator: eva, files: [] }), []);
        });

        it('sorts by file and then by another key, and goes to the next task in this order', async () => {
          const order = ['file', 'language'] as const;
          const expected = ['t6', 't4', 't5', 't1', 't3', 't2', 't0'];
          assert.deepEqual(await listed(store, { evaluator: eva }, order), expected);
          assert.equal(await store.nextTask({ evaluator: eva }, order, 't6'), 't4');
          assert.equal(await store.nextTask({ evaluator: eva }, order, 't5'), 't1');
          assert.equal(await store.nextTask({ evaluator: eva }, order, 't0'), 't6');
          assert.deepEqual(await store.place('t5', { evaluator: eva }, order), { index: 3, total: 7 });
        });

        it('keeps the first known file of an unchanged task, and names the file of a new version', async () => {
          const fileOf = async (id: string) => {
            const { entries } = await store.queue({ evaluator: eva }, 'position', { offset: 0, limit: 10 });
            return entries.find(({ taskId }) => taskId === id)?.file;
          };
          await importTasks(store, [sampleTask('t5')], 'c.jsonl');
          assert.equal(await fileOf('t5'), 'b.jsonl');
          await importTasks(store, [sampleTask('t5', { prompt: 'New' })], 'c.jsonl');
          assert.equal(await fileOf('t5'), 'c.jsonl');
          assert.equal(await fileOf('t3'), undefined);
          await importTasks(store, [sampleTask('t3', { title: 'fig', language: 'go' })], 'c.jsonl');
          assert.equal(await fileOf('t3'), 'c.jsonl');
        });
      });

      it('pages and still says how many there are', async () => {
        const page = await store.queue({ evaluator: eva }, 'title', { offset: 1, limit: 2 });
        assert.deepEqual(
          page.entries.map((entry) => entry.taskId),
          ['t3', 't0'],
        );
        assert.equal(page.total, 4);
      });

      it('counts states, languages and tags over the whole queue', async () => {
        assert.deepEqual(await store.queueSummary(eva), {
          states: { open: 1, draft: 1, submitted: 1, skipped: 1, 'sent-back': 0 },
          languages: [
            { name: 'go', count: 2 },
            { name: 'python', count: 1 },
            { name: 'sql', count: 1 },
          ],
          tags: [
            { name: 'easy', count: 2 },
            { name: 'lists', count: 2 },
          ],
        });
      });

      it('goes to the next unfinished task in the order shown, and round to the start', async () => {
        const filter = { evaluator: eva };
        assert.equal(await store.nextTask(filter, 'position'), 't1');
        assert.equal(await store.nextTask(filter, 'position', 't1'), 't2');
        assert.equal(await store.nextTask(filter, 'position', 't2'), 't1');
        assert.equal(await store.nextTask(filter, 'title', 't0'), 't2');
        assert.equal(await store.nextTask(filter, 'language', 't2'), 't1');
        assert.equal(await store.nextTask(filter, 'state', 't0'), 't2');
        assert.equal(await store.nextTask({ ...filter, languages: ['python'] }, 'position', 't2'), 't2');
        assert.equal(await store.nextTask({ ...filter, states: ['submitted'] }, 'position'), undefined);
      });

      it('says which of how many a task is', async () => {
        const filter: QueueFilter = { evaluator: eva, languages: ['go', 'python'] };
        assert.deepEqual(await store.place('t3', filter, 'position'), { index: 3, total: 3 });
        assert.deepEqual(await store.place('t3', filter, 'title'), { index: 2, total: 3 });
        assert.deepEqual(await store.place('t0', filter, 'title'), { index: 0, total: 3 });
        assert.deepEqual(await store.place('nowhere', filter, 'title'), { index: 0, total: 3 });
      });

      it('shows a skipped task as open again when the skip is taken back', async () => {
        assert.equal((await store.skips()).length, 1);
        await store.unskip('t3', eva);
        assert.deepEqual(await store.skips(), []);
        assert.deepEqual(await listed(store, { evaluator: eva, states: ['open'] }), ['t1', 't3']);
      });

      it('shows a draft on a submitted task as a draft, and a submitted skip as submitted', async () => {
        await store.saveDraft(sampleDraft('t0'));
        await store.submit(sampleReview(2, 't3'));
        assert.deepEqual(await listed(store, { evaluator: eva, states: ['draft'] }), ['t0', 't2']);
        assert.deepEqual(await listed(store, { evaluator: eva, states: ['submitted'] }), ['t3']);
        assert.deepEqual(await store.skips(), []);
      });
    });

    describe('drafts', () => {
      it('keeps one a task and evaluator, the last one saved', async () => {
        await store.saveDraft(sampleDraft('t1'));
        await store.saveDraft(sampleDraft('t1', { evaluator: 'otto', preference: null }));
        await store.saveDraft(sampleDraft('t1', { rationale: 'B prints \u0000 and \ud800 \u{1f600}' }));
        assert.equal((await store.draft('t1', eva))?.rationale, 'B prints \u0000 and \ud800 \u{1f600}');
        assert.equal((await store.draft('t1', 'otto'))?.preference, null);
        assert.equal(await store.draft('t2', eva), undefined);
      });

      it('carries out writes in the order in which they were asked for', async () => {
        const saves = numbers(50).map((n) => store.saveDraft(sampleDraft('t1', { activeMs: n })));
        const submitted = store.submit(sampleReview(1, 't1'));
        await Promise.all([...saves, submitted]);
        assert.equal(await store.draft('t1', eva), undefined);
      });
    });

    describe('time', () => {
      it('adds up by work and day, and names the task and the record', async () => {
        await importTasks(store, [sampleTask('t1')]);
        const { startedAt } = sampleReview(1, 't1');
        const time = { person: eva, taskId: 't1', work: 'review', startedAt, day: '2026-11-30' } as const;
        const other = { ...time, taskId: 'unknown', day: '2026-12-01', activeMs: 1, idleMs: 0 };
        await store.addTime([{ ...time, activeMs: 1_000, idleMs: 10 }]);
        await store.addTime([{ ...time, activeMs: 2_000, idleMs: 5 }, other]);
        await store.addTime([{ ...time, person: 'otto', activeMs: 9, idleMs: 9 }]);
        const [first, second] = await store.worked({ person: eva });
        const title = taskTitle(sampleTask('t1'));
        assert.deepEqual(first, { ...time, activeMs: 3_000, idleMs: 15, title, recordId: undefined });
        assert.deepEqual(second, { ...other, title: undefined, recordId: undefined });
        const review = await store.submit(sampleReview(1, 't1'));
        const [recorded, ...more] = await store.worked({ person: eva, taskId: 't1' });
        assert.equal(recorded!.recordId, review.id);
        assert.deepEqual(more, []);
      });

      it('names the settlement that time was spent on', async () => {
        const settlement = sampleSettlement(7, 't1');
        const { author: person, startedAt } = settlement;
        const day = '2026-11-30';
        await store.addTime([
          { person, taskId: 't1', work: 'settlement', startedAt, day, activeMs: 5, idleMs: 0 },
        ]);
        await store.record('settlement', settlement);
        assert.equal((await store.worked({ person }))[0]?.recordId, settlement.id);
      });
    });

    describe('reviews', () => {
      it("links each review to the evaluator's last and removes the draft", async () => {
        await store.saveDraft(sampleDraft('t1'));
        const first = await store.submit(sampleReview(1, 't1'));
        const other = await store.submit(sampleReview(2, 't1', { evaluator: 'otto' }));
        const second = await store.submit(sampleReview(3, 't2'));
        assert.deepEqual([first.prevHash, other.prevHash, second.prevHash], ['', '', recordHash(first)]);
        assert.equal(await store.draft('t1', eva), undefined);
        assert.equal(await store.verify(), undefined);
      });

      it('answers a repeated submit with the stored record', async () => {
        const first = await store.submit(sampleReview(1, 't1'));
        await store.submit(sampleReview(2, 't2'));
        assert.deepEqual(await store.submit(sampleReview(1, 't1')), first);
        assert.equal((await store.reviews()).length, 2);
      });

      it('keeps the draft of a revision when the earlier review is submitted again', async () => {
        await store.submit(sampleReview(1, 't1'));
        await store.saveDraft(sampleDraft('t1'));
        await store.submit(sampleReview(1, 't1'));
        assert.deepEqual(await store.draft('t1', eva), sampleDraft('t1'));
      });

      it('refuses other content under a submitted id', async () => {
        await store.submit(sampleReview(1, 't1'));
        await assert.rejects(store.submit(sampleReview(1, 't1', { rationale: 'no' })), {
          code: 'store-conflict',
          message: /review 01930000.* new review/,
        });
        assert.equal((await store.reviews())[0]?.rationale, sampleReview(1, 't1').rationale);
      });

      it('gives back every review exactly as it was submitted, whatever its text', async () => {
        let n = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.record({
              rationale: fc.string({ unit: 'binary' }),
              ideal: fc.string({ unit: 'binary' }),
              taskId: fc.string({ unit: 'grapheme' }),
              scores: fc.dictionary(
                fc.string(),
                fc.dictionary(fc.string(), fc.double({ noNaN: true, min: -5, max: 5 })),
              ),
            }),
            async (content) => {
              n += 1;
              const submitted = await store.submit(sampleReview(n, 't1', content));
              const stored = (await store.reviews()).at(-1);
              assert.deepEqual(stored, submitted);
              const { prevHash: _, ...unchained } = submitted;
              assert.equal(JSON.stringify(unchained), JSON.stringify(sampleReview(n, 't1', content)));
            },
          ),
          { numRuns: 60 },
        );
        assert.equal(await store.verify(), undefined);
      });

      it('finds the reviews of a task, of an evaluator and of both', async () => {
        await store.submit(sampleReview(1, 't1'));
        await store.submit(sampleReview(2, 't2'));
        await store.submit(sampleReview(3, 't1', { evaluator: 'otto' }));
        const ids = async (filter: Parameters<Store['reviews']>[0]) =>
          (await store.reviews(filter)).map((review) => review.id);
        assert.deepEqual(await ids({ taskId: 't1' }), [sampleId(1), sampleId(3)]);
        assert.deepEqual(await ids({ evaluator: eva }), [sampleId(1), sampleId(2)]);
        assert.deepEqual(await ids({ taskId: 't1', evaluator: 'otto' }), [sampleId(3)]);
        assert.deepEqual(await ids({ latest: 2 }), [sampleId(2), sampleId(3)]);
      });

      it('imports reviews with their own chain beside the one that grows here', async () => {
        const elsewhere = await open();
        const theirs = [
          await elsewhere.submit(sampleReview(1, 't1')),
          await elsewhere.submit(sampleReview(2, 't2')),
        ];
        await elsewhere.close();
        const mine = await store.submit(sampleReview(3, 't3'));
        assert.deepEqual(await importReviews(store, theirs), { added: 2, unchanged: 0, refused: [] });
        const next = await store.submit(sampleReview(4, 't4'));
        assert.equal(next.prevHash, recordHash(mine));
        assert.deepEqual(await store.reviews(), [mine, ...theirs, next]);
        assert.equal(await store.verify(), undefined);
        const changed = [theirs[0]!, { ...theirs[1]!, rationale: 'other' }];
        const counts = { added: 0, unchanged: 1, refused: [theirs[1]!.id] };
        assert.deepEqual(await importReviews(store, changed), counts);
      });

      it('finds a link that does not hold in what was imported', async () => {
        const elsewhere = await open();
        const [first, second] = [
          await elsewhere.submit(sampleReview(1, 't1')),
          await elsewhere.submit(sampleReview(2, 't2')),
        ];
        await elsewhere.close();
        await importReviews(store, [{ ...first, rationale: 'prettier' }, second]);
        assert.equal((await store.verify())?.recordId, second.id);
      });
    });

    describe('checks', () => {
      it('keeps what a check said by its key, the latest', async () => {
        const report: CheckReport = {
          check: 'pyright',
          version: '1.1.0',
          answerId: 'm1',
          codeHash: 'code-1',
          status: 'done',
          diagnostics: [],
        };
        assert.equal(await store.cachedCheck('one'), undefined);
        await store.saveCheck('one', report);
        await store.saveCheck('two', { ...report, answerId: 'm2' });
        assert.deepEqual(await store.cachedCheck('one'), report);
        await store.saveCheck('one', { ...report, version: '1.2.0' });
        assert.equal((await store.cachedCheck('one'))?.version, '1.2.0');
        assert.equal((await store.cachedCheck('two'))?.answerId, 'm2');
      });
    });

    describe('runs', () => {
      it('finds a run by what it depends on, the latest that was not cancelled', async () => {
        const run = sampleRun('r1');
        await store.saveRun(run);
        await store.saveRun(sampleRun('r2', { cancelled: true }));
        const key = { codeHash: 'code-1', casesHash: 'cases-1', toolchain: toolchainKey(run.toolchain) };
        assert.deepEqual(await store.cachedRun(key), run);
        await store.saveRun(sampleRun('r3'));
        assert.equal((await store.cachedRun(key))?.id, 'r3');
        assert.equal(await store.cachedRun({ ...key, codeHash: 'code-2' }), undefined);
        assert.equal(await store.cachedRun({ ...key, casesHash: 'cases-2' }), undefined);
        assert.equal(await store.cachedRun({ ...key, toolchain: 'python CPython 3.14.0' }), undefined);
      });

      it('gives the runs of a task that have the newest result of a case, oldest first', async () => {
        const of = (id: string, caseIds: string[], changes: Partial<Run> = {}) =>
          sampleRun(id, { results: caseIds.map((caseId) => result(caseId, 'pass')), ...changes });
        await store.saveRun(of('old', ['one']));
        await store.saveRun(of('both', ['one', 'two']));
        await store.saveRun(of('other', ['one'], { answerId: 'second' }));
        await store.saveRun(of('newest', ['two']));
        await store.saveRun(of('other code', ['one', 'two'], { codeHash: 'code-2' }));
        await store.saveRun(of('other task', ['one'], { taskId: 't2' }));
        assert.deepEqual(
          (await store.latestRuns('t1')).map((run) => run.id),
          ['both', 'other', 'newest', 'other code'],
        );
        assert.deepEqual(await store.latestRuns('t3'), []);
      });
    });

    describe('runs from elsewhere', () => {
      it('are kept beside those made here, in order, and never taken for one of them', async () => {
        const mine = sampleRun('r1', { codeHash: 'code-2' });
        await store.saveRun(mine);
        const theirs = numbers(120).map((n) => sampleRun(`x${n}`));
        assert.deepEqual(await importRuns(store, theirs), { added: 120, unchanged: 0, refused: [] });
        const seen = [];
        for await (const run of store.runs()) seen.push(run);
        assert.deepEqual(seen, [mine, ...theirs]);
        const key = { codeHash: 'code-1', casesHash: 'cases-1', toolchain: toolchainKey(mine.toolchain) };
        assert.equal(await store.cachedRun(key), undefined);
        assert.equal((await store.cachedRun({ ...key, codeHash: 'code-2' }))?.id, 'r1');
      });

      it('leave known ones alone', async () => {
        await importRuns(store, [sampleRun('r1'), sampleRun('r2')]);
        const counts = await importRuns(store, [sampleRun('r1'), sampleRun('r2', { cancelled: true })]);
        assert.deepEqual(counts, { added: 0, unchanged: 1, refused: ['r2'] });
      });
    });

    describe('the ledger', () => {
      it("links each record to its author's last of the kind and gives back exactly what was made", async () => {
        const first = await store.record('inspection', sampleInspection(1, 90));
        const gold = await store.record('gold', sampleGold(2, 't1'));
        const other = await store.record('inspection', sampleInspection(3, 90, { author: 'otto' }));
        const second = await store.record('inspection', sampleInspection(4, 91));
        assert.deepEqual(
          [first.prevHash, gold.prevHash, other.prevHash, second.prevHash],
          ['', '', '', recordHash(first)],
        );
        assert.deepEqual(await store.ledger(), [
          { kind: 'inspection', record: first },
          { kind: 'gold', record: gold },
          { kind: 'inspection', record: other },
          { kind: 'inspection', record: second },
        ]);
        assert.equal(await store.verify(), undefined);
      });

      it('finds records by kind, task and author', async () => {
        await store.record('ideal', sampleIdeal(1, 't1'));
        await store.record('ideal', sampleIdeal(2, 't2'));
        await store.record('settlement', sampleSettlement(3, 't2'));
        const ids = async (filter: Parameters<Store['ledger']>[0]) =>
          (await store.ledger(filter)).map(({ record }) => record.id);
        assert.deepEqual(await ids({ kind: 'ideal' }), [sampleId(1), sampleId(2)]);
        assert.deepEqual(await ids({ taskId: 't2' }), [sampleId(2), sampleId(3)]);
        assert.deepEqual(await ids({ kind: 'ideal', taskId: 't2', author: 'tina' }), [sampleId(2)]);
        assert.deepEqual(await ids({ author: 'nobody' }), []);
      });

      it('answers what is handed in again with the stored record, and refuses other content', async () => {
        const first = await store.record('gold', sampleGold(1, 't1'));
        await store.record('gold', sampleGold(2, 't2'));
        assert.deepEqual(await store.record('gold', sampleGold(1, 't1')), first);
        await assert.rejects(store.record('gold', sampleGold(1, 't1', { rationale: 'no' })), {
          code: 'store-conflict',
        });
        assert.equal((await store.ledger()).length, 2);
      });

      it('imports records with their own chain beside the one that grows here', async () => {
        const elsewhere = await open();
        await elsewhere.record('ideal', sampleIdeal(1, 't1'));
        await elsewhere.record('ideal', sampleIdeal(2, 't2'));
        const theirs = await elsewhere.ledger();
        await elsewhere.close();
        const mine = await store.record('ideal', sampleIdeal(3, 't3'));
        assert.deepEqual(await importLedger(store, theirs), { added: 2, unchanged: 0, refused: [] });
        const next = await store.record('ideal', sampleIdeal(4, 't4'));
        assert.equal(next.prevHash, recordHash(mine));
        assert.equal(await store.verify(), undefined);
        const again: LedgerEntry[] = [theirs[0]!, { kind: 'ideal', record: { ...next, notes: 'other' } }];
        assert.deepEqual(await importLedger(store, again), { added: 0, unchanged: 1, refused: [next.id] });
      });

      it('finds a link that does not hold in what was imported', async () => {
        const elsewhere = await open();
        await elsewhere.record('settlement', sampleSettlement(1, 't1'));
        await elsewhere.record('settlement', sampleSettlement(2, 't2'));
        const [, second] = await elsewhere.ledger();
        await elsewhere.close();
        await importLedger(store, [second!]);
        assert.deepEqual(await store.verify(), {
          kind: 'settlement',
          recordId: sampleId(2),
          index: 1,
          reason: 'the settlement before it is missing or was changed',
        });
      });

      it('keeps what was typed until the record is made', async () => {
        const ofReview = { kind: 'inspection', author: 'ines', subject: sampleId(90) } as const;
        const ofTask = { kind: 'ideal', author: 'tina', subject: 't1' } as const;
        await store.saveUnfinished(ofReview, { comments: [] });
        await store.saveUnfinished(ofReview, { comments: ['why?'] });
        await store.saveUnfinished(ofTask, 'def');
        assert.deepEqual(await store.unfinished(ofReview), { comments: ['why?'] });
        assert.equal(await store.unfinished({ ...ofReview, author: 'otto' }), undefined);
        await store.record('inspection', sampleInspection(1, 90));
        assert.equal(await store.unfinished(ofReview), undefined);
        assert.equal(await store.unfinished(ofTask), 'def');
        await store.record('ideal', sampleIdeal(2, 't1'));
        assert.equal(await store.unfinished(ofTask), undefined);
      });
    });

    describe('reviews without their bulk', () => {
      it('hold what figures need, in order, of reviews made here and imported', async () => {
        const overrides = [{ rule: 'R05', reason: 'no code involved' }];
        const first = await store.submit(sampleReview(1, 't1', { runs: [sampleRun('r1')], overrides }));
        const changes = { evaluator: 'otto', revises: sampleId(1), preference: null, prevHash: '' };
        await importReviews(store, [{ ...sampleReview(2, 't2', changes), prevHash: '' }]);
        const { id, taskId, evaluator, shown, preference, scores, activeMs, submittedAt } = first;
        const facts = { id, taskId, evaluator, shown, preference, scores, activeMs, submittedAt, overrides };
        const all = await store.judged();
        assert.deepEqual(all[0], facts);
        assert.deepEqual([all[1]?.revises, all[1]?.preference, all.length], [sampleId(1), null, 2]);
        assert.deepEqual(await store.judged({ evaluator: eva }), [facts]);
        assert.deepEqual(await store.judged({ taskId: 't2', evaluator: eva }), []);
      });

      it('tells of reviewed tasks what figures need: their language, and how long answers are', async () => {
        const plain = sampleTask('t1', { language: 'go' });
        const emoji = { id: 'first', text: 'ünï 🙂' };
        const odd = sampleTask('t3', { answers: [emoji, { id: 'it\'s "b"', text: '' }] });
        await importTasks(store, [plain, odd, sampleTask('t4')]);
        for (const [at, task] of [plain, odd].entries()) await store.submit(sampleReview(at + 1, task.id));
        const facts = (await store.taskFacts()).toSorted((one, other) =>
          one.taskId < other.taskId ? -1 : 1,
        );
        const lengths = { first: 38, second: 43 };
        const expected = [
          { taskId: 't1', language: 'go', lengths },
          {
            taskId: 't3',
            language: 'python',
            lengths: { first: 5, 'it\'s "b"': 0 },
          },
        ].toSorted((one, other) => (one.taskId < other.taskId ? -1 : 1));
        assert.deepEqual(facts, expected);
      });
    });

    it('says so when it is used after it was closed', async () => {
      const closed = await open();
      await closed.close();
      await assert.rejects(closed.reviews(), { code: 'store-closed' });
      await closed.close();
    });
  });
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

async function listed(store: Store, filter: QueueFilter, order: QueueOrder = 'position'): Promise<string[]> {
  const { entries, total } = await store.queue(filter, order, { offset: 0, limit: 100 });
  assert.equal(total, entries.length);
  return entries.map((entry) => entry.taskId);
}
