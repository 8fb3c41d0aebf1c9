import { spawn } from 'node:child_process';
import { dirname, resolve as absolute } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { tiebreakError } from '../../core/errors.ts';
import type { SourceFile } from '../../core/task/task.ts';
import { checkTake, isWanted, textFile, type Candidate } from './fileTake.ts';

/** The full hash of a revision's commit. Rejects with `revision-missing` if the clone does not have it. */
export async function commitOf(clone: string, revision: string): Promise<string> {
  const { status, out } = await git(clone, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${revision}^{commit}`,
  ]);
  if (status === 0) return out.toString('utf8').trim();
  throw tiebreakError('revision-missing', {
    what: `the clone ${clone} has no revision ${revision}`,
    remedy: `Fetch it: git -C ${clone} fetch origin ${revision}`,
  });
}

/** Where git looks for the data of a clone, as absolute paths. */
export interface DataFolders {
  readonly own: string;
  /** Shared with other working trees. */
  readonly common: string;
  readonly objects: string;
}

export async function dataFolders(clone: string): Promise<DataFolders> {
  const asked = ['--absolute-git-dir', '--git-common-dir', '--git-path', 'objects'];
  const printed = (await told(clone, ['rev-parse', ...asked])).toString('utf8');
  const [own = '', common = '', objects = ''] = printed.split('\n').map((folder) => absolute(clone, folder));
  return { own, common, objects };
}

/** The text files of a commit, without links and submodules. Ignores the working tree. */
export async function readCommit(
  clone: string,
  commit: string,
  paths: readonly string[] | undefined,
): Promise<SourceFile[]> {
  const tree = await told(clone, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit]);
  const blobs = tree
    .toString('utf8')
    .split('\0')
    .map(readEntry)
    .filter((blob) => blob !== undefined && isWanted(blob.path, paths));
  checkTake(
    blobs.filter((blob) => blob !== undefined),
    `revision ${commit.slice(0, 12)} of ${clone}`,
  );
  const names = blobs.map((blob) => `${blob!.name}\n`).join('');
  const contents = cutObjects(await told(clone, ['cat-file', '--batch'], names));
  return blobs
    .map((blob, index) => textFile(blob!.path, contents[index] ?? Buffer.alloc(1)))
    .filter((file) => file !== undefined);
}

interface Blob extends Candidate {
  readonly name: string;
}

/** Parses one line of `ls-tree -l`: mode, type, name, size and path. `undefined` for anything but a regular file. */
function readEntry(line: string): Blob | undefined {
  const match = /^100(?:644|755|664) blob ([0-9a-f]+) +(\d+)\t([^]+)$/.exec(line);
  return match === null ? undefined : { name: match[1]!, bytes: Number(match[2]), path: match[3]! };
}

/** Splits the output of `cat-file --batch`: for each object a header line with the size, the content and a newline. */
function cutObjects(printed: Buffer): Buffer[] {
  const objects: Buffer[] = [];
  for (let at = 0; at < printed.length;) {
    const end = printed.indexOf('\n', at);
    const size = Number(printed.subarray(at, end).toString('latin1').split(' ')[2]);
    if (!Number.isInteger(size)) break;
    objects.push(printed.subarray(end + 1, end + 1 + size));
    at = end + 2 + size;
  }
  return objects;
}

async function told(clone: string, args: readonly string[], input?: string): Promise<Buffer> {
  const { status, out, errors } = await git(clone, args, input);
  if (status === 0) return out;
  throw tiebreakError('clone-unreadable', {
    what: `git cannot read the clone ${clone}: ${errors.trim() || `exit status ${status}`}`,
    remedy: `Check it: git -C ${clone} fsck`,
  });
}

/** Runs git on an untrusted clone: git only reads objects. It runs no program of the clone, never prompts and fetches nothing. */
async function git(
  clone: string,
  args: readonly string[],
  input = '',
): Promise<{ status: number | null; out: Buffer; errors: string }> {
  const safe = [
    '--no-pager',
    '--no-replace-objects',
    '-c',
    'core.fsmonitor=false',
    '-c',
    'core.hooksPath=/dev/null',
  ];
  const child = spawn('git', [...safe, '-C', clone, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      LC_ALL: 'C',
      GIT_CEILING_DIRECTORIES: dirname(clone),
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
    },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', (cause) => reject(gitMissing(cause)));
  });
  // If git exits early, writing its input fails; the exit status gives the reason.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status, out, errors] = await Promise.all([ended, buffer(child.stdout), text(child.stderr)]);
  return { status, out, errors };
}

function gitMissing(cause: Error): Error {
  const what = `git, which reads the revisions that tasks name, was not found (${cause.message})`;
  return tiebreakError('git-missing', { what, remedy: 'Install git, and try again' }, { cause });
}
