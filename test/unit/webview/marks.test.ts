import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { findAnchors } from '../../../src/core/rationale/anchors.ts';
import type { PanelFinding } from '../../../src/protocol/panel/state.ts';
import { marksOf } from '../../../src/webview/code/lineMarks.ts';
import { mirrorPieces } from '../../../src/webview/judging/mirror.ts';

const finding = (start: number, end: number): PanelFinding => ({
  rule: 'R01',
  severity: 'E',
  start,
  end,
  message: '',
});

describe('marks beside lines', () => {
  it('mark the cited lines of that file only', () => {
    const sources = { diagnostics: [], flags: [], anchors: findAnchors('@A:2-3 and @A/b.py:5 and @B:1') };
    const inA = marksOf('A', 'a.py', sources);
    assert.deepEqual(
      [1, 2, 3, 4, 5].filter((line) => inA(line).cited),
      [2, 3],
    );
    assert.deepEqual(
      [5].filter((line) => marksOf('A', 'b.py', sources)(line).cited),
      [5],
    );
  });

  it('mark flags and diagnostics, and limit the lines of a huge range', () => {
    const marks = marksOf('B', 'a.py', {
      anchors: findAnchors('@B:1-999999999'),
      flags: [{ id: 'f', side: 'B', kind: 'wrong', file: 'a.py', startLine: 4, endLine: 5 }],
      diagnostics: [
        {
          file: 'a.py',
          range: { startLine: 5, startColumn: 1, endLine: 5, endColumn: 2 },
          severity: 'error',
          code: 'x',
          message: 'm',
          source: 's',
          category: 'type',
        },
      ],
    });
    assert.deepEqual(
      [3, 4, 5, 6].map((line) => [marks(line).flagged, marks(line).diagnostics.length]),
      [
        [false, 0],
        [true, 0],
        [true, 1],
        [false, 0],
      ],
    );
    assert.equal(marks(7).cited, true);
  });
});

describe('highlights behind the rationale', () => {
  it('colour citations by side and underline findings', () => {
    const pieces = mirrorPieces('@A beats @case:x, bad', ['x'], [finding(18, 21)]);
    assert.deepEqual(pieces, [
      { text: '@A', className: 'cite a' },
      { text: ' beats ', className: '' },
      { text: '@case:x', className: 'cite' },
      { text: ', ', className: '' },
      { text: 'bad', className: 'found E' },
    ]);
  });

  it('do not underline a finding on the whole text', () => {
    assert.deepEqual(mirrorPieces('short', [], [finding(0, 5)]), [{ text: 'short', className: '' }]);
  });

  it('reproduce any text', () => {
    const offsets = fc.tuple(fc.integer({ min: -3, max: 40 }), fc.integer({ min: -3, max: 40 }));
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(offsets, { maxLength: 4 }), (text, places) => {
        const pieces = mirrorPieces(
          text,
          [],
          places.map(([start, end]) => finding(start, end)),
        );
        assert.equal(pieces.map((piece) => piece.text).join(''), text);
      }),
    );
  });
});
