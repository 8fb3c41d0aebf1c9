import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, type FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import { messageOf, tiebreakError, type TiebreakError } from '../core/errors.ts';
import { contentHash } from '../core/text/hash.ts';
import { isJson } from '../core/text/jsonText.ts';
import { visibleJson } from '../core/text/visible.ts';
import { runSchema, toolchainKey, type Run } from '../core/run/run.ts';
import type { RunKey } from '../runner/runner.ts';
import { lockFile, type Release } from './fileLock.ts';
import { recordLines } from './recordLines.ts';

/** What every record begins with. */
const recordStart = '{"id":"';

/** The members of a run record that say which run it is, and whether it counts as done. */
const { taskId, answerId, codeHash, casesHash, toolchain, cancelled } = runSchema.shape;
const recordSchema = z.object({
  taskId,
  answerId,
  codeHash,
  casesHash,
  toolchain,
  cancelled,
  results: z.array(z.object({ verdict: z.string() })),
});
type RecordHead = z.infer<typeof recordSchema>;

/** An answer of a task. */
type AnswerName = Pick<Run, 'taskId' | 'answerId'>;

/**
 * A file of run records, one JSON object per line, that only this process writes. Each record is written as soon as it is
 * known, so that a later process can continue the file. Operations reject with `file-unwritable`.
 */
export class RunFile {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #release: Release;
  /** The line of the last record of each run, by `nameOf`. */
  readonly #lines = new Map<string, number>();
  /** The runs that this process wants, and the answers whose earlier records it could not replace. */
  readonly #wanted = new Set<string>();
  readonly #spared = new Set<string>();
  #lineCount = 0;
  /** The number of lines of an earlier run. */
  #earlier = 0;

  private constructor(path: string, file: FileHandle, release: Release) {
    this.#path = path;
    this.#file = file;
    this.#release = release;
  }

