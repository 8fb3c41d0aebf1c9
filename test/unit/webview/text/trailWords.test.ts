import assert from 'node:assert/strict';
import { trailLines } from '../../../../src/webview/text/trailWords.ts';

describe('how a review came about, in words', () => {
  it('separates the steps before and after the decision', () => {
    const lines = trailLines([
      { kind: 'code', activeMs: 0 },
      { kind: 'run', activeMs: 14_000 },
      { kind: 'case', what: 'empty', activeMs: 20_000 },
      { kind: 'preference', activeMs: 65_000 },
      { kind: 'editor', what: 'A/main.py', activeMs: 70_000 },
    ]);
    assert.deepEqual(lines, [
      { name: 'Before the decision at 1:05', text: 'code 0:00, ran the cases 0:14, case empty 0:20' },
      { name: 'After the decision', text: 'in the editor: A/main.py 1:10' },
    ]);
  });

  it('says if nothing was viewed before the decision', () => {
    assert.deepEqual(trailLines([{ kind: 'preference', activeMs: 1_000 }]), [
      { name: 'Before the decision at 0:01', text: 'nothing' },
    ]);
  });
});
