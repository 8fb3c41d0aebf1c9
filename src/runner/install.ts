import { readFile } from 'node:fs/promises';

/** How each family of Linux installs a package; the first whose id is named by /etc/os-release. */
const managers: readonly { readonly family: RegExp; readonly command: string }[] = [
  { family: /debian|ubuntu/, command: 'sudo apt install' },
  { family: /fedora|rhel|centos/, command: 'sudo dnf install' },
  { family: /suse/, command: 'sudo zypper install' },
  { family: /arch/, command: 'sudo pacman -S' },
  { family: /alpine/, command: 'sudo apk add' },
];

/** The sentence that tells how to install a package here; names differ by family where `names` says so. */
export async function installMend(
  name: string,
  names: { brew?: string; page?: string } = {},
): Promise<string> {
  if (process.platform === 'darwin' && names.brew !== undefined)
    return `Install it: brew install ${names.brew}`;
  if (process.platform !== 'linux') return `Install it${names.page === undefined ? '' : `: ${names.page}`}`;
  const family = await linuxFamily();
  const manager = managers.find((candidate) => candidate.family.test(family));
  return manager === undefined
    ? `Install the package "${name}" of your distribution`
    : `Install it: ${manager.command} ${name}`;
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
    // A Linux that does not say which one it is.
    return '';
  }
}
