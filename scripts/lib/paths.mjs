import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder, whatever the current directory is. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/**
 * A path inside the repository.
 * @param {...string} parts
 */
export const inRoot = (...parts) => join(root, ...parts);

/**
 * Files that are downloaded or generated on this machine and may be deleted at any time: the editor, its
 * data, packaged builds.
 */
export const cacheDir = inRoot('.vscode-test');
