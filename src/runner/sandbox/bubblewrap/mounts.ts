import { existsSync } from 'node:fs';
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One part of the host that the sandbox sees: a read-only mount or a symbolic link. */
export type Mount =
  | { readonly kind: 'bind'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string };

/**
 * What programs of the system need: their files and the linker's tables. Nothing in `/etc` that identifies
 * the machine.
 */
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

/**
 * The mounts that every job gets. `/bin` and similar paths are links into `/usr` on most systems and folders
 * on others.
 */
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
    // The path does not exist, so programs of this system do not need it.
    return undefined;
  }
}

/** The same as paths that exist, for sandboxes that mount links as what they lead to. */
export function systemFolders(): string[] {
  return systemPaths.filter((path) => existsSync(path));
}

/** The toolchain paths that the system's mounts do not contain, without paths inside another of them. */
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
 * Whether a user who is neither the owner nor in the group can reach a path and read it. Assumes that deeper
 * paths are as accessible as the path itself. True for a missing path: bwrap will report it.
 */
export function isReachableByAnyone(path: string): Promise<boolean> {
  return isOpenTo(path, 0o004);
}

/** The same, and whether that user can execute it. */
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

/** Folders that every Linux has and that rarely contain toolchains. */
const stageFolders = ['/srv', '/media', '/mnt', '/opt'];

/**
 * A folder of the host that can be covered, inside a private mount namespace, without hiding any of the
 * paths.
 */
export function stageFolder(paths: readonly string[]): string | undefined {
  const free = (folder: string): boolean => !paths.some((path) => isWithin(path, folder));
  return stageFolders.find((folder) => free(folder) && existsSync(folder));
}
