import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder for temporary files. */
export const makeTempDir = () => mkdtemp(join(tmpdir(), 'tiebreak-'));

/**
 * Removes a folder from `makeTempDir`. Retries, because a server that has just exited may still be writing.
 * @param {string} dir
 */
export const removeTempDir = (dir) =>
  rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/**
 * Calls `use` with a new empty folder and removes the folder afterwards.
 * @template T
 * @param {(dir: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTempDir(use) {
  const dir = await makeTempDir();
  try {
    return await use(dir);
  } finally {
    await removeTempDir(dir);
  }
}
