import { existsSync } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One thing of the host that the sandbox sees: a read-only mount or a symbolic link. */
export type Mount =
  | { readonly kind: 'bind'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

/** What programs of the system need: their files and the linker's tables. Nothing of `/etc` that tells of the machine. */
const systemPaths = [
  '/usr',
  '/bin',
  '/sbin',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
];

/** The mounts every job has. `/bin` and its like are links into `/usr` on most systems and folders on others. */
export async function systemMounts(): Promise<Mount[]> {
  const found = await Promise.all(systemPaths.map(systemMount));
  return found.filter((mount) => mount !== undefined);
}

async function systemMount(path: string): Promise<Mount | undefined> {
  try {
    const facts = await lstat(path);
    return facts.isSymbolicLink() && !path.startsWith('/etc/')
      ? { kind: 'link', path, target: await readlink(path) }
      : { kind: 'bind', path };
  } catch {
    // A system without the path has programs that do without it.
    return undefined;
  }
}

/** Paths of a toolchain that the system's mounts do not show already, without those that lie inside another. */
export function extraPaths(paths: readonly string[]): string[] {
  const outside = [...new Set(paths)].filter((path) => !isWithin(path, '/usr'));
  return outside
    .filter((path) => !outside.some((other) => other !== path && isWithin(path, other)))
    .toSorted();
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * Whether a user who is neither owner nor in the group can walk to a path and read it. What lies deeper is taken to be
 * as open as the path itself; of a path that is not there bwrap will say so.
 */
export function isReachableByAnyone(path: string): Promise<boolean> {
  return isOpenTo(path, 0o004);
}

/** The same, and whether such a user can run it. */
export function isRunnableByAnyone(path: string): Promise<boolean> {
  return isOpenTo(path, 0o005);
}

async function isOpenTo(path: string, rights: number): Promise<boolean> {
  try {
    const real = await realpath(path);
    if (((await stat(real)).mode & rights) !== rights) return false;
    for (let folder = dirname(real); folder !== '/'; folder = dirname(folder)) {
      if (((await stat(folder)).mode & 0o001) === 0) return false;
    }
  } catch {
    return true;
  }
  return true;
}

/** Folders that every Linux has and toolchains rarely lie in. */
const stageFolders = ['/srv', '/media', '/mnt', '/opt'];

/** A folder of the host that may be covered, inside a mount namespace of one's own, without hiding any of the paths. */
export function stageFolder(paths: readonly string[]): string | undefined {
  const free = (folder: string): boolean => !paths.some((path) => isWithin(path, folder));
  return stageFolders.find((folder) => free(folder) && existsSync(folder));
}
