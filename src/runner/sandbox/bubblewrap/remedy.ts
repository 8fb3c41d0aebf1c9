import { readFile } from 'node:fs/promises';
import { installRemedy } from '../../toolchains/install.ts';

/** The remedies for known reasons why bubblewrap cannot make a user namespace or its file systems. */
export async function remedyFor(
  words: string,
  readSwitch: (path: string) => Promise<number | undefined> = readNumber,
): Promise<string> {
  if (/Unknown option/.test(words))
    return `Update bubblewrap to 0.7 or later. ${await installRemedy('bubblewrap')}`;
  if ((await readSwitch('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')) === 1)
    return appArmorRemedy;
  if ((await readSwitch('/proc/sys/kernel/unprivileged_userns_clone')) === 0) {
    return 'User namespaces are switched off. Allow them: sudo sysctl -w kernel.unprivileged_userns_clone=1';
  }
  if ((await readSwitch('/proc/sys/user/max_user_namespaces')) === 0) {
    return 'User namespaces are switched off. Allow them: sudo sysctl -w user.max_user_namespaces=15000';
  }
  if (/proc/.test(words)) {
    return 'Inside a container: start it with --security-opt systempaths=unconfined --security-opt seccomp=unconfined';
  }
  return 'Inside a container: start it with permission to make user namespaces (docker: --security-opt seccomp=unconfined)';
}

/** Since Ubuntu 23.10, only programs with an AppArmor profile can make user namespaces. */
const appArmorRemedy = [
  'Ubuntu’s AppArmor blocks user namespaces for programs without a profile. Add a profile for bubblewrap:',
  `printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n'`,
  '| sudo tee /etc/apparmor.d/bwrap && sudo systemctl reload apparmor',
].join(' ');

async function readNumber(path: string): Promise<number | undefined> {
  try {
    return Number(await readFile(path, 'utf8'));
  } catch {
    // This kernel does not have the setting.
    return undefined;
  }
}
