import { existsSync, readFileSync } from 'node:fs';
import { ensureNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { withRetry } from './retry.mjs';
import { runOrThrow } from './process.mjs';

/**
 * Uses `npm install` instead of `npm ci`, which fails if the lock file lacks optional packages of a platform
 * because its author's registry did not have them. This installs the same versions, and leaves package.json
 * and the lock file unchanged.
 */
const installCommand = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs the packages of package-lock.json if any is missing from node_modules, including Node 24. */
export async function ensureDependencies() {
  if (!matchesLock()) {
    console.log('Installing packages …');
    await withRetry(() => runOrThrow('npm', installCommand, { cwd: inRoot() }));
  }
  await ensureNode();
}

/**
 * An entry of a lock file.
 * @typedef {{ version?: string, optional?: boolean }} LockEntry
 */

/**
 * Whether every package of the lock file is installed in its version; optional packages may be for another
 * platform.
 */
function matchesLock() {
  // npm writes this file last, so an interrupted install does not count as complete.
  const installedPath = inRoot('node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const installed = packagesOf(installedPath);
  return Object.entries(packagesOf(inRoot('package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || installed[path]?.version === version || (optional && installed[path] === undefined),
  );
}

/**
 * @param {string} path
 * @returns {Record<string, LockEntry>}
 */
function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}
