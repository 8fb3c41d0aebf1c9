import { messageOf, tiebreakError, TiebreakError } from '../core/errors.ts';

/** The low byte of an extended SQLite result code is its kind; see https://sqlite.org/rescode.html. */
const kindMask = 0xff;
const busyKinds = new Set([5, 6]);

const freeSpace = 'Free some space on that disk; Tiebreak keeps your text until it can be saved';
const moveAside =
  'Close Tiebreak, move the file and its "-wal" neighbour to a safe place (do not delete them: ' +
  '"sqlite3 FILE .recover" may read them) and start again, or put a backup in its place';

/** Code, message and remedy for each kind of SQLite error that has a remedy. */
const named: Readonly<Record<number, [code: string, what: string, remedy: string]>> = {
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

/** The kinds of SQLite error that errors of the file system stand for. */
const kindsOfDisk: Readonly<Record<string, number>> = {
  ENOSPC: 13,
  EDQUOT: 13,
  EIO: 10,
  EROFS: 8,
  EACCES: 8,
};

/** A row has content that this store never writes. */
export class DamagedRow extends Error {}

/** Whether the error goes away when another program releases the database. */
export function isBusy(error: unknown): boolean {
  const kind = kindOf(error);
  return kind !== undefined && busyKinds.has(kind);
}

/** Whether a file does not exist. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Translates an error of node:sqlite or of the disk into a TiebreakError; returns every other error unchanged. */
export function storeError(error: unknown, path: string): unknown {
  if (error instanceof TiebreakError) return error;
  const ofDisk = kindsOfDisk[codeOf(error) ?? ''];
  if (ofDisk !== undefined) return failureOf(ofDisk, path, error);
  if (error instanceof DamagedRow) {
    return failure('store-corrupt', path, `the database is damaged (${error.message})`, moveAside, error);
  }
  if (isClosed(error)) {
    return failure('store-closed', path, 'the database is already closed', 'Reload the window', error);
  }
  const kind = kindOf(error);
  if (kind === undefined) return error;
  return failureOf(kind, path, error);
}

function failureOf(kind: number, path: string, error: unknown): TiebreakError {
  const [code, what, remedy] = named[kind] ?? [
    'store-failed',
    `the database reported an error (${messageOf(error)})`,
    'Try again. If the error comes back, report it with this message',
  ];
  return failure(code, path, what, remedy, error);
}

function failure(code: string, path: string, what: string, remedy: string, cause: unknown): TiebreakError {
  return tiebreakError(code, { what, where: path, remedy }, { cause });
}

function kindOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & kindMask;
}

function isClosed(error: unknown): boolean {
  return codeOf(error) === 'ERR_INVALID_STATE';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
