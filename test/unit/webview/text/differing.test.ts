import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { differingSpans } from '../../../../src/webview/text/differing.ts';

/** The text with its differences in brackets. */
function marked(text: string, other: string): string {
  return differingSpans(text, other).reduceRight(
    (shown, [start, end]) => `${shown.slice(0, start)}[${shown.slice(start, end)}]${shown.slice(end)}`,
    text,
  );
}

describe('the differences between two texts', () => {
  it('are whole words between the common start and end of the lines', () => {
    assert.equal(marked('[1, 25, 3]', '[1, 24, 3]'), '[1, [25], 3]');
    assert.equal(marked('{"a": "left"}', '{"a": "right"}'), '{"a": "[left]"}');
    assert.equal(marked('same', 'same'), 'same');
    assert.equal(marked('größer', 'größte'), '[größer]');
    assert.equal(marked('[1, 2, 3]', '[1, 3]'), '[1, [2, ]3]');
  });

  it('are compared line by line between equal lines', () => {
    assert.equal(marked('a\nx 1\ny 1\nb', 'a\nx 2\ny 1\nb'), 'a\nx [1]\ny 1\nb');
    assert.equal(marked('a\nmore\nb', 'a\nb'), 'a\n[more]\nb');
    assert.equal(marked('a\nb', 'a\nmore\nb'), 'a\nb');
  });

  it('lie within the text, in order', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '1') });
    fc.assert(
      fc.property(text, text, (one, other) => {
        let last = 0;
        for (const [start, end] of differingSpans(one, other)) {
          assert.ok(last <= start && start < end && end <= one.length);
          last = end;
        }
      }),
    );
  });
});
