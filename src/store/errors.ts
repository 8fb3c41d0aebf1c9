import { messageOf, tiebreakError, TiebreakError } from '../core/errors.ts';

/** The low byte of an extended SQLite result code is its kind; see https://sqlite.org/rescode.html. */
const kindMask = 0xff;
const busyKinds = new Set([5, 6]);

const freeSpace = 'Free some space on that disk; what you typed is kept until it can be saved';
const moveAside =
  'Close Tiebreak, move the file and its "-wal" neighbour to a safe place (do not delete them: ' +
  '"sqlite3 FILE .recover" may read them) and start again, or put a backup in its place';

/** Code, what happened and the mend for each kind of SQLite error that a person can do something about. */
const named: Readonly<Record<number, [code: string, what: string, mend: string]>> = {
  5: [
    'store-locked',
    'another program holds the database',
    'Close the other program that uses it and try again',
  ],
  6: [
    'store-locked',
    'another program holds the database',
    'Close the other program that uses it and try again',
  ],
  8: [
    'store-read-only',
    'the database cannot be written',
    'Make the file and its folder writable, or choose another file',
  ],
  10: [
    'store-io',
    'the disk failed while the database was used',
    'Check the disk and its free space, then try again',
  ],
  11: ['store-corrupt', 'the database is damaged', moveAside],
  13: ['store-full', 'the disk is full', freeSpace],
  14: [
    'store-cannot-open',
    'the database cannot be opened',
    'Check that the folder exists and that you may read and write it, or choose another file',
  ],
  26: ['store-corrupt', 'the file is not a database', moveAside],
};

/** A row holds what this store never writes. */
export class DamagedRow extends Error {}

/** Whether the failure passes when another program lets go of the database. */
export function isBusy(error: unknown): boolean {
  const kind = kindOf(error);
  return kind !== undefined && busyKinds.has(kind);
}

/** What anything that node:sqlite throws means to a person; errors that already say it are given back as they are. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof TiebreakError) return error;
  if (error instanceof DamagedRow) {
    return failure('store-corrupt', path, `the database is damaged (${error.message})`, moveAside, error);
  }
  if (isClosed(error)) {
    return failure('store-closed', path, 'the database was closed already', 'Reload the window', error);
  }
  const kind = kindOf(error);
  if (kind === undefined) return error;
  const [code, what, mend] = named[kind] ?? [
    'store-failed',
    `the database refused (${messageOf(error)})`,
    'Try again; if it comes back, report it with this message',
  ];
  return failure(code, path, what, mend, error);
}

function failure(code: string, path: string, what: string, mend: string, cause: unknown): TiebreakError {
  return tiebreakError(code, { what, where: path, mend }, { cause });
}

function kindOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & kindMask;
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}
