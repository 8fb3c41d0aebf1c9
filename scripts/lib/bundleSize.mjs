import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** esbuild's report on the last build of the file that the editor loads first. */
export const metafilePath = inRoot('node_modules/.cache/tiebreak/extension-meta.json');

/** The file that the editor loads first. */
export const mainBundlePath = 'dist/extension/activate.js';

/** What the extension host reads before Tiebreak is active: the entry and every chunk it imports statically. */
export function mainBundle() {
  /** @type {import('esbuild').Metafile} */
  const { outputs } = JSON.parse(readFileSync(metafilePath, 'utf8'));
  const paths = loadedAtStart(outputs, mainBundlePath);
  const bytes = [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { files: paths.size, bytes };
}

/**
 * An output and the chunks that it imports, directly or not, before it runs.
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {string} entry
 */
export function loadedAtStart(outputs, entry) {
  const seen = new Set([entry]);
  for (const path of seen) {
    for (const { kind, external, path: imported } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) seen.add(imported);
  }
  return seen;
}
