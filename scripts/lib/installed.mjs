import { cpSync, existsSync, readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { contentHash } from './contentHash.mjs';
import { cacheDir, root } from './paths.mjs';
import { installExtension } from './server.mjs';
import { ensureVsix, vsixPath } from './vsix.mjs';

/* Installing the package takes longer than most tests, so it is installed once and copied. */

const folder = join(cacheDir, 'installed');
const stampPath = join(folder, 'package');

/** Installs the package once, for all editors of the tests, unless it is installed already. */
export async function ensureInstalled() {
  await ensureVsix();
  const stamp = contentHash([relative(root, vsixPath)]);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  const fresh = `${folder}-${process.pid}`;
  await rm(folder, { recursive: true, force: true });
  await installExtension(fresh, vsixPath);
  await writeFile(join(fresh, 'package'), stamp);
  await rename(fresh, folder);
}

/**
 * Copies the installed extension into a server's data folder.
 * @param {string} dataDir
 */
export async function copyInstalled(dataDir) {
  await ensureInstalled();
  cpSync(join(folder, 'extensions'), join(dataDir, 'extensions'), { recursive: true });
}
