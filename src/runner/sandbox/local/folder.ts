import { constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { scratchFolder, type SandboxJob } from '../sandbox.ts';

/** A job's own folder on the host, for sandboxes without a file system of their own. */
export interface JobFolder {
  readonly scratch: string;
  readonly temporary: string;
  /** A file with the job's input. */
  readonly stdin: string;
  /** Names of the scratch folder as jobs are written, replaced by where it really is. */
  locate(text: string): string;
  /** The reverse, for what the job wrote: results do not depend on where the folder was. */
  hide(bytes: Uint8Array): Uint8Array;
  /** Wanted files that are really files, and are not reached by links. */
  collect(paths: readonly string[], mostBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Removes everything, whatever rights the job left on it. */
  remove(): Promise<void>;
}

/** Makes a folder that only this user can enter and writes a job's files into it. */
export async function layOut(job: SandboxJob): Promise<JobFolder> {
  const base = await mkdtemp(join(await realpath(tmpdir()), 'tiebreak-job-'));
  const [scratch, temporary, stdin] = ['scratch', 'tmp', 'stdin'].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  try {
    await Promise.all([mkdir(scratch), mkdir(temporary), writeFile(stdin, job.stdin ?? '')]);
    for (const file of job.files) await writeInside(scratch, file);
  } catch (error) {
    await removeTree(base);
    throw error;
  }
  return {
    scratch,
    temporary,
    stdin,
    locate: (text) => text.replaceAll(atScratch, scratch),
    hide: (bytes) =>
      Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(scratch, scratchFolder), 'latin1'),
    collect: (paths, mostBytes) => collect(scratch, paths, mostBytes),
    remove: () => removeTree(base),
  };
}

/** The folder itself or something in it; not `/scratchpad`. */
const atScratch = new RegExp(`${scratchFolder}(?![\\w.-])`, 'g');

async function writeInside(folder: string, file: SandboxJob['files'][number]): Promise<void> {
  const path = resolve(folder, file.path);
  if (!path.startsWith(folder + sep)) throw new RangeError(`${JSON.stringify(file.path)} leaves the folder`);
  await mkdir(dirname(path), { recursive: true });
  const [content, mode] = 'bytes' in file ? [file.bytes, file.mode ?? 0o644] : [file.text, 0o644];
  await writeFile(path, content, { mode: mode & 0o777 });
}

async function collect(
  folder: string,
  paths: readonly string[],
  mostBytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await readInside(folder, path, mostBytes);
    if (bytes !== undefined) found.set(path, bytes);
  }
  return found;
}

/** A link on the way could lead to any file of the person's. */
async function readInside(folder: string, path: string, mostBytes: number): Promise<Uint8Array | undefined> {
  const place = resolve(folder, path);
  if (!place.startsWith(folder + sep)) return undefined;
  try {
    if ((await realpath(place)) !== place) return undefined;
    const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const facts = await file.stat();
      return facts.isFile() && facts.size <= mostBytes ? await file.readFile() : undefined;
    } finally {
      await file.close();
    }
  } catch {
    // It was not made.
    return undefined;
  }
}

async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A folder without rights cannot be emptied.
    await openUp(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Gives the owner all rights on every folder; links are not followed. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(join(folder, entry.name));
  }
}
