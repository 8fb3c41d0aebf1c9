import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { marked, type Token, type Tokens } from 'marked';
import { codeSpan, excerpt, fenced, numbered } from '../../../src/language/markdown.ts';

/** Texts that try to leave a code block or span. */
const hostile = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.constantFrom(
        '`',
        '```',
        '````',
        '~~~',
        '\n',
        '\r',
        '[x](command:evil)',
        '<img src=x>',
        '![y](http://z)',
        ' ',
        'a',
      ),
    )
    .map((parts) => parts.join('')),
);

function walk(markdown: string): Token[] {
  const tokens: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => void tokens.push(token));
  return tokens;
}

describe('Markdown of hostile text', () => {
  it('is one code block, whatever the text', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom('python', '', 'a`b', 'py\n# x'), (text, language) => {
        const tokens = walk(fenced(text, language));
        assert.deepEqual(
          tokens.map((token) => token.type),
          ['code'],
        );
        assert.equal((tokens[0] as Tokens.Code).text.trim(), text.replaceAll(/\r\n|\r/g, '\n').trim());
      }),
    );
  });

  it('is one code span, whatever the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const types = walk(`x ${codeSpan(text)} y`).map((token) => token.type);
        assert.deepEqual(
          types.filter((type) => !['paragraph', 'text', 'codespan'].includes(type)),
          [],
        );
        assert.ok(types.includes('codespan') || text.trim() === '');
      }),
    );
  });

  it('survives a text with very many fences', () => {
    const text = '` '.repeat(300_000);
    assert.ok(fenced(text).startsWith('```\n'));
  });
});

describe('numbered lines', () => {
  it('carry their numbers, right-aligned', () => {
    assert.equal(numbered(['a = 1', 'b = 2'], 9), ' 9  a = 1\n10  b = 2');
  });

  it('say how many are left out', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`);
    const shown = numbered(lines, 1).split('\n');
    assert.equal(shown.length, 41);
    assert.equal(shown.at(-1), '… 20 more lines');
  });
});

describe('an excerpt', () => {
  it('keeps a short text and cuts a long line', () => {
    assert.equal(excerpt('a\nb'), 'a\nb');
    assert.equal(excerpt('x'.repeat(300)), `${'x'.repeat(200)}…`);
  });
});
