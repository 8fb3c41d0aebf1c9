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

/** A comment, a string, or code without any. */
interface Stretch {
  readonly text: string;
  readonly isLiteral: boolean;
}

/** The comments and strings of code, and the stretches between them: several times as fast as its tokens. */
export function* eachStretch(text: string, language: string): Generator<Stretch, undefined> {
  for (const match of text.matchAll(stretchesOf(syntaxFor(language)))) {
    yield { text: match[0], isLiteral: (match[1] ?? match[2]) !== undefined };
  }
}

/** The lines of a text without comments. The number of lines stays the same. */
export function withoutComments(text: string, language: string): string {
  return text.replaceAll(stretchesOf(syntaxFor(language)), (found: string, comment: string | undefined) =>
    comment === undefined ? found : lineEndsOf(comment),
  );
}

function lineEndsOf(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[^\r\n]+/g, '') : '';
}

function syntaxFor(language: string): Syntax {
  const name = syntaxOf(language);
  return name === undefined ? plain : syntaxes[name];
}

const anyOf = (sources: readonly string[]) => (sources.length === 0 ? '(?!)' : sources.join('|'));

/** The sources of all tokens but comments and strings. */
const plainTokens = {
  space: String.raw`\s+`,
  number: String.raw`\d[\w.]*`,
  word: String.raw`[\p{L}_$@][\p{L}\p{N}_$]*`,
  sign: '[^]',
};

/** Matches a token. Has a group for each kind. */
const patternOf = compiledOnce((syntax) => {
  const sources: Record<TokenKind, string> = {
    comment: anyOf(syntax.comments),
    string: anyOf(syntax.strings),
    ...plainTokens,
  };
  return kinds.map((kind) => `(${sources[kind]})`).join('|');
});

/**
 * Matches a comment, which is the first group, a string, which is the second, or a number of other tokens at once. The number
 * is bounded: the engine remembers every token of a match, and a hostile text has a million.
 */
const stretchesOf = compiledOnce(({ comments, strings }) => {
  const literal = anyOf([...comments, ...strings]);
  const others = `(?:(?!${literal})(?:${anyOf(Object.values(plainTokens))})){1,100}`;
  return `(${anyOf(comments)})|(${anyOf(strings)})|${others}`;
});

/** The pattern of a syntax, which is compiled when it is first used. */
function compiledOnce(sourceOf: (syntax: Syntax) => string): (syntax: Syntax) => RegExp {
  const compiled = new Map<Syntax, RegExp>();
  return (syntax) => {
    let pattern = compiled.get(syntax);
    if (pattern === undefined) {
      pattern = new RegExp(sourceOf(syntax), 'gmu');
      compiled.set(syntax, pattern);
    }
    return pattern;
  };
}
