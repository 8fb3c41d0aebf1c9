import { readFile } from 'node:fs/promises';
import { installMend } from '../install.ts';

/** The mend for the reasons known to keep bubblewrap from making a user namespace or its file systems. */
export async function mendFor(
  words: string,
  readSwitch: (path: string) => Promise<number | undefined> = readNumber,
): Promise<string> {
  if (/Unknown option/.test(words))
    return `Update bubblewrap to 0.7 or later. ${await installMend('bubblewrap')}`;
  if ((await readSwitch('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')) === 1) return appArmorMend;
  if ((await readSwitch('/proc/sys/kernel/unprivileged_userns_clone')) === 0) {
    return 'User namespaces are switched off. Allow them: sudo sysctl -w kernel.unprivileged_userns_clone=1';
  }
  if ((await readSwitch('/proc/sys/user/max_user_namespaces')) === 0) {
    return 'User namespaces are switched off. Allow them: sudo sysctl -w user.max_user_namespaces=15000';
  }
  if (/proc/.test(words)) {
    return 'Inside a container: start it with --security-opt systempaths=unconfined --security-opt seccomp=unconfined';
  }
  return 'Inside a container: start it so that it may make user namespaces (docker: --security-opt seccomp=unconfined)';
}

/** Ubuntu 23.10 and later let only programs with a profile make user namespaces. */
const appArmorMend = [
  'Ubuntu’s AppArmor lets no program without a profile make a user namespace. Give bubblewrap one:',
  `printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'`,
  '| sudo tee /etc/apparmor.d/bwrap && sudo systemctl reload apparmor',
].join(' ');

async function readNumber(path: string): Promise<number | undefined> {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch {
    // This kernel has no such switch.
    return undefined;
  }
}
