import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { visibleData, visibleJson, visibleLine, visibleText } from '../../../../src/core/text/visible.ts';

const hidden = /[\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029\ufeff]/u;

describe('a text made visible', () => {
  it('keeps tabs and newlines, except in a line', () => {
    assert.equal(visibleText('a\tb\r\nc\u001b[0m\u202e'), 'a\tb\nc\\x1b[0m\\u202e');
    assert.equal(visibleLine('a\tb\r\nc\u2029'), 'a\\tb\\r\\nc\\u2029');
  });

  it('has no hidden character, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(visibleText(text).replaceAll(/[\t\n]/g, ''), hidden);
        assert.doesNotMatch(visibleLine(text), hidden);
        assert.doesNotMatch(visibleData(text).replaceAll(/[\t\n]/g, ''), hidden);
      }),
    );
  });

  it('is the same value as JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = visibleJson({ [text]: text });
        assert.doesNotMatch(json, hidden);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ [text]: text })));
      }),
    );
  });
});
