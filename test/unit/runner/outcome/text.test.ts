import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeOutput, displayOutput, displayText } from '../../../../src/runner/outcome/text.ts';

describe('output as text', () => {
  it('shows characters that could move the cursor, reverse the text or hide', () => {
    assert.equal(displayText('\u001b[31mred\u0007\0'), '\\x1b[31mred\\x07\\x00');
    assert.equal(displayText('a\u202eb\u2066c\u200bd\ufeff\u0085'), 'a\\u202eb\\u2066c\\u200bd\\ufeff\\x85');
    assert.equal(displayText('progress\rdone'), 'progress\\rdone');
  });

  it('leaves text, tabs, newlines and joined emoji as they are', () => {
    const text = 'né 😀 👩‍💻\n\tüber\n';
    assert.equal(displayText(text), text);
    assert.equal(displayText('a\r\nb\r\n'), 'a\nb\n');
  });

  it('cuts long lines and says how much is missing', () => {
    const shown = displayText(`short\n${'x'.repeat(5000)}\nend`);
    assert.match(shown, /^short\nx{4000}… \(1000 more characters\)\nend$/);
  });

  it('decodes bytes that are not text, and drops a character that was cut in half', () => {
    assert.equal(decodeOutput(new Uint8Array([0x61, 0xff, 0x62])), 'a\ufffdb');
    assert.equal(decodeOutput(new TextEncoder().encode('aé').subarray(0, 2)), 'a');
  });

  it('never lets a hidden character through, whatever is printed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        assert.doesNotMatch(displayOutput(bytes).replaceAll(/[\t\n]/g, ''), /\p{Cc}|\p{Bidi_Control}/u);
      }),
    );
  });
});
