import type { Store } from '../../store/store.ts';
import { importFile, type ImportOptions } from './importing.ts';
import { emptyReport, type ImportReport } from './importReport.ts';
import { isAboutFile, type RefusedFile } from './refusedFile.ts';
import { taskFilesAt } from './taskFolder.ts';

/** The outcome of importing one file. */
export type FileOutcome = { readonly path: string; readonly report: ImportReport } | RefusedFile;

export interface ImportFilesOptions extends Pick<ImportOptions, 'signal' | 'clones'> {
  /** Called after every batch, with the path of the file. */
  readonly onProgress?: (path: string, progress: { readonly lines: number; readonly share: number }) => void;
}

/**
 * The task files at the paths, each a file or a folder of files. A path that does not exist and a folder without task
 * files are among the refused.
 */
export async function taskFilesOf(
  paths: readonly string[],
): Promise<{ files: string[]; refused: RefusedFile[] }> {
  const files: string[] = [];
  const refused: RefusedFile[] = [];
  for (const path of paths) {
    try {
      files.push(...(await taskFilesAt(path)));
    } catch (error) {
      if (!isAboutFile(error)) throw error;
      refused.push({ path, error });
    }
  }
  return { files, refused };
}

/**
 * Imports the files in order and yields the outcome of each. A refused file does not stop the others. Ends early if the
 * signal is aborted: the files before stay, and of the file at which it was nothing is stored, as its report says. Rejects
 * with the store's errors.
 */
export async function* importFiles(
  store: Store,
  files: readonly string[],
  { onProgress, ...options }: ImportFilesOptions = {},
): AsyncGenerator<FileOutcome> {
  for (const path of files) {
    if (options.signal?.aborted === true) return;
    yield await outcomeOf(store, path, {
      ...options,
      onProgress: (progress) => onProgress?.(path, progress),
    });
  }
}

async function outcomeOf(store: Store, path: string, options: ImportOptions): Promise<FileOutcome> {
  try {
    return { path, report: await importFile(store, path, options) };
  } catch (error) {
    if (options.signal?.aborted === true && error === options.signal.reason)
      return { path, report: { ...emptyReport, cancelled: path } };
    if (!isAboutFile(error)) throw error;
    return { path, error };
  }
}
