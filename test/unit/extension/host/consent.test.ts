import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { Consent } from '../../../../src/extension/host/consent.ts';

/** The editor's memory of one workspace. */
function createMemento(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.has(key) ? (kept.get(key) as T) : fallback) as T,
    update: async (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
  };
}

describe('consent to run without a sandbox', () => {
  it('is absent until given, and can be withdrawn', async () => {
    const consent = new Consent(createMemento(), () => ({ trusted: true, workspace: true }));
    assert.equal(consent.given, false);
    await consent.give();
    assert.equal(consent.given, true);
    await consent.takeBack();
    assert.equal(consent.given, false);
  });

  it('is for one workspace', async () => {
    const [one, other] = [createMemento(), createMemento()].map(
      (memory) => new Consent(memory, () => ({ trusted: true, workspace: true })),
    );
    await one!.give();
    assert.deepEqual([one!.given, other!.given], [true, false]);
  });

  it('is impossible, and has no effect, in a workspace that is not trusted', async () => {
    let trusted = true;
    const consent = new Consent(createMemento(), () => ({ trusted, workspace: true }));
    await consent.give();
    trusted = false;
    assert.equal(consent.given, false);
    await assert.rejects(consent.give(), /not trusted/);
  });

  it('is impossible without a workspace', async () => {
    const consent = new Consent(createMemento(), () => ({ trusted: true, workspace: false }));
    await assert.rejects(consent.give(), /none is open/);
    assert.equal(consent.given, false);
  });
});
