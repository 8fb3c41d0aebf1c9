import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Launch, SandboxProcess } from '../../../../../src/runner/sandbox/bubblewrap/firstProcess.ts';
import { createStarter } from '../../../../../src/runner/sandbox/bubblewrap/starter.ts';
import { skipBecause } from '../../../../skip.ts';
import { helperPath, textOf } from '../../harness.ts';

// A shell takes the place of bwrap and of the first process: it writes the status, and frames to the socket.

describe('the starter of sandboxes', () => {
  const starter = createStarter(helperPath);

  before(function () {
    if (!existsSync(helperPath)) skipBecause(this, 'the helper was not compiled');
  });

  function start(source: string, more: Partial<Launch> = {}): SandboxProcess {
    const launch = { program: '/bin/sh', argv: ['-c', source], data: [], user: undefined, ...more };
    return starter.start(launch as unknown as Launch, false);
  }

  it('tells the number of the first process, and then passes on its bytes unchanged', async () => {
    const sandbox = start(String.raw`
      echo '{ "child-pid": 12 }' >&5
      printf '\1\0\0\0\5\0\0\0hello' >&4
      echo '{ "exit-code": 0 }' >&5`);
    const told: unknown[] = [];
    sandbox.onInit((init) => told.push(init));
    sandbox.stdout.on('data', (bytes: Buffer) => told.push(textOf(bytes)));
    const { ran, error } = await sandbox.exited;
    assert.deepEqual([told, ran, error], [[12, 'hello'], true, undefined]);
  });

  it('gives a sandbox its data, no environment and none of its own descriptors', async () => {
    const sandbox = start(
      'exec >&2; cat <&6; cat <&7; tr "\\0" "\\n" < /proc/$$/environ; ls -x /proc/$$/fd',
      {
        data: [new TextEncoder().encode('data\n'), { path: '/etc/hostname' }],
      },
    );
    const { words } = await sandbox.exited;
    assert.equal(words, `data\n${readFileSync('/etc/hostname', 'utf8')}0  1  2  3  4  5  6  7\n`);
  });

  it('says why a program could not be started', async () => {
    const missing = start('', { program: '/missing' });
    assert.deepEqual(await missing.exited, { ran: false, error: '/missing: No such file or directory' });
    const data = start('', { data: [{ path: '/missing' }] });
    assert.deepEqual(await data.exited, { ran: false, error: '/missing: No such file or directory' });
    assert.throws(() => start('a\0b'), /without null bytes/);
  });

  it('passes jobs of any size to sandboxes that take them slowly, each its own', async () => {
    const count = String.raw`printf '\1\0\0\0\12\0\0\0%010d' $(head -c 1000000 <&4 | tr -d b | wc -c) >&4`;
    const [first, second] = [start(count), start(count)];
    const results = [first, second].map((sandbox) => once(sandbox.stdout, 'data'));
    first.give([Buffer.alloc(500_000, 'a'), Buffer.alloc(500_000, 'a')]);
    second.give([Buffer.alloc(1_000_000, 'b')]);
    const sums = (await Promise.all(results)).map(([bytes]) => textOf(bytes as Buffer));
    assert.deepEqual(sums, ['0001000000', '0000000000']);
  });
});
