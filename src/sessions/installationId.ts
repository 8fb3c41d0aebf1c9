import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The opaque id of this installation, generated on first use and kept in a file. If the editor runs in a browser, the
 * editor's own storage belongs to that browser, and drafts under the id could not be found from another browser.
 * @param storage The extension's own folder.
 * @param usual The id to store if no id is stored yet.
 */
export function installationId(
  storage: string,
  usual: string = `evaluator-${randomUUID().slice(0, 8)}`,
): string {
  const file = join(storage, 'evaluator');
  mkdirSync(storage, { recursive: true });
  try {
    // Fails if the file exists, even if another window has just written it.
    writeFileSync(file, usual, { flag: 'wx' });
    return usual;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8').trim();
  }
}
