import assert from 'node:assert/strict';
import { isQuotedInCode } from '../../../../src/core/blinding/quotedCode.ts';

/** Whether the position of the mark "^" in a text is quoted. */
function quoted(text: string): boolean {
  const at = text.indexOf('^');
  return isQuotedInCode(text.replace('^', ''), at);
}

describe('isQuotedInCode', () => {
  for (const text of ['x = "a^"', "x = 'a^'", '`a^`', 'x = "\\"^"', 'say("it\'s^")', 'x = "# ^"']) {
    it(`is so in ${text}`, () => assert.ok(quoted(text)));
  }

  for (const text of [
    'x^ = "a"',
    "it's^",
    "don't say ^",
    '"""a^"""',
    'x = "a"  # I\'m "^',
    'x\n"a"\n^',
    "// 'tis ^",
  ]) {
    it(`is not so in ${JSON.stringify(text)}`, () => assert.ok(!quoted(text)));
  }
});
