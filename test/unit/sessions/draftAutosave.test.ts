import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { Draft } from '../../../src/core/review/review.ts';
import { DraftAutosave } from '../../../src/sessions/draftAutosave.ts';
import type { Saved } from '../../../src/sessions/savedStatus.ts';
import { emptyDraft } from '../../fixtures/drafts.ts';
import { turn } from '../../fixtures/heldRunner.ts';

describe('keeping a draft', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
  afterEach(() => mock.timers.reset());

  /** Advances the clock by this time, and lets its effects happen. */
  const pass = async (ms: number): Promise<void> => {
    await turn();
    mock.timers.tick(ms);
    await turn();
  };

  it('saves the latest of many changes within the promised 300 ms', async () => {
    const saved: Draft[] = [];
    const autosave = new DraftAutosave(
      emptyDraft(),
      async (draft) => void saved.push(draft),
      () => undefined,
    );
    for (const rationale of ['a', 'ab', 'abc']) autosave.update({ rationale });
    await pass(300);
    assert.equal(saved.at(-1)?.rationale, 'abc');
    assert.ok(saved.length < 3, 'keystrokes within one delay are one write');
  });

  it('saves a change that arrives while another is being written', async () => {
    const saved: string[] = [];
    const written = Promise.withResolvers<void>();
    const autosave = new DraftAutosave(
      emptyDraft(),
      async ({ rationale }) => {
        await written.promise;
        saved.push(rationale);
      },
      () => undefined,
    );
    autosave.update({ rationale: 'first' });
    await pass(300);
    autosave.update({ rationale: 'second' });
    written.resolve();
    await pass(300);
    assert.deepEqual(saved, ['first', 'second']);
  });

  it('also flushes text that is typed while it writes', async () => {
    const saved: string[] = [];
    let typeOnce = (): void => autosave.update({ rationale: 'first and more' });
    const autosave: DraftAutosave<Draft> = new DraftAutosave(
      emptyDraft(),
      async ({ rationale }) => {
        saved.push(rationale);
        typeOnce();
        typeOnce = () => undefined;
      },
      () => undefined,
    );
    autosave.update({ rationale: 'first' });
    await autosave.flush();
    assert.deepEqual(saved, ['first', 'first and more']);
  });

  it('keeps the draft, says why and tries again when the store refuses', async () => {
    let full = true;
    const told: Saved[] = [];
    const saved: string[] = [];
    const autosave = new DraftAutosave(
      emptyDraft(),
      async ({ rationale }) => {
        if (full) throw new Error('The disk is full. Free some space');
        saved.push(rationale);
      },
      (status) => told.push(status),
    );
    autosave.update({ rationale: 'not lost' });
    await pass(150);
    assert.deepEqual(told.at(-1), { state: 'failed', message: 'The disk is full. Free some space' });
    assert.equal(autosave.draft.rationale, 'not lost');
    full = false;
    await pass(3_000);
    assert.deepEqual(saved, ['not lost']);
    assert.equal(told.at(-1)?.state, 'saved');
    autosave.close();
  });

  it('writes nothing if nothing changed, and nothing after it was closed', async () => {
    let writes = 0;
    const autosave = new DraftAutosave(
      emptyDraft(),
      async () => void (writes += 1),
      () => undefined,
    );
    await autosave.flush();
    autosave.update({ rationale: 'submitted meanwhile' });
    autosave.close();
    await pass(120);
    await autosave.flush();
    assert.equal(writes, 0);
  });

  it('resumes saving automatically if it was closed with a pending save', async () => {
    const saved: string[] = [];
    const autosave = new DraftAutosave(
      emptyDraft(),
      async ({ rationale }) => void saved.push(rationale),
      () => undefined,
    );
    autosave.update({ rationale: 'submitted' });
    autosave.close();
    autosave.reopen();
    autosave.update({ rationale: 'revised' });
    await pass(300);
    assert.deepEqual(saved, ['revised']);
  });

  it('resumes saving for a revision', async () => {
    const saved: string[] = [];
    const autosave = new DraftAutosave(
      emptyDraft(),
      async ({ rationale }) => void saved.push(rationale),
      () => undefined,
    );
    autosave.close();
    autosave.reopen();
    autosave.update({ rationale: 'revised' });
    await autosave.flush();
    assert.deepEqual(saved, ['revised']);
  });

  it('adopts a newer draft of another window, but never over unsaved changes', () => {
    const autosave = new DraftAutosave(
      emptyDraft(),
      async () => undefined,
      () => undefined,
    );
    const newer = emptyDraft({ rationale: 'from the other window', updatedAt: '2027-01-01T00:00:00.000Z' });
    assert.equal(autosave.adopt(newer), true);
    assert.equal(autosave.draft.rationale, 'from the other window');
    autosave.update({ rationale: 'typed here' });
    assert.equal(autosave.adopt({ ...newer, updatedAt: '2099-01-01T00:00:00.000Z' }), false);
    assert.equal(autosave.draft.rationale, 'typed here');
    autosave.close();
  });
});
