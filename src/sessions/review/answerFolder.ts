import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Side } from '../../core/task/side.ts';
import type { AnswerSource } from '../panelSession.ts';

/** The folder of a session's answers, and the readings that were written last. */
interface Written {
  readonly folder: string;
  readings?: string;
}

/**
 * Answers as read-only files on disk, from the time the person opens them until the session is left. Each session has its own
 * folder, whose name contains the process of its window, so that no window removes files that another shows. Nothing runs
 * there.
 */
export class AnswerFolder {
  readonly root: string;
  /** The prefix of the names of this window's folders. */
  readonly #own: string;
  readonly #written = new Map<AnswerSource, Written>();
  #last = 0;
  #working: Promise<unknown> = Promise.resolve();

  constructor(root: string, pid: number = process.pid) {
    this.root = root;
    this.#own = `${pid}-`;
  }

  /** Whether the answers were opened. If so, they must be written again when a reading changes. */
  isOpened(session: AnswerSource): boolean {
    return this.#written.has(session);
  }

  /** The path of a file of an answer; `undefined` if the answers are not on disk in their current readings. */
  path(session: AnswerSource, side: Side, file: string): string | undefined {
    const written = this.#written.get(session);
    if (written === undefined || written.readings !== readingsOf(session)) return undefined;
    return join(written.folder, side, file);
  }

  /** The session's folder; `undefined` if its answers were not opened. */
  folder(session: AnswerSource): string | undefined {
    return this.#written.get(session)?.folder;
  }

  /** The side and file that a path is of; `undefined` for any other path. */
  locate(session: AnswerSource, path: string): { side: Side; path: string } | undefined {
    const written = this.#written.get(session);
    const answer = session.answers.find(
      ({ side }) => written !== undefined && path.startsWith(join(written.folder, side) + sep),
    );
    if (written === undefined || answer === undefined) return undefined;
    const { side } = answer;
    return { side, path: path.slice(join(written.folder, side).length + 1).replaceAll(sep, '/') };
  }

  /** Writes the files of all answers as shown, unless they are already there. Resolves with whether it wrote files. */
  write(session: AnswerSource): Promise<boolean> {
    this.#note(session);
    return this.#inTurn(() => this.#write(session));
  }

  /** Removes the files of a session. */
  remove(session: AnswerSource): Promise<void> {
    const written = this.#written.get(session);
    if (written === undefined) return Promise.resolve();
    this.#written.delete(session);
    return this.#inTurn(() => removeFolder(written.folder));
  }

  /** Removes the files of all sessions of this window. */
  removeAll(): Promise<void> {
    this.#written.clear();
    return this.#inTurn(() => this.#removeNamed((name) => name.startsWith(this.#own)));
  }

  /** Removes the folders of windows that ended without removing them. */
  sweep(): Promise<void> {
    const isLeft = (name: string): boolean => name.startsWith(this.#own) || !isRunning(ownerOf(name));
    return this.#inTurn(() => this.#removeNamed(isLeft));
  }

  async #write(session: AnswerSource): Promise<boolean> {
    const written = this.#written.get(session);
    const readings = readingsOf(session);
    // The session may have been left while its files were written.
    if (written === undefined || written.readings === readings) return false;
    await removeFolder(written.folder);
    for (const { side, shownFiles } of session.answers) {
      for (const file of shownFiles) {
        const path = join(written.folder, side, file.path);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, file.text);
        // Read-only for other programs too. In the editor a default setting of the manifest makes the files read-only, even
        // for root.
        await chmod(path, 0o444);
      }
    }
    written.readings = readings;
    return true;
  }

  async #removeNamed(isWanted: (name: string) => boolean): Promise<void> {
    // There is no folder until somebody opens an answer.
    const names = await readdir(this.root).catch(() => []);
    await Promise.all(names.filter(isWanted).map((name) => removeFolder(join(this.root, name))));
  }

  #note(session: AnswerSource): void {
    if (this.#written.has(session)) return;
    this.#last += 1;
    this.#written.set(session, { folder: join(this.root, `${this.#own}${this.#last}`) });
  }

  /** Writes and removals take turns, so that a removal never interrupts a write. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#working.then(work);
    this.#working = result.catch(() => undefined);
    return result;
  }
}

function readingsOf(session: AnswerSource): string {
  return session.answers.map(({ panel }) => panel.reading).join(' ');
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** The process in a folder's name; NaN for any other name. */
function ownerOf(name: string): number {
  return Number(/^(\d+)-\d+$/.exec(name)?.[1]);
}

/** Whether a process is running; `false` for an invalid id. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process runs, but belongs to another user and cannot be signalled.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
