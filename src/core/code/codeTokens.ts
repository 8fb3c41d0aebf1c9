import { syntaxOf, type SyntaxName } from './languages.ts';

/** In the order in which they are tried. */
const kinds = ['comment', 'string', 'space', 'number', 'word', 'sign'] as const;
export type TokenKind = (typeof kinds)[number];

/** A token of code. The tokens of a text, joined, are the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** The syntax of a language's comments, strings and similar tokens. Each member is the source of a regular expression. */
interface Syntax {
  readonly comments: readonly string[];
  readonly strings: readonly string[];
}

// Long stretches are matched by one character class, lazily or in unrolled loops, so that a hostile text cannot overflow the
// stack.
const slashes = String.raw`//[^\n]*`;
const block = String.raw`/\*[^]*?(?:\*/|(?![^]))`;
const hash = String.raw`#[^\n]*`;
/** In a shell, "#" begins a comment only where a word could begin: "$#" and "${#name}" are not comments. */
const hashAtWord = String.raw`(?<![^\s;&|()])#[^\n]*`;
const dashes = String.raw`--[^\n]*`;
const markup = String.raw`<!--[^]*?(?:-->|(?![^]))`;

const double = String.raw`"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?`;
const single = String.raw`'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?`;
const backticks = '`[^`\\\\]*(?:\\\\[^][^`\\\\]*)*`?';
const rawBackticks = '`[^`]*`?';
/** A character literal of C and similar languages; in Rust a lone quote begins a lifetime. */
const character = String.raw`'(?:[^'\\\n]|\\[^][^'\n]{0,10})'`;
const tripled = String.raw`[a-zA-Z]{0,2}(?:"""[^]*?(?:(?<!\\)"""|(?![^]))|'''[^]*?(?:(?<!\\)'''|(?![^])))`;
/** A multi-line string that is alone on its line is documentation. */
const docstring = String.raw`(?=\w{0,2}["'])(?<=^[ \t]*)${tripled}(?=[ \t]*(?:#[^\n]*)?$)`;
const quotedSql = String.raw`'[^']*(?:''[^']*)*'?`;
const quotedShell = String.raw`'[^']*'?`;
const doubleShell = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*"?`;
/** A regular expression literal of JavaScript, only in positions that allow a value. */
const regularExpression = String.raw`(?=/[^/*])(?<=(?:^|[(,=:[!&|?{};>]|\breturn)[ \t]*)/[^/\\[\n]*(?:(?:\\.|\[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\])[^/\\[\n]*)*/[a-z]*`;

const syntaxes: Readonly<Record<SyntaxName, Syntax>> = {
  c: { comments: [slashes, block], strings: [double, character] },
  css: { comments: [block, slashes], strings: [double, single] },
  dart: { comments: [slashes, block], strings: [double, single] },
  go: { comments: [slashes, block], strings: [double, character, rawBackticks] },
  haskell: { comments: [dashes], strings: [double, character] },
  lua: { comments: [String.raw`--\[\[[^]*?(?:\]\]|(?![^]))`, dashes], strings: [double, single] },
  markup: { comments: [markup], strings: [] },
  php: { comments: [slashes, block, String.raw`#(?!\[)[^\n]*`], strings: [double, single] },
  python: { comments: [docstring, hash], strings: [tripled, double, single] },
  quoted: { comments: [hash], strings: [double, single] },
  script: { comments: [slashes, block], strings: [regularExpression, double, single, backticks] },
  shell: { comments: [hashAtWord], strings: [doubleShell, quotedShell] },
  sql: { comments: [dashes, block], strings: [quotedSql, double] },
};

const plain: Syntax = { comments: [], strings: [double] };
const compiled = new Map<Syntax, RegExp>();

/** Splits code into tokens by the syntax of its language; an unknown language has no comments. Never throws. */
export function codeTokens(text: string, language: string): Token[] {
  return [...eachToken(text, language)];
}

/** The same, but lazily: reads only as far as the caller iterates. */
export function* eachToken(text: string, language: string): Generator<Token, undefined> {
  for (const match of text.matchAll(patternOf(syntaxFor(language)))) {
    let group = 1;
    while (match[group] === undefined) group += 1;
    yield { kind: kinds[group - 1]!, text: match[0] };
  }
}

/** The lines of a text without comments. The number of lines stays the same. */
export function withoutComments(text: string, language: string): string {
  // Use only the first group of the pattern, which is a comment: making tokens of the rest would take twice as long.
  const pattern = patternOf(syntaxFor(language));
  return text.replaceAll(pattern, (found: string, comment: string | undefined) =>
    comment === undefined ? found : comment.replaceAll(/[^\r\n]+/g, ''),
  );
}

function syntaxFor(language: string): Syntax {
  const name = syntaxOf(language);
  return name === undefined ? plain : syntaxes[name];
}

function patternOf(syntax: Syntax): RegExp {
  let pattern = compiled.get(syntax);
  if (pattern === undefined) {
    const anyOf = (sources: readonly string[]) => (sources.length === 0 ? '(?!)' : sources.join('|'));
    const sources: Record<TokenKind, string> = {
      comment: anyOf(syntax.comments),
      string: anyOf(syntax.strings),
      space: String.raw`\s+`,
      number: String.raw`\d[\w.]*`,
      word: String.raw`[\p{L}_$@][\p{L}\p{N}_$]*`,
      sign: '[^]',
    };
    pattern = new RegExp(kinds.map((kind) => `(${sources[kind]})`).join('|'), 'gmu');
    compiled.set(syntax, pattern);
  }
  return pattern;
}