  /**
   * Opens a new or empty file, or with `resume` also one with the records of an earlier run, and drops a half-written last line.
   * Rejects with `file-in-use` if another process writes the file, `file-exists` if it has content and `resume` is not set, and
   * `file-foreign` if it has other lines than run records; it is then unchanged.
   */
  static async open(path: string, { resume }: { readonly resume: boolean }): Promise<RunFile> {
    const real = await realpath(path).catch(() => path);
    const release = await locked(path, real);
    try {
      if (!resume) return new RunFile(real, await created(path, real), release);
      const file = await writing(path, () => open(real, 'a'));
      const opened = new RunFile(real, file, release);
      try {
        await opened.#readRecords();
        opened.#earlier = opened.#lineCount;
        return opened;
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      await release();
      throw error;
    }
  }

  /** Whether there are records of an earlier run. */
  get isContinued(): boolean {
    return this.#earlier > 0;
  }

  /** Whether the file has the run, which then stays in it. */
  keep(answer: AnswerName, key: RunKey): boolean {
    const name = nameOf(answer, key);
    if (!this.#lines.has(name)) return false;
    this.#wanted.add(name);
    return true;
  }

  /** Keeps whatever the file has of an answer that could not be run now. */
  spare(answer: AnswerName): void {
    this.#spared.add(answerOf(answer));
  }

  /** Writes the record of a run. */
  async append(run: Run): Promise<void> {
    await writing(this.#path, () => this.#file.appendFile(`${visibleJson(run)}\n`));
    const name = nameOf(run, keyOf(run));
    this.#lines.set(name, this.#lineCount);
    this.#wanted.add(name);
    this.#lineCount += 1;
  }

  /**
   * Removes the records that this run did not want: those of changed or removed tasks, and those that were run again. With
   * `only`, the records of other tasks stay. Returns how many were removed. Nothing can be appended afterwards.
   */
  async removeStale(only?: string): Promise<number> {
    if (!this.isContinued || this.#lineCount === this.#wanted.size) return 0;
    const stale = new Set<number>();
    let at = 0;
    for await (const { text } of recordLines(this.#path)) {
      const head = headOf(text);
      if (head !== undefined && !this.#isWanted(head, at, only)) stale.add(at);
      at += 1;
    }
    if (stale.size === 0) return 0;
    // Windows does not replace a file that is open.
    await this.#file.close();
    await writing(this.#path, () => this.#rewrite(stale));
    return stale.size;
  }

  /** Ends the writing: another process may continue the file. */
  async close(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      await this.#release();
    }
  }

  async #readRecords(): Promise<void> {
    for await (const { text, start, isWhole } of recordLines(this.#path)) {
      const head = headOf(text);
      if (head === undefined) {
        const isHalf = !isWhole && !isJson(text) && isBegun(text);
        if (!isHalf) throw foreign(this.#path, this.#lineCount + 1);
        await writing(this.#path, () => this.#file.truncate(start));
        return;
      }
      // What is missing on this machine may have been installed since.
      const isDone = !head.cancelled && head.results.every(({ verdict }) => verdict !== 'unsupported');
      if (isDone) this.#lines.set(nameOf(head, keyOf(head)), this.#lineCount);
      this.#lineCount += 1;
      if (!isWhole) await writing(this.#path, () => this.#file.appendFile('\n'));
    }
  }

  #isWanted(head: RecordHead, line: number, only: string | undefined): boolean {
    if (only !== undefined && head.taskId !== only) return true;
    if (this.#spared.has(answerOf(head))) return true;
    const name = nameOf(head, keyOf(head));
    return this.#wanted.has(name) && this.#lines.get(name) === line;
  }

  /** Writes the other lines to a new file, which then takes the place of this one. */
  async #rewrite(stale: ReadonlySet<number>): Promise<void> {
    const beside = `${this.#path}.${randomUUID()}.part`;
    try {
      const file = await open(beside, 'wx');
      try {
        let at = 0;
        for await (const { text } of recordLines(this.#path)) {
          if (!stale.has(at)) await file.appendFile(`${text}\n`);
          at += 1;
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, this.#path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }
}

function headOf(text: string): RecordHead | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON.
    return undefined;
  }
}

function isBegun(text: string): boolean {
  return recordStart.startsWith(text.slice(0, recordStart.length));
}

function keyOf({ codeHash: code, casesHash: cases, toolchain: found }: RecordHead | Run): RunKey {
  return { codeHash: code, casesHash: cases, toolchain: toolchainKey(found) };
}

/** Identifies a run of an answer: a hash, because the names of all runs are held in memory. */
function nameOf(answer: AnswerName, key: RunKey): string {
  return contentHash([answerOf(answer), key.codeHash, key.casesHash, key.toolchain]);
}

function answerOf(answer: AnswerName): string {
  return JSON.stringify([answer.taskId, answer.answerId]);
}

async function locked(path: string, real: string): Promise<Release> {
  const release = await writing(path, () => lockFile(`${real}.lock`));
  if (release !== undefined) return release;
  throw tiebreakError('file-in-use', {
    what: 'another run is writing this file',
    where: path,
    remedy: 'Wait until it ends, or choose another file',
  });
}

/** Refuses a file with content; an empty file may be left from a run that ended at once. */
async function created(path: string, real: string): Promise<FileHandle> {
  const file = await writing(path, () => open(real, 'a'));
  const { size } = await file.stat();
  if (size === 0) return file;
  await file.close();
  throw tiebreakError('file-exists', {
    what: 'the file already exists',
    where: path,
    remedy: 'Continue it with --resume, or choose another file',
  });
}

function foreign(where: string, line: number): TiebreakError {
  return tiebreakError('file-foreign', {
    what: 'the line is not the record of a run, so the file cannot be continued',
    where,
    line,
    remedy: 'Remove the line, or choose another file',
  });
}

async function writing<T>(where: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const what = `the results cannot be written (${messageOf(error)})`;
    const remedy = 'Check the folder, its permissions and its free space, then continue with --resume';
    throw tiebreakError('file-unwritable', { what, where, remedy }, { cause: error });
  }
}
