// A window that saves a draft of a megabyte: `saver.ts DATABASE` prints the outcome as one line of JSON.
import { TiebreakError } from '../../../src/core/errors.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { eva, sampleDraft } from './samples.ts';

try {
  const store = await openSqliteStore(process.argv[2] ?? '', { waitMs: 200 });
  await store.saveDraft(sampleDraft('small'));
  try {
    await store.saveDraft(sampleDraft('large', { rationale: 'x'.repeat(1_000_000) }));
  } finally {
    const small = await store.draft('small', eva);
    console.log(JSON.stringify({ small: small !== undefined, large: await store.draft('large', eva) }));
    await store.close();
  }
} catch (error) {
  if (!(error instanceof TiebreakError)) throw error;
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
