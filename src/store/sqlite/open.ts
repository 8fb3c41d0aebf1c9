import { checkMethods } from './checks.ts';
import { Database, integerOf, type DatabaseOptions } from './database.ts';
import { inspectMethods } from './inspect.ts';
import { ledgerMethods, verifyLedger } from './ledger.ts';
import { importsInTurn } from './imports.ts';
import { queueMethods } from './queue.ts';
import { reserveMethods } from './reserve.ts';
import { reviewMethods, verifyReviews } from './reviews.ts';
import { runMethods } from './runs.ts';
import type { Store } from '../store.ts';
import { taskFactsMethods } from './taskFacts.ts';
import { taskMethods } from './tasks.ts';
import { timeMethods } from './time.ts';
import { workMethods } from './work.ts';

/**
 * Opens the store in a SQLite file; creates the file and its folder if they do not exist. `:memory:` gives a temporary
 * store that is lost when it is closed. Rejects with `store-cannot-open`, `store-corrupt`, `store-foreign`, `store-newer`,
 * `store-read-only` or `store-locked`.
 */
export async function openSqliteStore(path: string, options?: DatabaseOptions): Promise<Store> {
  const db = await Database.open(path, options);
  return {
    ...taskMethods(db),
    beginImport: importsInTurn(db),
    ...taskFactsMethods(db),
    ...queueMethods(db),
    ...workMethods(db),
    ...timeMethods(db),
    ...reviewMethods(db),
    ...runMethods(db),
    ...checkMethods(db),
    ...ledgerMethods(db),
    ...inspectMethods(db),
    ...reserveMethods(db),
    verify: () => db.read(() => verifyReviews(db) ?? verifyLedger(db)),
    dataVersion: () => db.read(() => integerOf(db.get('PRAGMA data_version')!, 'data_version')),
    close: () => db.close(),
  };
}
