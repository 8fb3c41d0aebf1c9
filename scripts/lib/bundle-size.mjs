import { readFileSync } from 'node:fs';
import { inRoot } from './paths.mjs';

/** What esbuild says of the last build of the extension. */
export const metafilePath = inRoot('node_modules/.cache/tiebreak/extension-meta.json');

/** Where the editor enters. */
const entry = 'dist/extension/activate.js';

/**
 * Bytes that the extension host reads before Tiebreak is active: the entry and every chunk it imports statically.
 * @returns {number}
 */
export function mainBundleBytes() {
  /** @type {import('esbuild').Metafile} */
  const { outputs } = JSON.parse(readFileSync(metafilePath, 'utf8'));
  const seen = new Set([entry]);
  for (const path of seen) {
    for (const imported of outputs[path]?.imports ?? []) {
      if (imported.kind === 'import-statement' && !imported.external) seen.add(imported.path);
    }
  }
  return [...seen].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
