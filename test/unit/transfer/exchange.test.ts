import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordHash } from '../../../src/core/records/chain.ts';
import type { ExchangeData } from '../../../src/core/exchange/exporter.ts';
import { tiebreakJsonl } from '../../../src/core/exchange/tiebreakJsonl.ts';
import type { Review } from '../../../src/core/review/review.ts';
import { exchangeReviews, fileNameOf } from '../../../src/transfer/exchange.ts';
import { collectExchangeData } from '../../../src/transfer/exporting.ts';
import { importFile } from '../../../src/transfer/import/importing.ts';
import { importCounts } from '../../../src/transfer/import/importReport.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  sampleGold,
  sampleId,
  sampleInspection,
  sampleReview,
  sampleSettlement,
  sampleTask,
} from '../store/samples.ts';
import { importReviews, importTasks } from '../../fixtures/imports.ts';

describe('exchanging reviews through a folder', () => {
  let root: string;
  let folder: string;
  let stores: Store[];
  let eva: Store;
  let ines: Store;
  const open = async (name: string): Promise<Store> => {
    const store = await openSqliteStore(join(root, name, 'tiebreak.db'));
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'tiebreak-exchange-'));
    folder = mkdtempSync(join(root, 'shared-'));
    stores = [];
    eva = await open('eva');
    ines = await open('ines');
    await importTasks(eva, [sampleTask('t1'), sampleTask('t2'), sampleTask('t3')]);
    for (const n of [1, 2, 3]) await eva.submit(sampleReview(n, `t${n}`));
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(root, { recursive: true });
  });

  const files = { eva: 'eva.tiebreak.jsonl', ines: 'ines.tiebreak.jsonl' };
  const linesOf = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  const exported = (data: Partial<ExchangeData>) =>
    tiebreakJsonl.export({ tasks: [], reviews: [], skips: [], ...data }).lines;

  it('brings what each has made to the other, with the tasks it is on, and no more of it the next time', async () => {
    assert.equal((await exchangeReviews(eva, folder, 'eva')).written, 3);
    const first = await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual([importCounts(first.imported), first.refused], ['3 tasks added, 3 reviews', []]);
    const [review] = await ines.reviews();
    await ines.record('inspection', sampleInspection(11, 1));
    await ines.record('settlement', sampleSettlement(12, 't1'));
    await exchangeReviews(ines, folder, 'ines');
    const back = await exchangeReviews(eva, folder, 'eva');
    assert.equal(importCounts(back.imported), '2 records of reviewers, 3 records known');
    assert.deepEqual(await eva.ledger(), await ines.ledger());
    assert.equal(review?.evaluator, 'eva');
    assert.deepEqual([await eva.verify(), await ines.verify()], [undefined, undefined]);
    const again = await exchangeReviews(ines, folder, 'ines');
    assert.equal(importCounts(again.imported), '5 records known');
    assert.deepEqual(readdirSync(folder).toSorted(), [files.eva, files.ines]);
  });

  it('brings a review that was sent back into the queue of who wrote it, until it is revised', async () => {
    await exchangeReviews(eva, folder, 'eva');
    await exchangeReviews(ines, folder, 'ines');
    const decision = { kind: 'send-back' as const, changes: ['Say which call'] };
    await ines.record('inspection', sampleInspection(11, 1, { decision }));
    await exchangeReviews(ines, folder, 'ines');
    await exchangeReviews(eva, folder, 'eva');
    const [inspection] = await eva.sentBack('t1', 'eva');
    assert.deepEqual(inspection?.decision, decision);
    assert.equal((await eva.queueSummary('eva')).states['sent-back'], 1);
    await eva.submit(sampleReview(4, 't1', { revises: sampleId(1) }));
    await exchangeReviews(eva, folder, 'eva');
    await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual(await eva.sentBack('t1', 'eva'), []);
    const { entries } = await ines.inspectList({ reviewer: 'ines', show: 'unresolved' }, 'newest', {
      limit: 9,
    });
    assert.equal(entries[0]?.isRevision, true);
  });

  it('tells no reviewer what another has decided', async () => {
    await exchangeReviews(eva, folder, 'eva');
    const otto = await open('otto');
    for (const store of [ines, otto]) await exchangeReviews(store, folder, store === ines ? 'ines' : 'otto');
    await ines.record('inspection', sampleInspection(11, 1));
    await exchangeReviews(ines, folder, 'ines');
    await exchangeReviews(otto, folder, 'otto');
    assert.equal((await otto.ledger({ kind: 'inspection' })).length, 1);
    const { entries } = await otto.inspectList({ reviewer: 'otto', show: 'unresolved' }, 'newest', {
      limit: 9,
    });
    assert.deepEqual(
      entries.map(({ state }) => state),
      ['open', 'open', 'open'],
    );
  });

  it('writes nothing of others, no skip and nothing unfinished', async () => {
    await eva.skip({ taskId: 't3', evaluator: 'eva', reason: 'too long', at: '2026-11-02T10:00:00Z' });
    await exchangeReviews(eva, folder, 'eva');
    await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual(readdirSync(folder), [files.eva]);
    assert.ok(linesOf(files.eva).every((line) => !line.includes('"kind":"skip"')));
  });

  it('leaves a task as it is here, whatever another holds under its id', async () => {
    await importTasks(ines, [sampleTask('t1', { prompt: 'Mine.' })]);
    await exchangeReviews(eva, folder, 'eva');
    await exchangeReviews(ines, folder, 'ines');
    assert.equal((await ines.task('t1'))?.prompt, 'Mine.');
    assert.equal((await ines.task('t2'))?.prompt, sampleTask('t2').prompt);
  });

  it('lays together what one evaluator made on two machines', async () => {
    const other = await open('eva-at-home');
    await importTasks(other, [sampleTask('t4')]);
    await other.submit(sampleReview(4, 't4'));
    await exchangeReviews(eva, folder, 'eva');
    await exchangeReviews(other, folder, 'eva');
    await exchangeReviews(ines, folder, 'ines');
    assert.equal((await ines.reviews()).length, 4);
    assert.equal((await other.reviews()).length, 4);
    assert.equal(await ines.verify(), undefined);
  });

  it('goes on with chains that hold, whoever has added to one’s own chain elsewhere', async () => {
    await eva.record('gold', sampleGold(11, 't1', { author: 'eva' }));
    const [reviews, [verdict]] = [await eva.reviews(), await eva.ledger({ kind: 'gold' })];
    const review = { ...sampleReview(4, 't1'), prevHash: recordHash(reviews[2]!) };
    const later = {
      ...sampleGold(12, 't2', { author: 'eva' }),
      prevHash: recordHash(verdict!.record),
    };
    const ledger = [verdict!, { kind: 'gold' as const, record: later }];
    write(files.eva, exported({ reviews: [...reviews, review], ledger }));
    const { imported } = await exchangeReviews(eva, folder, 'eva');
    assert.deepEqual([imported.reviews.added, imported.ledger.added], [1, 1]);
    await eva.submit(sampleReview(5, 't2'));
    await eva.submit(sampleReview(6, 't3'));
    await eva.record('gold', sampleGold(13, 't3', { author: 'eva' }));
    assert.equal(await eva.verify(), undefined);
    await exchangeReviews(eva, folder, 'eva');
    const { refused } = await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual([refused, (await ines.reviews()).length], [[], 6]);
  });

  const byOtto = (n: number, changes: Partial<Review> = {}): Review => ({
    ...sampleReview(n, 't1', { evaluator: 'otto' }),
    prevHash: '',
    ...changes,
  });
  const reaching: [string, Partial<ExchangeData>, RegExp][] = [
    [
      'takes the place of a review of somebody else',
      { reviews: [byOtto(21), byOtto(22, { revises: sampleId(1), prevHash: recordHash(byOtto(21)) })] },
      /:2: .*16 .*replaces a record of another author/,
    ],
    [
      'has the id of a review of somebody else, which the next one follows',
      { reviews: [byOtto(1), byOtto(22, { prevHash: recordHash(byOtto(1)) })] },
      /:1: .*01 .*its id belongs to a record of another author/,
    ],
    [
      'has the id of another’s record of another kind',
      { ledger: [{ kind: 'gold', record: { ...sampleGold(11, 't1', { author: 'otto' }), prevHash: '' } }] },
      /:1: .*gold .*0b .*its id belongs to a record of another author/,
    ],
    [
      'takes the place of an inspection by somebody else',
      {
        ledger: [
          {
            kind: 'inspection',
            record: { ...sampleInspection(12, 1, { author: 'otto', revises: sampleId(11) }), prevHash: '' },
          },
        ],
      },
      /:1: .*inspection .*0c .*replaces a record of another author/,
    ],
  ];
  for (const [title, data, message] of reaching) {
    it(`refuses the file with a record that ${title}`, async () => {
      await eva.record('inspection', sampleInspection(11, 1));
      const before = [await eva.reviews(), await eva.ledger()];
      write('otto.tiebreak.jsonl', exported(data));
      const { refused } = await exchangeReviews(eva, folder, 'eva');
      assert.deepEqual(
        refused.map(({ error }) => error.code),
        ['exchange-tampered'],
      );
      assert.match(refused[0]!.error.message, message);
      assert.deepEqual([await eva.reviews(), await eva.ledger()], before);
      assert.equal(await eva.verify(), undefined);
    });
  }

  const changed = (review: Review): Review => ({ ...review, rationale: 'B handles it.' });
  const tamperings: [string, (data: ExchangeData, lines: string[]) => readonly string[], RegExp][] = [
    [
      'a rationale that was changed',
      (_, lines) => lines.map((line) => line.replace('A handles', 'A misses')),
      /eva\.tiebreak\.jsonl:4: .*review .*01 .*was changed/,
    ],
    [
      'two reviews in another order',
      (_, lines) => lines.with(3, lines[4]!).with(4, lines[3]!),
      /:4: .*02 .*comes before the review that it follows/,
    ],
    [
      'its end cut off',
      (_, lines) => lines.slice(0, 5),
      /:5: .*03 .*it was imported before but is now missing/,
    ],
    [
      'a gap between two reviews',
      ({ reviews }) => exported({ reviews: [reviews[0]!, reviews[2]!] }),
      /:2: .*02 .*it was imported before but is now missing/,
    ],
    [
      'fewer reviews than were imported from it',
      ({ reviews }) => exported({ reviews: reviews.slice(0, 2) }),
      /:2: .*03 .*it was imported before but is now missing/,
    ],
    ['nothing in it any more', () => [], /:1: .*01 .*it was imported before but is now missing/],
    [
      'the last review changed, with all hashes made to fit',
      ({ reviews }) => exported({ reviews: reviews.with(2, changed(reviews[2]!)) }),
      /:3: .*03 .*its content was changed after it was imported/,
    ],
    [
      'a review of somebody else',
      ({ reviews }) =>
        exported({ reviews: [...reviews, { ...reviews[0]!, id: sampleId(9), evaluator: 'otto' }] }),
      /:4: .*09 .*its author is not the author of the file/,
    ],
    [
      'a review that cannot be read',
      ({ reviews }) => exported({ reviews: [...reviews, { ...reviews[0]!, id: 'none' }] }),
      /:4: .*cannot be read/,
    ],
    [
      'lines of a later Tiebreak',
      ({ reviews }) => exported({ reviews }).map((line) => line.replace('"tiebreak":2', '"tiebreak":9')),
      /:1: .*Update Tiebreak/,
    ],
  ];
  for (const [title, tamper, message] of tamperings) {
    it(`refuses the file with ${title}, names the record, and takes those of the others`, async () => {
      await exchangeReviews(eva, folder, 'eva');
      await exchangeReviews(ines, folder, 'ines');
      const before = await ines.reviews();
      write(files.eva, tamper(await collectExchangeData(eva), linesOf(files.eva)));
      const otto = await open('otto');
      await otto.submit(sampleReview(21, 't1', { evaluator: 'otto' }));
      write('otto.tiebreak.jsonl', exported({ reviews: await otto.reviews() }));
      const { refused, imported } = await exchangeReviews(ines, folder, 'ines');
      assert.equal(refused.length, 1);
      assert.equal(refused[0]!.error.code, 'exchange-tampered');
      assert.match(refused[0]!.error.message, message);
      assert.equal(imported.reviews.added, 1);
      assert.deepEqual(await ines.reviews({ evaluator: 'eva' }), before);
      assert.equal(await ines.verify(), undefined);
    });
  }

  it('refuses by hand, too, a record that follows one with other content than it has here', async () => {
    const [first, second, third] = await eva.reviews();
    const other = changed(second!);
    const reviews = [first!, other, { ...third!, prevHash: recordHash(other) }];
    const path = join(folder, 'elsewhere.jsonl');
    writeFileSync(path, exported({ reviews }).join('\n'));
    await importReviews(ines, [first!, second!]);
    await assert.rejects(importFile(ines, path), { code: 'exchange-tampered', message: /:3: .*03 / });
    assert.equal(await ines.verify(), undefined);
  });

  it('takes a corrected file the next time', async () => {
    await exchangeReviews(eva, folder, 'eva');
    write(files.eva, linesOf(files.eva).slice(0, 4));
    const cut = await exchangeReviews(ines, folder, 'ines');
    assert.match(cut.refused[0]!.error.message, /:4: .*01 .*the file was truncated/);
    await exchangeReviews(eva, folder, 'eva');
    const { refused, imported } = await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual([refused, imported.reviews.added], [[], 3]);
  });

  it('says of its own file that it was changed, and writes it anew', async () => {
    await exchangeReviews(eva, folder, 'eva');
    const whole = linesOf(files.eva);
    write(
      files.eva,
      whole.map((line) => line.replace('A handles', 'A misses')),
    );
    assert.match((await exchangeReviews(eva, folder, 'eva')).refused[0]!.error.message, /was changed/);
    assert.deepEqual(linesOf(files.eva), whole);
  });

  it('gives every id a file name that no other has, on any file system, and refuses copies under other names', async () => {
    const ids = ['eva', 'Eva', 'eva.tiebreak', '../eva', 'e_76a', 'Евa', 'con/1', ' '];
    const names = ids.map(fileNameOf);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, ids.length);
    for (const name of names) assert.match(name, /^[a-z0-9_-]+\.tiebreak\.jsonl$/);
    for (const [n, evaluator] of ids.entries()) await ines.submit(sampleReview(30 + n, 't1', { evaluator }));
    for (const id of ids) await exchangeReviews(ines, folder, id);
    assert.deepEqual(readdirSync(folder).toSorted(), names.toSorted());
    assert.equal((await exchangeReviews(eva, folder, 'eva')).imported.reviews.added, ids.length);
    for (const name of names) rmSync(join(folder, name));
    await exchangeReviews(eva, folder, 'eva');
    write('eva (copy).tiebreak.jsonl', linesOf(files.eva));
    const { refused } = await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual(
      refused.map(({ error }) => error.code),
      ['exchange-name'],
    );
    assert.match(refused[0]!.error.message, /eva \(copy\)/);
  });

  it('follows no link out of the folder, and passes over other files', async () => {
    const outside = join(root, 'outside.jsonl');
    writeFileSync(outside, exported({ reviews: await eva.reviews() }).join('\n'));
    symlinkSync(outside, join(folder, files.eva));
    writeFileSync(join(folder, 'notes.jsonl'), 'not ours');
    const { files: read, imported, refused } = await exchangeReviews(ines, folder, 'ines');
    assert.deepEqual([read, imported.reviews.added, refused], [[], 0, []]);
  });

  it('names the folder that cannot be read', async () => {
    await assert.rejects(exchangeReviews(eva, join(folder, 'gone'), 'eva'), {
      code: 'folder-unreadable',
      message: /gone.*choose another/,
    });
  });
});
