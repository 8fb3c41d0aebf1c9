import { canonicalLanguage } from './languages.ts';

/** In the order in which they are looked for. */
const kinds = ['comment', 'string', 'space', 'number', 'word', 'sign'] as const;
export type TokenKind = (typeof kinds)[number];

/** A piece of code. The pieces of a text, joined, are the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** How a language writes what is not code proper. Each is the source of a regular expression. */
interface Syntax {
  readonly comments: readonly string[];
  readonly strings: readonly string[];
}

// Long stretches are matched by one class, lazily or in unrolled loops: a hostile text must not grow the stack.
const slashes = String.raw`//[^\n]*`;
const block = String.raw`/\*[^]*?(?:\*/|(?![^]))`;
const hash = String.raw`#[^\n]*`;
/** In a shell, "#" begins a comment only where a word could begin: "$#" and "${#name}" are none. */
const hashAtWord = String.raw`(?<![^\s;&|()])#[^\n]*`;
const dashes = String.raw`--[^\n]*`;
const markup = String.raw`<!--[^]*?(?:-->|(?![^]))`;

const double = String.raw`"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?`;
const single = String.raw`'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?`;
const backticks = '`[^`\\\\]*(?:\\\\[^][^`\\\\]*)*`?';
const rawBackticks = '`[^`]*`?';
/** A character of C and its kin; in Rust a lone quote begins a lifetime. */
const character = String.raw`'(?:[^'\\\n]|\\[^][^'\n]{0,10})'`;
const tripled = String.raw`[a-zA-Z]{0,2}(?:"""[^]*?(?:(?<!\\)"""|(?![^]))|'''[^]*?(?:(?<!\\)'''|(?![^])))`;
/** A text of several lines that stands alone in its line documents what is around it. */
const docstring = String.raw`(?=\w{0,2}["'])(?<=^[ \t]*)${tripled}(?=[ \t]*(?:#[^\n]*)?$)`;
const quotedSql = String.raw`'[^']*(?:''[^']*)*'?`;
const quotedShell = String.raw`'[^']*'?`;
const doubleShell = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*"?`;
/** A regular expression of JavaScript, only where a value may stand. */
const regularExpression = String.raw`(?=/[^/*])(?<=(?:^|[(,=:[!&|?{};>]|\breturn)[ \t]*)/[^/\\[\n]*(?:(?:\\.|\[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\])[^/\\[\n]*)*/[a-z]*`;

const c: Syntax = { comments: [slashes, block], strings: [double, character] };
const script: Syntax = {
  comments: [slashes, block],
  strings: [regularExpression, double, single, backticks],
};
const quoted: Syntax = { comments: [hash], strings: [double, single] };
const shell: Syntax = { comments: [hashAtWord], strings: [doubleShell, quotedShell] };
const page: Syntax = { comments: [markup], strings: [] };

const syntaxes: Readonly<Record<string, Syntax>> = {
  python: { comments: [docstring, hash], strings: [tripled, double, single] },
  javascript: script,
  typescript: script,
  go: { comments: [slashes, block], strings: [double, character, rawBackticks] },
  rust: c,
  java: c,
  kotlin: c,
  scala: c,
  swift: c,
  csharp: c,
  c,
  cpp: c,
  dart: { comments: [slashes, block], strings: [double, single] },
  php: { comments: [slashes, block, String.raw`#(?!\[)[^\n]*`], strings: [double, single] },
  css: { comments: [block, slashes], strings: [double, single] },
  ruby: quoted,
  julia: quoted,
  elixir: quoted,
  yaml: quoted,
  toml: quoted,
  r: quoted,
  perl: shell,
  bash: shell,
  powershell: shell,
  sql: { comments: [dashes, block], strings: [quotedSql, double] },
  haskell: { comments: [dashes], strings: [double, character] },
  lua: { comments: [String.raw`--\[\[[^]*?(?:\]\]|(?![^]))`, dashes], strings: [double, single] },
  html: page,
  xml: page,
  markdown: page,
  vue: page,
  svelte: page,
};

const plain: Syntax = { comments: [], strings: [double] };
const compiled = new Map<Syntax, RegExp>();

/** Reads code into tokens by the looks of its language; an unknown language has no comments. Never throws. */
export function codeTokens(text: string, language: string): Token[] {
  return [...eachToken(text, language)];
}

/** The same, read no further than is asked for. */
export function* eachToken(text: string, language: string): Generator<Token, undefined> {
  const syntax = syntaxes[canonicalLanguage(language)] ?? plain;
  for (const [found, ...parts] of text.matchAll(patternOf(syntax)))
    yield { kind: kinds[parts.findIndex((part) => part !== undefined)]!, text: found };
}

/** The lines of a text with what is comment taken out; there are as many as before. */
export function withoutComments(text: string, language: string): string {
  // The first group of the pattern is a comment; to make tokens of the rest would take twice as long.
  const pattern = patternOf(syntaxes[canonicalLanguage(language)] ?? plain);
  return text.replaceAll(pattern, (found: string, comment: string | undefined) =>
    comment === undefined ? found : comment.replaceAll(/[^\r\n]+/g, ''),
  );
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
