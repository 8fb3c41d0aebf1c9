import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, tiebreakError, TiebreakError } from '../core/errors.ts';
import { tiebreakJsonl } from '../core/exchange/tiebreakJsonl.ts';
import type { Task } from '../core/task.ts';
import { exportToFile } from './exporting.ts';
import { importFile } from './importing.ts';
import { sumReports, type ImportReport } from './importReport.ts';
import type { Store } from './store.ts';

/** What the files of a shared folder end in, after the id of whose they are. */
const ending = '.tiebreak.jsonl';

/** A file of the folder that was refused as a whole, and why. */
export interface RefusedFile {
  readonly path: string;
  readonly error: TiebreakError;
}

/** What an exchange did. */
export interface Exchange {
  /** The files that were looked at; one's own is among them where there was one. */
  readonly files: readonly string[];
  /** What was new in those that hold. */
  readonly imported: ImportReport;
  /** The others: nothing of them was taken. */
  readonly refused: readonly RefusedFile[];
  /** How many reviews and reviewers' records of one's own the folder has now. */
  readonly written: number;
}

/**
 * Exchanges records with those who use the same folder: takes what is new in the files of others, each held against its
 * chains and against what was taken from it before, and writes all that `author` has made to a file of their own, with
 * the tasks it is on. A file that does not hold keeps no other back. Rejects with `folder-unreadable`,
 * `file-unwritable` or the store's errors.
 */
export async function exchangeReviews(store: Store, folder: string, author: string): Promise<Exchange> {
  const own = fileNameOf(author);
  const files = await filesIn(folder);
  const reports: ImportReport[] = [];
  const refused: RefusedFile[] = [];
  for (const name of files) {
    try {
      // One's own lacks what was made here since, and may have what another machine of one's own has added.
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

/** The files of the folder that are named as those of an exchange, by name. Links are none: they lead elsewhere. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    const what = `the shared folder cannot be read (${messageOf(error)})`;
    const mend = 'Check that it is there, and your rights on it, or choose another';
    throw tiebreakError('folder-unreadable', { what, where: folder, mend }, { cause: error });
  }
}

/** All that somebody has made, and the tasks that are here of what it is on. */
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
 * The id in characters that every file system takes and none takes for another: bytes other than small letters, digits
 * and hyphens become "_" and two hexadecimal digits.
 */
export function fileNameOf(author: string): string {
  const bytes = [...new TextEncoder().encode(author)];
  const id = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9-]/.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  });
  return `${id.join('')}${ending}`;
}

/** Whose file that is. Throws `exchange-name` for a name that `fileNameOf` never gives. */
function authorOf(name: string, folder: string): string {
  const id = name.slice(0, -ending.length);
  const author = Buffer.from(
    id.replaceAll(/_([0-9a-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  ).toString('utf8');
  if (author !== '' && fileNameOf(author) === name) return author;
  throw tiebreakError('exchange-name', {
    what: 'the file is refused, for its name is not that of an evaluator',
    where: join(folder, name),
    mend: 'Delete it if it is a copy, or give it the name back that it had',
  });
}

/** Whether a file was refused, which says nothing of the others beside it. */
export function isAboutFile(error: unknown): error is TiebreakError {
  return (
    error instanceof TiebreakError &&
    ['exchange-tampered', 'exchange-name', 'file-unreadable'].includes(error.code)
  );
}
