// A window that imports: `importer.ts DATABASE FILE` prints a line and waits when the first tasks are stored, but not committed.
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { importFile } from '../../../src/transfer/import/importing.ts';

const [path = '', file = ''] = process.argv.slice(2);
const store = await openSqliteStore(path);
await importFile(store, file, {
  onProgress: ({ lines, share }) => {
    // The reading ends at a share of 0.6; all that follows are steps of the transaction.
    if (lines < 5_000 || share <= 0.6) return;
    writeSync(1, 'storing\n');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
});
