import type { CheckReport } from '../../core/run/diagnostic.ts';
import { valueOf, type Database } from './database.ts';
import type { Store } from '../store.ts';

/** Number of reports kept: enough for a few tools on some thousand answers. */
const kept = 20_000;

/** The store's cache of check reports, by a hash of all inputs. Losing an entry only costs time. */
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
