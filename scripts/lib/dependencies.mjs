import { existsSync, readFileSync } from 'node:fs';
import { ensureNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { withRetry } from './retry.mjs';
import { runOrThrow } from './process.mjs';

/**
 * Not `npm ci`: it refuses a lock file that lacks the optional packages of a platform which its author's registry did
 * not have. This installs the same versions, and leaves package.json and the lock file as they are.
 */
const installCommand = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];

/** Installs what package-lock.json names when node_modules lacks any of it, and Node 24 with it. */
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
