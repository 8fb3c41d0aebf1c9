import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { tiebreakError } from '../core/errors.ts';
import type { Store } from '../store/store.ts';

/** The option of every command that uses the database. */
export const databaseOption = { db: { type: 'string' } } as const;

export const databaseHelp = `  --db PATH    the database; default: $TIEBREAK_DB, else
               $XDG_DATA_HOME/tiebreak/tiebreak.db, else
               ~/.local/share/tiebreak/tiebreak.db`;

/**
 * Runs `use` with the database open and closes it whatever happens. `existing` makes a missing file an error, for
 * commands that only read: an empty answer from a mistyped path would mislead.
 */
export async function withStore<T>(
  { db, existing = false }: { db: string | undefined; existing?: boolean },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const path = resolve(db ?? defaultPath(process.env));
  if (existing && !existsSync(path)) {
    throw tiebreakError('store-missing', {
      what: 'there is no database',
      where: path,
      mend: 'Name it with --db, or fill one with "tiebreak import"',
    });
  }
  const { openSqliteStore } = await loadStore();
  const store = await openSqliteStore(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

function defaultPath(env: NodeJS.ProcessEnv): string {
  if (env['TIEBREAK_DB']) return env['TIEBREAK_DB'];
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'tiebreak', 'tiebreak.db');
}

async function loadStore() {
  try {
    return await import('../store/sqlite.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_UNKNOWN_BUILTIN_MODULE') throw error;
    const facts = {
      what: `Node.js ${process.versions.node} has no SQLite`,
      mend: 'Use Node.js 22.13 or newer',
    };
    throw tiebreakError('node-too-old', facts, { cause: error });
  }
}
