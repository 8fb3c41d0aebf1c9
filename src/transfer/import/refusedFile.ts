import { TiebreakError } from '../../core/errors.ts';

/** A file or folder that was refused as a whole, with the reason. Nothing was imported from it. */
export interface RefusedFile {
  readonly path: string;
  readonly error: TiebreakError;
}

/** Whether the error is about one file, so that other files can still be imported. */
export function isAboutFile(error: unknown): error is TiebreakError {
  return (
    error instanceof TiebreakError &&
    ['exchange-tampered', 'exchange-name', 'file-unreadable'].includes(error.code)
  );
}
