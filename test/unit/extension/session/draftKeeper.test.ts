import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Draft } from '../../../../src/core/review.ts';
import { DraftKeeper, type Saved } from '../../../../src/extension/session/draftKeeper.ts';
import { emptyDraft } from '../../../fixtures/drafts.ts';

describe('keeping a draft', () => {
  it('brings a change to the store within the promised 300 ms, the last state of many', async () => {
    const saved: Draft[] = [];
    const keeper = new DraftKeeper(
      emptyDraft(),
      async (draft) => void saved.push(draft),
      () => undefined,
    );
    for (const rationale of ['a', 'ab', 'abc']) keeper.update({ rationale });
    await wait(300);
    assert.equal(saved.at(-1)?.rationale, 'abc');
    assert.ok(saved.length < 3, 'keystrokes within one delay are one write');
  });

  it('saves a change that arrives while another is being written', async () => {
    const saved: string[] = [];
    const keeper = new DraftKeeper(
      emptyDraft(),
      async ({ rationale }) => {
        await wait(40);
        saved.push(rationale);
      },
      () => undefined,
    );
    keeper.update({ rationale: 'first' });
    await wait(80);
    keeper.update({ rationale: 'second' });
    await wait(250);
    assert.deepEqual(saved, ['first', 'second']);
  });

  it('keeps the draft, says why and tries again when the store refuses', async () => {
    let full = true;
    const told: Saved[] = [];
    const saved: string[] = [];
    const keeper = new DraftKeeper(
      emptyDraft(),
      async ({ rationale }) => {
        if (full) throw new Error('The disk is full. Free some space');
        saved.push(rationale);
      },
      (status) => told.push(status),
    );
    keeper.update({ rationale: 'not lost' });
    await wait(150);
    assert.deepEqual(told.at(-1), { state: 'failed', message: 'The disk is full. Free some space' });
    assert.equal(keeper.draft.rationale, 'not lost');
    full = false;
    await keeper.flush();
    assert.deepEqual(saved, ['not lost']);
    assert.equal(told.at(-1)?.state, 'saved');
    keeper.close();
  });

  it('writes nothing when nothing changed, and nothing after it was closed', async () => {
    let writes = 0;
    const keeper = new DraftKeeper(
      emptyDraft(),
      async () => void (writes += 1),
      () => undefined,
    );
    await keeper.flush();
    keeper.update({ rationale: 'submitted meanwhile' });
    keeper.close();
    await wait(120);
    await keeper.flush();
    assert.equal(writes, 0);
  });

  it('takes up saving again by itself, where it was closed with a save still to come', async () => {
    const saved: string[] = [];
    const keeper = new DraftKeeper(
      emptyDraft(),
      async ({ rationale }) => void saved.push(rationale),
      () => undefined,
    );
    keeper.update({ rationale: 'submitted' });
    keeper.close();
    keeper.reopen();
    keeper.update({ rationale: 'revised' });
    await wait(300);
    assert.deepEqual(saved, ['revised']);
  });

  it('takes up saving again for a revision', async () => {
    const saved: string[] = [];
    const keeper = new DraftKeeper(
      emptyDraft(),
      async ({ rationale }) => void saved.push(rationale),
      () => undefined,
    );
    keeper.close();
    keeper.reopen();
    keeper.update({ rationale: 'revised' });
    await keeper.flush();
    assert.deepEqual(saved, ['revised']);
  });

  it('takes over a newer draft of another window, but never over what is not saved here', () => {
    const keeper = new DraftKeeper(
      emptyDraft(),
      async () => undefined,
      () => undefined,
    );
    const newer = emptyDraft({ rationale: 'from the other window', updatedAt: '2027-01-01T00:00:00.000Z' });
    assert.equal(keeper.adopt(newer), true);
    assert.equal(keeper.draft.rationale, 'from the other window');
    keeper.update({ rationale: 'typed here' });
    assert.equal(keeper.adopt({ ...newer, updatedAt: '2099-01-01T00:00:00.000Z' }), false);
    assert.equal(keeper.draft.rationale, 'typed here');
    keeper.close();
  });
});
