import { constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { scratchFolder, type SandboxJob } from '../sandbox.ts';

/** A job's folder on the host, for sandboxes without their own file system. */
export interface JobFolder {
  readonly scratch: string;
  readonly temporary: string;
  /** The file with the job's input. */
  readonly stdin: string;
  /** Replaces the scratch folder's path in a text with its real path. */
  locate(text: string): string;
  /** The reverse, for the job's output: results do not depend on where the folder was. */
  hide(bytes: Uint8Array): Uint8Array;
  /** Reads the wanted paths that are regular files and not reached through links. */
  collect(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Removes everything, whatever permissions the job left on it. */
  remove(): Promise<void>;
}

/** Creates a folder that only this user can enter, and writes a job's files into it. */
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
    collect: (paths, maxBytes) => collect(scratch, paths, maxBytes),
    remove: () => removeTree(base),
  };
}

/** Matches the folder itself or a path in it, but not `/scratchpad`. */
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
  maxBytes: number,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const path of paths) {
    const bytes = await readInside(folder, path, maxBytes);
    if (bytes !== undefined) found.set(path, bytes);
  }
  return found;
}

/** Reads a file without following links: a link on the way could lead to any file of the user. */
async function readInside(folder: string, path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  const place = resolve(folder, path);
  if (!place.startsWith(folder + sep)) return undefined;
  try {
    if ((await realpath(place)) !== place) return undefined;
    const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const facts = await file.stat();
      return facts.isFile() && facts.size <= maxBytes ? await file.readFile() : undefined;
    } finally {
      await file.close();
    }
  } catch {
    // The job did not create the file.
    return undefined;
  }
}

async function removeTree(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A folder without permissions cannot be emptied.
    await openUp(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Gives the owner all permissions on every folder; does not follow links. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openUp(join(folder, entry.name));
  }
}
