import { readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { tiebreakError } from '../../core/errors.ts';
import { shellWord } from '../../core/text/shellWord.ts';
import { dataFolders } from './gitFiles.ts';
import { isWithin } from './within.ts';

/** Files by which git reads objects of other repositories. */
const alternates = ['info/alternates', 'info/http-alternates'].map((path) => path.replaceAll('/', sep));

/**
 * Rejects with `clone-elsewhere` if git would read anything outside of a clone: a clone that came with a file of tasks could
 * bring the content of a private repository into the task.
 */
export async function assertSelfContained(clone: string): Promise<void> {
  const root = await realpath(clone);
  const folders = await dataFolders(clone);
  for (const folder of Object.values(folders)) {
    const real = await realpath(folder);
    if (!isWithin(root, real)) throw leadsElsewhere(clone, folder);
  }
  const { objects } = folders;
  for (const entry of await readdir(objects, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink() || alternates.includes(relative(objects, path)))
      throw leadsElsewhere(clone, path);
  }
}

function leadsElsewhere(clone: string, path: string): Error {
  return tiebreakError('clone-elsewhere', {
    what: `the clone ${clone} takes its data from elsewhere, by way of ${path}`,
    remedy: `Make a clone that needs no other: git clone --no-local --dissociate -- ${shellWord(clone)}; or keep it in the folder of your clones`,
  });
}
