import assert from 'node:assert/strict';
import { trailLines } from '../../../src/webview/trailWords.ts';

describe('how a review came about, in words', () => {
  it('parts what was seen before deciding from what came after', () => {
    const lines = trailLines([
      { kind: 'code', activeMs: 0 },
      { kind: 'run', activeMs: 14_000 },
      { kind: 'case', what: 'empty', activeMs: 20_000 },
      { kind: 'preference', activeMs: 65_000 },
      { kind: 'editor', what: 'A/main.py', activeMs: 70_000 },
    ]);
    assert.deepEqual(lines, [
      { name: 'Before deciding, 1:05', text: 'code 0:00, ran the cases 0:14, case empty 0:20' },
      { name: 'After', text: 'in the editor: A/main.py 1:10' },
    ]);
  });

  it('says so where nothing was looked at before deciding', () => {
    assert.deepEqual(trailLines([{ kind: 'preference', activeMs: 1_000 }]), [
      { name: 'Before deciding, 0:01', text: 'nothing' },
    ]);
  });
});
