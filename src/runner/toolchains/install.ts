import { readFile } from 'node:fs/promises';

/** The package managers of Linux families; the first whose family matches /etc/os-release is used. */
const managers = [
  { id: 'apt', family: /debian|ubuntu/, command: 'sudo apt install' },
  { id: 'dnf', family: /fedora|rhel|centos/, command: 'sudo dnf install' },
  { id: 'zypper', family: /suse/, command: 'sudo zypper install' },
  { id: 'pacman', family: /arch/, command: 'sudo pacman -S' },
  { id: 'apk', family: /alpine/, command: 'sudo apk add' },
] as const;

/**
 * The names of a package outside of Debian, if they differ, and the download page for systems without a
 * package manager.
 */
export type PackageNames = Partial<
  Record<(typeof managers)[number]['id'] | 'brew' | 'winget' | 'page', string>
>;

/** A sentence that says how to install a package on this system; `names` overrides the name for a family. */
export async function installRemedy(
  name: string,
  names: PackageNames = {},
  platform: NodeJS.Platform = process.platform,
): Promise<string> {
  if (platform === 'darwin' && names.brew !== undefined) return `Install it: brew install ${names.brew}`;
  if (platform === 'win32' && names.winget !== undefined) return `Install it: winget install ${names.winget}`;
  if (platform !== 'linux') return `Install it${names.page === undefined ? '' : `: ${names.page}`}`;
  const family = await linuxFamily();
  const manager = managers.find((candidate) => candidate.family.test(family));
  return manager === undefined
    ? `Install the package "${names.apt ?? name}" of your distribution`
    : `Install it: ${manager.command} ${names[manager.id] ?? name}`;
}

async function linuxFamily(): Promise<string> {
  try {
    const text = await readFile('/etc/os-release', 'utf8');
    return (
      text
        .match(/^ID(_LIKE)?=.*$/gm)
        ?.join(' ')
        .toLowerCase() ?? ''
    );
  } catch {
    // This Linux does not identify itself.
    return '';
  }
}
