import assert from 'node:assert/strict';
import { defaultLimits } from '../../../../src/core/run/run.ts';
import type { Sandbox, SandboxJob } from '../../../../src/runner/sandbox/sandbox.ts';
import { createMissingSandbox } from '../../../../src/runner/sandbox/none.ts';
import { createUnsandboxed } from '../../../../src/runner/sandbox/unsandboxed.ts';
import { chooseSandbox, sandboxesOf } from '../../../../src/runner/sandbox/choose.ts';
import { fakeSandbox } from '../fakeSandbox.ts';

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

  it('are tried in order, starting with the platform’s own', () => {
    assert.deepEqual(kinds('linux'), ['bubblewrap', 'container']);
    assert.deepEqual(kinds('darwin'), ['sandbox-exec', 'container']);
    assert.deepEqual(kinds('win32'), ['container', 'wsl']);
    assert.deepEqual(kinds('freebsd'), ['none']);
  });

  it('use the first one that is usable', async () => {
    const chosen = chooseSandbox([missing, named('container'), named('wsl')], without, () => false);
    assert.equal((await chosen.status()).kind, 'container');
    assert.equal((await chosen.run(job)).reason, 'container');
  });

  it('block everything if none is usable, and report what the first one lacks', async () => {
    const chosen = chooseSandbox([missing, createMissingSandbox('freebsd')], without, () => false);
    const status = await chosen.status();
    assert.ok(!status.usable);
    assert.match(`${status.missing} ${status.remedy}`, /aix .*Linux/);
    await assert.rejects(chosen.run(job), /aix/);
  });

  it('are searched for again if they were missing', async () => {
    let installed = false;
    const late: Sandbox = { ...named('late'), status: () => (installed ? named('late') : missing).status() };
    const chosen = chooseSandbox([late], without, () => false);
    assert.equal((await chosen.status()).usable, false);
    installed = true;
    assert.equal((await chosen.status()).usable, true);
  });
});

describe('running without a sandbox', () => {
  it('needs consent, is used only without a sandbox, and is recorded', async () => {
    assert.equal((await chooseSandbox([missing], without, () => true).status()).kind, 'unsandboxed');
    assert.equal((await chooseSandbox([named('own')], without, () => true).status()).kind, 'own');
  });

  it('ends when consent is withdrawn', async () => {
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
