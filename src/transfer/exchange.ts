import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, tiebreakError } from '../core/errors.ts';
import { tiebreakJsonl } from '../core/exchange/tiebreakJsonl.ts';
import type { Task } from '../core/task/task.ts';
import { exportToFile } from './exporting.ts';
import { importFile } from './import/importing.ts';
import { sumReports, type ImportReport } from './import/importReport.ts';
import { isAboutFile, type RefusedFile } from './import/refusedFile.ts';
import type { Store } from '../store/store.ts';

/** File name suffix in a shared folder; the author's id comes before it. */
const ending = '.tiebreak.jsonl';

/** The result of an exchange. */
export interface Exchange {
  /** The files that were read, including the author's own file if it existed. */
  readonly files: readonly string[];
  /** The new records from the valid files. */
  readonly imported: ImportReport;
  /** The invalid files; nothing was imported from them. */
  readonly refused: readonly RefusedFile[];
  /** Number of the author's own reviews and reviewer records that the folder now has. */
  readonly written: number;
}

/**
 * Exchanges records with everybody who uses the same folder. Imports new records from the files of others, after checking
 * each file's chains and comparing it with earlier imports. Writes all records of `author` to the author's own file, with
 * their tasks. An invalid file does not stop the others. Rejects with `folder-unreadable`, `file-unwritable` or the store's
 * errors.
 */
export async function exchangeReviews(store: Store, folder: string, author: string): Promise<Exchange> {
  const own = fileNameOf(author);
  const files = await filesIn(folder);
  const reports: ImportReport[] = [];
  const refused: RefusedFile[] = [];
  for (const name of files) {
    try {
      // The own file lacks records made here since, and may have records added on the author's other machine.
      const origin = { author: authorOf(name, folder), holdsAll: name !== own };
      reports.push(await importFile(store, join(folder, name), { origin }));
    } catch (error) {
      if (!isAboutFile(error)) throw error;
      refused.push({ path: join(folder, name), error });
    }
  }
  const data = await madeBy(store, author);
  const written = data.reviews.length + data.ledger.length;
  if (written > 0) await exportToFile(data, tiebreakJsonl, join(folder, own));
  return { files: files.map((name) => join(folder, name)), imported: sumReports(reports), refused, written };
}

/** The exchange files of the folder, sorted by name. Ignores links, because they lead out of the folder. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    const what = `the shared folder cannot be read (${messageOf(error)})`;
    const remedy = 'Check that the folder exists and its permissions, or choose another';
    throw tiebreakError('folder-unreadable', { what, where: folder, remedy }, { cause: error });
  }
}

/** All records of an author, and the stored tasks that the records are about. */
async function madeBy(store: Store, author: string) {
  const reviews = await store.reviews({ evaluator: author });
  const ledger = await store.ledger({ author });
  const taskIds = new Set([...reviews, ...ledger.map(({ record }) => record)].map(({ taskId }) => taskId));
  const tasks: Task[] = [];
  for (const taskId of taskIds) {
    const task = await store.task(taskId);
    if (task !== undefined) tasks.push(task);
  }
  return { tasks, reviews, skips: [], ledger };
}

/**
 * The id as a file name that is valid and distinct on every file system: each byte other than a lower-case letter, digit
 * or hyphen becomes "_" and two hexadecimal digits.
 */
export function fileNameOf(author: string): string {
  const bytes = [...new TextEncoder().encode(author)];
  const id = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  });
  return `${id.join('')}${ending}`;
}

/** The author of a file. Throws `exchange-name` for a name that `fileNameOf` never returns. */
function authorOf(name: string, folder: string): string {
  const id = name.slice(0, -ending.length);
  const author = Buffer.from(
    id.replaceAll(/_([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  ).toString('utf8');
  if (author !== '' && fileNameOf(author) === name) return author;
  throw tiebreakError('exchange-name', {
    what: 'the file is refused because its name is not the id of an evaluator',
    where: join(folder, name),
    remedy: 'Delete the file if it is a copy, or restore its original name',
  });
}
