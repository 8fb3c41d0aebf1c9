import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { alignLines } from '../../../../src/core/code/comparing.ts';
import { foldedRows, foldsOf, lineBeside, rowOf } from '../../../../src/webview/code/foldedRows.ts';

const lines = (count: number, name = 'line') =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

describe('folding of unchanged rows', () => {
  it('keeps three lines around a difference and says how many it hides', () => {
    const rows = alignLines(lines(30), lines(30).with(15, 'other'));
    const shown = foldedRows(rows, new Set());
    assert.deepEqual(
      shown.filter((item) => 'hidden' in item),
      [
        { at: 0, hidden: 12 },
        { at: 20, hidden: 11 },
      ],
    );
    // A line only in A, a line only in B, and three common lines around them.
    assert.equal(shown.length, 2 + 8);
  });

  it('opens one fold and leaves the other', () => {
    const rows = alignLines(lines(30), lines(30).with(15, 'other'));
    const shown = foldedRows(rows, new Set([0]));
    assert.deepEqual(
      shown.filter((item) => 'hidden' in item),
      [{ at: 20, hidden: 11 }],
    );
    assert.deepEqual(shown[0], { kind: 'same', a: 1, b: 1 });
  });

  it('folds nothing where nothing differs', () => {
    assert.deepEqual(foldsOf(alignLines(lines(50), lines(50))), []);
  });

  it('loses no row, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const rows = alignLines(a, b);
        const shown = foldedRows(rows, new Set());
        const unfolded = shown.flatMap((item) =>
          'hidden' in item ? rows.slice(item.at, item.at + item.hidden) : [item],
        );
        assert.deepEqual(unfolded, rows);
        assert.ok(shown.every((item) => !('hidden' in item) || item.hidden >= 3));
      }),
    );
  });

  it('finds a line’s row and the line beside it', () => {
    const rows = alignLines(['same', 'only in a', 'end'], ['same', 'end']);
    assert.equal(rowOf(rows, 'A', 2), 1);
    assert.equal(lineBeside(rows, 'A', 2), 1);
    assert.equal(lineBeside(rows, 'A', 3), 2);
    assert.equal(lineBeside(rows, 'B', 2), 3);
  });
});
