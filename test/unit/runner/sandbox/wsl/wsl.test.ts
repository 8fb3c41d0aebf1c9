import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../../src/core/run/run.ts';
import { wslCommand } from '../../../../../src/runner/sandbox/wsl/wsl.ts';

describe('the sandbox of WSL', () => {
  const job = { argv: ['C:\\node.exe', 'a.js'], files: [], env: { HOME: '/scratch' }, limits: defaultLimits };
  const { program, argv, script } = wslCommand(job);
  const line = argv.join(' ');

  it('is bubblewrap with an empty environment and namespaces of its own', () => {
    assert.equal(program, 'wsl.exe');
    assert.match(line, /^--exec env --ignore-environment \/usr\/bin\/bwrap --unshare-user --unshare-pid/);
    for (const flag of [
      '--unshare-net',
      '--unshare-ipc',
      '--cap-drop ALL',
      '--die-with-parent',
      '--clearenv',
    ])
      assert.ok(line.includes(flag), flag);
    assert.match(line, /-- \/usr\/bin\/bash -s$/);
  });

  it('shows the system and no drive of Windows', () => {
    assert.doesNotMatch(line, /\/mnt|\/home|--bind|--dev-bind/);
    assert.match(line, /--remount-ro \/ --chdir \/scratch/);
  });

  it('sets the limits that a shell can set', () => {
    assert.match(
      script,
      /ulimit -c 0; ulimit -n 512; ulimit -t 11; ulimit -f 65536; ulimit -u \d+; ulimit -s unlimited; ulimit -d 786432;.*exec 'node' 'a\.js'/,
    );
  });
});
