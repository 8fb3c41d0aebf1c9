import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../../src/store/sqlite/open.ts';
import { storeContract } from '../contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiebreak-store-'));
let files = 0;

after(() => rmSync(folder, { recursive: true, force: true }));

storeContract('a SQLite file', () => openSqliteStore(join(folder, `${(files += 1)}.db`)));
storeContract('SQLite in memory', () => openSqliteStore(':memory:'));
