import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { changedSpan } from '../../../../src/core/text/changedSpan.ts';

describe('the span in which two texts differ', () => {
  it('is the inserted, removed or replaced text', () => {
    assert.deepEqual(changedSpan('better', 'better!'), { start: 6, end: 6, text: '!' });
    assert.deepEqual(changedSpan('is wrong', 'is'), { start: 2, end: 8, text: '' });
    assert.deepEqual(changedSpan('A is good', 'A was good'), { start: 2, end: 3, text: 'wa' });
    assert.deepEqual(changedSpan('aaa', 'aaaa'), { start: 3, end: 3, text: 'a' });
  });

  it('never begins or ends within a character or a line end', () => {
    // 🎾 shares its first half with 🎿 and its second with 🞾.
    assert.deepEqual(changedSpan('x🎾y', 'x🎿y'), { start: 1, end: 3, text: '🎿' });
    assert.deepEqual(changedSpan('x🎾y', 'x🞾y'), { start: 1, end: 3, text: '🞾' });
    assert.deepEqual(changedSpan('a\r\nb', 'a\r\n\r\nb'), { start: 3, end: 3, text: '\r\n' });
  });

  it('turns one text into the other, whatever they are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '🎾', '🎿', 'ü') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const span = changedSpan(before, after);
        assert.equal(before.slice(0, span.start) + span.text + before.slice(span.end), after);
      }),
    );
  });
});
