import type { CheckReport } from '../core/diagnostic.ts';
import { valueOf, type Database } from './database.ts';
import type { Store } from './store.ts';

/** So many reports are kept: some thousand answers, each looked at by a few tools. */
const kept = 20_000;

/** The part of the store that keeps what checks said, by all that it depends on. Nothing is lost with it but time. */
export function checkMethods(db: Database): Pick<Store, 'cachedCheck' | 'saveCheck'> {
  return {
    cachedCheck: (key) =>
      db.read(() => {
        const row = db.get('SELECT json FROM checks WHERE key = :key', { key });
        return row && (valueOf(row) as CheckReport);
      }),
    saveCheck: (key, report) =>
      db.write(() => {
        db.run('INSERT OR REPLACE INTO checks (key, json) VALUES (:key, :json)', {
          key,
          json: JSON.stringify(report),
        });
        db.run('DELETE FROM checks WHERE seq <= (SELECT max(seq) FROM checks) - :kept', { kept });
      }),
  };
}
