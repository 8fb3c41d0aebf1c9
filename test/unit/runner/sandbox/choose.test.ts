import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/run.ts';
import type { Sandbox, SandboxJob } from '../../../src/runner/sandbox.ts';
import { createMissingSandbox } from '../../../src/runner/sandbox-none.ts';
import { createUnsandboxed } from '../../../src/runner/sandbox-unsandboxed.ts';
import { chooseSandbox, sandboxesOf } from '../../../src/runner/sandboxes.ts';
import { fakeSandbox } from './fake-sandbox.ts';

const job: SandboxJob = { argv: ['/bin/true'], files: [], env: {}, limits: defaultLimits };
const named = (kind: string): Sandbox => ({
  ...fakeSandbox(),
  kind,
  status: async () => ({ usable: true, kind, approximate: true, notes: [] }),
  run: async (given) => ({ ...(await fakeSandbox().run(given)), reason: kind }),
});
const without = named('unsandboxed');
const missing = createMissingSandbox('aix');

describe('the sandboxes of a platform', () => {
  const kinds = (platform: NodeJS.Platform): string[] =>
    sandboxesOf(platform, { nativeDir: undefined }).map((sandbox) => sandbox.kind);

  it('are tried in one order, the platform’s own first where it has one', () => {
    assert.deepEqual(kinds('linux'), ['bubblewrap', 'container']);
    assert.deepEqual(kinds('darwin'), ['sandbox-exec', 'container']);
    assert.deepEqual(kinds('win32'), ['container', 'wsl']);
    assert.deepEqual(kinds('freebsd'), ['none']);
  });

  it('come down to the first that is usable', async () => {
    const chosen = chooseSandbox([missing, named('container'), named('wsl')], without, () => false);
    assert.equal((await chosen.status()).kind, 'container');
    assert.equal((await chosen.run(job)).reason, 'container');
  });

  it('block everything where none is usable, and say what the first one lacks', async () => {
    const chosen = chooseSandbox([missing, createMissingSandbox('freebsd')], without, () => false);
    const status = await chosen.status();
    assert.ok(!status.usable);
    assert.match(`${status.missing} ${status.mend}`, /aix .*Linux/);
    await assert.rejects(chosen.run(job), /aix/);
  });

  it('are looked for again where they were missing', async () => {
    let installed = false;
    const late: Sandbox = { ...named('late'), status: () => (installed ? named('late') : missing).status() };
    const chosen = chooseSandbox([late], without, () => false);
    assert.equal((await chosen.status()).usable, false);
    installed = true;
    assert.equal((await chosen.status()).usable, true);
  });
});

describe('running without a sandbox', () => {
  it('takes consent, counts only where no sandbox is, and is stamped', async () => {
    assert.equal((await chooseSandbox([missing], without, () => true).status()).kind, 'unsandboxed');
    assert.equal((await chooseSandbox([named('own')], without, () => true).status()).kind, 'own');
  });

  it('ends with the consent', async () => {
    let consent = true;
    const chosen = chooseSandbox([missing], without, () => consent);
    await chosen.status();
    assert.equal((await chosen.run(job)).reason, 'unsandboxed');
    consent = false;
    await assert.rejects(chosen.run(job), /aix/);
    assert.equal((await chosen.status()).usable, false);
  });

  it('says what is unprotected, and is not offered on Windows', async () => {
    const status = await createUnsandboxed('linux').status();
    assert.ok(status.usable);
    assert.deepEqual([status.kind, status.approximate], ['unsandboxed', true]);
    assert.match(status.notes.join('\n'), /every file.*network/);
    assert.equal((await createUnsandboxed('win32').status()).usable, false);
  });
});
