import { strict as assert } from 'node:assert';
import { extended, moved, type Extent } from '../../../../src/webview/code/lineSelection.ts';

/** The selection after each key: `d` and `u` move, `D` and `U` extend. */
function after(keys: string, start?: { from: number; to: number }): [number, number] {
  let now = start;
  let extent: Extent | undefined;
  for (const key of keys) {
    const by = key.toLowerCase() === 'd' ? 1 : -1;
    extent = (key === key.toUpperCase() ? extended : moved)(now, extent, by, 9);
    now = { from: Math.min(extent.origin, extent.head), to: Math.max(extent.origin, extent.head) };
  }
  return [now!.from, now!.to];
}

describe('selecting lines by keys', () => {
  it('starts at the first line and moves on', () => {
    assert.deepEqual(
      [after('d'), after('ddd'), after('D')],
      [
        [1, 1],
        [3, 3],
        [1, 1],
      ],
    );
  });

  it('grows and shrinks from its origin, also across it', () => {
    assert.deepEqual(
      [after('dddDD'), after('dddDDU'), after('dddDDUUU')],
      [
        [3, 5],
        [3, 4],
        [2, 3],
      ],
    );
  });

  it('grows a selection by mouse in the direction of the key', () => {
    assert.deepEqual(
      [after('D', { from: 3, to: 5 }), after('U', { from: 3, to: 5 })],
      [
        [3, 6],
        [2, 5],
      ],
    );
  });

  it('ends where the file ends', () => {
    assert.deepEqual(
      [after('dd', { from: 8, to: 9 }), after('uu', { from: 1, to: 2 })],
      [
        [9, 9],
        [1, 1],
      ],
    );
  });
});
