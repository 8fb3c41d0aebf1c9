import { stat, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';

/** SQLite's code for "another process has the lock". */
const busy = 5;

/** Releases a lock. */
export type Release = () => Promise<void>;

/**
 * Makes this process the only one that holds the lock file; `undefined` if another process holds it. The operating system
 * releases the lock when the process ends, however it ends: the file may stay, and then means nothing. The file is an empty
 * SQLite database, because Node.js itself cannot lock files. Rejects if the file cannot be made.
 */
export async function lockFile(path: string): Promise<Release | undefined> {
  for (;;) {
    await writeFile(path, '', { flag: 'a' });
    const before = await inodeOf(path);
    const database = lockedDatabase(path);
    if (database === undefined) return undefined;
    // Another process may have removed the file between the two steps: then this lock is on a file without a name.
    if (before !== undefined && before === (await inodeOf(path))) return () => release(path, database);
    database.close();
  }
}

function lockedDatabase(path: string): DatabaseSync | undefined {
  const database = new DatabaseSync(path);
  try {
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    throw error;
  }
}

/** Removes the file before the lock ends, so that nobody can lock a file that is about to be removed. */
async function release(path: string, database: DatabaseSync): Promise<void> {
  try {
    await rm(path, { force: true });
  } finally {
    database.close();
  }
}

async function inodeOf(path: string): Promise<bigint | undefined> {
  try {
    return (await stat(path, { bigint: true })).ino;
  } catch {
    // The file was removed.
    return undefined;
  }
}
