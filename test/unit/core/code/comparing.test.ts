import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { randomIndex, seededRandom } from '../../../../src/core/text/random.ts';
import { alignLines, type DiffRow } from '../../../../src/core/code/comparing.ts';

/** Rows as a person would read them: "1|1 same". */
function read(rows: readonly DiffRow[]): string[] {
  return rows.map(({ a, b, kind }) => `${a ?? '-'}|${b ?? '-'} ${kind}`);
}

describe('aligning two answers', () => {
  it('puts equal lines beside each other and leaves gaps where one side has none', () => {
    const rows = alignLines(['import x', 'one', 'two'], ['import x', 'zero', 'one', 'two']);
    assert.deepEqual(read(rows), ['1|1 same', '-|2 only-b', '2|3 same', '3|4 same']);
  });

  it('marks the words that differ within a changed line', () => {
    const [row] = alignLines(['return a + b'], ['return a - b']);
    assert.equal(row?.kind, 'changed');
    assert.deepEqual(row.marks, { a: [[9, 10]], b: [[9, 10]] });
  });

  it('pairs a changed line with the most similar line, not with the first', () => {
    const rows = alignLines(['total = price * count'], ['# multiply', 'total = price * count * 2']);
    assert.deepEqual(read(rows), ['-|1 only-b', '1|2 changed']);
  });

  it('does not show different lines as one changed line', () => {
    assert.deepEqual(read(alignLines(['import os'], ['print("hello")'])), ['1|- only-a', '-|1 only-b']);
  });

  it('can ignore whitespace', () => {
    assert.deepEqual(read(alignLines(['if  (a)'], ['if (a) '], { ignoreWhitespace: true })), ['1|1 same']);
  });

  it('can ignore comments, and lines that contain nothing else', () => {
    const a = ['# sums', 'total = 0  # none yet', '', 'print(total)'];
    const b = ['total = 0', 'print(total)', '# done'];
    const options = { ignoreComments: true, language: 'python' };
    assert.deepEqual(read(alignLines(a, b, options)), [
      '1|- same',
      '2|1 same',
      '3|- same',
      '4|2 same',
      '-|3 same',
    ]);
    assert.ok(read(alignLines(a, b)).some((row) => row.endsWith('only-a')));
    assert.deepEqual(read(alignLines(['x = "# a"'], ['x = "# b"'], options)), ['1|1 changed']);
  });

  it('shows every line of both texts once and in order, whatever they are', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '', ' a', 'd e f', 'd e g'), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const rows = alignLines(a, b);
        assert.deepEqual(
          rows.flatMap((row) => row.a ?? []),
          a.map((_, line) => line + 1),
        );
        assert.deepEqual(
          rows.flatMap((row) => row.b ?? []),
          b.map((_, line) => line + 1),
        );
        for (const row of rows) if (row.kind === 'same') assert.equal(a[row.a! - 1], b[row.b! - 1]);
      }),
    );
  });

  it('marks long lines of many small changes, and many of them, from the first to the last difference', () => {
    const random = seededRandom('many changes');
    const line = (): string =>
      `start ${Array.from({ length: 900 }, () => randomIndex(random, 3)).join(' ')} end`;
    const lines = (): string[] => Array.from({ length: 500 }, line);
    const rows = alignLines(lines(), lines());
    assert.equal(rows.length, 500);
    for (const { marks } of rows) {
      const [[start, end] = []] = marks!.a;
      assert.ok(start! >= 6 && end! <= 1805, `${start} to ${end}`);
    }
  });

  it('aligns hunks of more lines than a call can have arguments', () => {
    const lines = (mark: string): string[] =>
      Array.from({ length: 200_000 }, (_, index) => `${mark}${index % 7}`);
    assert.equal(alignLines(lines('a'), lines('b')).length, 200_000);
  });

  it('marks only text that is there, and leaves equal text outside the marks', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [row] = alignLines([`same words here ${a}`], [`same words here ${b}`]);
        if (row?.marks === undefined) return;
        const rest = (line: string, marks: readonly (readonly [number, number])[]) =>
          marks.reduceRight((text, [start, end]) => text.slice(0, start) + text.slice(end), line);
        assert.equal(rest(`same words here ${a}`, row.marks.a), rest(`same words here ${b}`, row.marks.b));
      }),
    );
  });
});
