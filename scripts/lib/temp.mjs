import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder for temporary files. */
export const makeTempDir = () => mkdtemp(join(tmpdir(), 'tiebreak-'));

/**
 * Removes what `makeTempDir` made. A server that has just ended may still be writing: a few tries.
 * @param {string} dir
 */
export const removeTempDir = (dir) =>
  rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });

/**
 * Lends `use` a new empty folder and removes it afterwards.
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
