import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { tiebreakError } from '../core/errors.ts';
import type { Store } from '../store/store.ts';
import type { HelpRow } from './commandHelp.ts';

/** The option of every command that uses the database. */
export const databaseOption = { db: { type: 'string' } } as const;

/** The row of the help for it. */
export const databaseRow: HelpRow = [
  '--db PATH',
  'the database; default: $TIEBREAK_DB, else $XDG_DATA_HOME/tiebreak/tiebreak.db, else ~/.local/share/tiebreak/tiebreak.db',
];

/**
 * Opens the database, runs `use` and closes the database in any case. With `existing`, a missing file is an error: a
 * command that only reads would otherwise give an empty result for a mistyped path.
 */
export async function withStore<T>(
  { db, existing = false }: { db: string | undefined; existing?: boolean },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const path = resolve(db ?? defaultPath(process.env));
  if (existing && !existsSync(path)) {
    throw tiebreakError('store-missing', {
      what: 'no database found',
      where: path,
      remedy: 'Give its path with --db, or create it with "tiebreak import"',
    });
  }
  const { openSqliteStore } = await import('../store/sqlite/open.ts');
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
