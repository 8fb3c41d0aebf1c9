import assert from 'node:assert/strict';
import { remedyFor } from '../../../../../src/runner/sandbox/bubblewrap/remedy.ts';

/** A machine with the given value of one kernel setting. */
const machineWith = (switchName: string, value: number) => async (path: string) =>
  path.endsWith(switchName) ? value : undefined;

describe('the remedy if bubblewrap cannot make a sandbox', () => {
  it('gives the commands for an AppArmor profile', async () => {
    const remedy = await remedyFor(
      'bwrap: setting up uid map: Permission denied',
      machineWith('apparmor_restrict_unprivileged_userns', 1),
    );
    assert.match(remedy, /profile bwrap \/usr\/bin\/bwrap flags=\(unconfined\) \{\\n  userns,\\n\}/);
    assert.match(remedy, /\| sudo tee \/etc\/apparmor\.d\/bwrap && sudo systemctl reload apparmor$/);
  });

  it('switches user namespaces on', async () => {
    const words = 'bwrap: No permissions to create new namespace';
    assert.match(
      await remedyFor(words, machineWith('unprivileged_userns_clone', 0)),
      /sysctl -w kernel\.unprivileged_userns_clone=1/,
    );
    assert.match(
      await remedyFor(words, machineWith('max_user_namespaces', 0)),
      /sysctl -w user\.max_user_namespaces=\d+/,
    );
  });

  it('starts the container with the permission', async () => {
    const nothing = async () => undefined;
    assert.match(
      await remedyFor("bwrap: Can't mount proc on /newroot/proc", nothing),
      /systempaths=unconfined/,
    );
    assert.match(await remedyFor('bwrap: Creating new namespace failed', nothing), /seccomp=unconfined/);
  });

  it('updates an old bubblewrap', async () => {
    assert.match(
      await remedyFor('bwrap: Unknown option --disable-userns', machineWith('x', 0)),
      /Update bubblewrap/,
    );
  });
});
