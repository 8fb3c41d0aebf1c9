import assert from 'node:assert/strict';
import { mendFor } from '../../../../src/runner/bubblewrap/mend.ts';

/** A machine on which one switch of the kernel stands as given. */
const machineWith = (switchName: string, value: number) => async (path: string) =>
  path.endsWith(switchName) ? value : undefined;

describe('where bubblewrap cannot make a sandbox', () => {
  it('AppArmor is told to let it, by commands that can be pasted', async () => {
    const mend = await mendFor(
      'bwrap: setting up uid map: Permission denied',
      machineWith('apparmor_restrict_unprivileged_userns', 1),
    );
    assert.match(mend, /profile bwrap \/usr\/bin\/bwrap flags=\(unconfined\) \{\\n  userns,\\n\}/);
    assert.match(mend, /\| sudo tee \/etc\/apparmor\.d\/bwrap && sudo systemctl reload apparmor$/);
  });

  it('user namespaces are switched on again', async () => {
    const words = 'bwrap: No permissions to create new namespace';
    assert.match(
      await mendFor(words, machineWith('unprivileged_userns_clone', 0)),
      /sysctl -w kernel\.unprivileged_userns_clone=1/,
    );
    assert.match(
      await mendFor(words, machineWith('max_user_namespaces', 0)),
      /sysctl -w user\.max_user_namespaces=\d+/,
    );
  });

  it('a container is started so that it may', async () => {
    const nothing = async () => undefined;
    assert.match(
      await mendFor("bwrap: Can't mount proc on /newroot/proc", nothing),
      /systempaths=unconfined/,
    );
    assert.match(await mendFor('bwrap: Creating new namespace failed', nothing), /seccomp=unconfined/);
  });

  it('an old bubblewrap is updated', async () => {
    assert.match(
      await mendFor('bwrap: Unknown option --disable-userns', machineWith('x', 0)),
      /Update bubblewrap/,
    );
  });
});
