// A window that submits reviews: `submitter.ts DATABASE FIRST LAST` prints each number once it is acknowledged.
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { sampleDraft, sampleReview } from './samples.ts';

const [path = '', first = '', last = ''] = process.argv.slice(2);
const store = await openSqliteStore(path, { waitMs: 30_000 });
for (let n = Number(first); n <= Number(last); n += 1) {
  await store.saveDraft(sampleDraft(`t${n}`));
  await store.submit(sampleReview(n, `t${n}`));
  writeSync(1, `${n}\n`);
}
await store.close();
