import { existsSync, readFileSync } from 'node:fs';
import { ensureNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { withRetry } from './retry.mjs';
import { runOrThrow } from './process.mjs';

/** Installs what package-lock.json names when node_modules lacks any of it, and Node 24 with it. */
export async function ensureDependencies() {
  if (!matchesLock()) {
    console.log('Installing packages …');
    await withRetry(() => runOrThrow('npm', ['ci', '--no-audit', '--no-fund'], { cwd: inRoot() }));
  }
  await ensureNode();
}

/**
 * An entry of a lock file.
 * @typedef {{ version?: string, optional?: boolean }} LockEntry
 */

/** Whether every package of the lock file is installed in its version; optional ones may be for another platform. */
function matchesLock() {
  // npm writes this file last, so an install that was cut short does not pass for a whole one.
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
