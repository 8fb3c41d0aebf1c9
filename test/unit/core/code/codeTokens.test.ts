import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { codeTokens, eachStretch, withoutComments } from '../../../../src/core/code/codeTokens.ts';

/** Languages of each way to write comments and strings. */
const languages = [
  'python',
  'javascript',
  'go',
  'rust',
  'php',
  'css',
  'ruby',
  'bash',
  'sql',
  'lua',
  'html',
  'cobol',
];

describe('the tokens of code', () => {
  const pieces = fc.constantFrom(
    '"',
    "'",
    '`',
    '"""',
    '\\',
    '/*',
    '*/',
    '//',
    '#',
    '--',
    '<!--',
    '\n',
    ' ',
    'a1',
    '😀',
  );
  const texts = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 }))).map((parts) => parts.join(''));

  it('joined are the text, whatever it is', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...languages), (text, language) => {
        assert.equal(
          codeTokens(text, language)
            .map((token) => token.text)
            .join(''),
          text,
        );
      }),
    );
  });

  it('are the same comments and strings in the stretches of the code', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...languages), (text, language) => {
        const stretches = [...eachStretch(text, language)];
        assert.equal(stretches.map((stretch) => stretch.text).join(''), text);
        assert.deepEqual(
          stretches.filter(({ isLiteral }) => isLiteral).map((stretch) => stretch.text),
          codeTokens(text, language)
            .filter(({ kind }) => kind === 'comment' || kind === 'string')
            .map((token) => token.text),
        );
      }),
    );
  });

  it('end, however long an open comment or string is', () => {
    for (const open of ['/*', '"""', '"', '`', '// ', '# ', '/'])
      for (const language of languages)
        assert.ok(codeTokens(open + 'x '.repeat(30_000), language).length > 0);
  });

  const cases: [language: string, code: string, without: string][] = [
    ['python', 'x = "# no"  # yes\ny = 1', 'x = "# no"  \ny = 1'],
    [
      'python',
      'def f():\n    """What it does.\n\n    More."""\n    return """text"""',
      'def f():\n    \n\n\n    return """text"""',
    ],
    [
      'javascript',
      'a = "//no" // yes\n/* two\nlines */ b = /\\/\\*/; c = `# // ${d}`',
      'a = "//no" \n\n b = /\\/\\*/; c = `# // ${d}`',
    ],
    ['typescript', 'const half = total / 2; // half', 'const half = total / 2; '],
    ['go', "c := '\"' // quote\nd := `//`", "c := '\"' \nd := `//`"],
    ['rust', "fn f<'a>(x: &'a str) {} // done", "fn f<'a>(x: &'a str) {} "],
    ['sql', "SELECT '--no', 'it''s' -- yes\n/* x */ FROM t", "SELECT '--no', 'it''s' \n FROM t"],
    ['bash', 'echo "${#a[@]}" $# \'# no\' # yes', 'echo "${#a[@]}" $# \'# no\' '],
    ['php', '#[Attribute]\nf(); # yes', '#[Attribute]\nf(); '],
    ['html', '<p><!-- out --></p>', '<p></p>'],
  ];
  for (const [language, code, without] of cases)
    it(`know a comment of ${language}: ${JSON.stringify(code)}`, () => {
      assert.equal(withoutComments(code, language), without);
    });
});
