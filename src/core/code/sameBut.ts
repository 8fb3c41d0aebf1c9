import { codeTokens, eachToken, type Token } from './codeTokens.ts';

/** The only respect in which two programs differ. */
export type SameBut =
  | { readonly kind: 'whitespace' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'names'; readonly renamed: readonly (readonly [a: string, b: string])[] };

/** Longer programs, in characters of both together, are not compared token by token. */
const longest = 300_000;

/**
 * Whether two programs differ only in whitespace, only in whitespace and comments, or only in names that they declare
 * themselves. `undefined` if they are equal, differ in anything else, or are too long.
 */
export function sameBut(a: string, b: string, language: string): SameBut | undefined {
  if (a === b || a.length + b.length > longest) return undefined;
  const renamed = renaming(code(a, language), code(b, language));
  if (renamed === undefined) return undefined;
  const tokens = (text: string) => codeTokens(text, language).filter(({ kind }) => kind !== 'space');
  const [allA, allB] = [tokens(a), tokens(b)];
  if (renamed.length === 0) return { kind: areEqual(allA, allB) ? 'whitespace' : 'comments' };
  const [ownA, ownB] = [allA, allB].map((all) => ownNames(all.filter(({ kind }) => kind !== 'comment')));
  const areOwn = renamed.every(([one, other]) => ownA!.has(one) && ownB!.has(other));
  return areOwn ? { kind: 'names', renamed } : undefined;
}

/** The tokens other than whitespace and comments. */
function* code(text: string, language: string): Generator<Token, undefined> {
  for (const token of eachToken(text, language))
    if (token.kind !== 'space' && token.kind !== 'comment') yield token;
}

function areEqual(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every(({ text }, at) => text === b[at]!.text);
}

/**
 * The names of A with their counterparts in B, one to one; `undefined` if renaming does not explain every difference. Stops
 * at the first difference that it does not explain, which comes early in most answers.
 */
function renaming(
  a: Generator<Token, undefined>,
  b: Generator<Token, undefined>,
): [string, string][] | undefined {
  const toB = new Map<string, string>();
  const toA = new Map<string, string>();
  for (;;) {
    const [one, other] = [a.next().value, b.next().value];
    if (one === undefined && other === undefined) break;
    if (one === undefined || other === undefined || one.kind !== other.kind) return undefined;
    if (one.kind !== 'word') {
      if (one.text !== other.text) return undefined;
      continue;
    }
    if ((toB.get(one.text) ?? other.text) !== other.text || (toA.get(other.text) ?? one.text) !== one.text)
      return undefined;
    toB.set(one.text, other.text);
    toA.set(other.text, one.text);
  }
  return [...toB].filter(([one, other]) => one !== other);
}

const declaring = new Set(
  'def class function fn func fun let const var val for as struct enum type interface trait mod module namespace int long short char byte bool boolean float double string String auto void size_t usize isize my local sub proc begin mut'.split(
    ' ',
  ),
);

/**
 * Names that a program declares, binds or assigns itself. A name that it only uses, such as `sorted` or `len`, belongs to a
 * library: another name in its place is a real difference.
 */
function ownNames(tokens: readonly Token[]): Set<string> {
  const own = new Set<string>();
  for (const [at, { kind, text }] of tokens.entries()) {
    if (kind !== 'word') continue;
    const [before, after] = [tokens[at - 1], tokens[at + 1]];
    const isAssigned =
      (after?.text === '=' && tokens[at + 2]?.text !== '=') || (after?.text === ':' && before?.text !== '?');
    if (isAssigned || (before?.kind === 'word' && declaring.has(before.text))) own.add(text);
  }
  for (const name of [...parameters(tokens), ...targets(tokens)]) own.add(name);
  return own;
}

/** Words in the brackets after a declared name or before an arrow. */
function* parameters(tokens: readonly Token[]): Generator<string> {
  const declares = new Set(['def', 'function', 'fn', 'func', 'fun', 'sub', 'lambda']);
  const closing = new Set([')']);
  const closingLambda = new Set([')', ':', '{']);
  yield* wordsUntil(tokens, (text) =>
    declares.has(text) ? (text === 'lambda' ? closingLambda : closing) : undefined,
  );
}

/** Words between "for" and "in" or "of": the names of a loop's items. */
function* targets(tokens: readonly Token[]): Generator<string> {
  const closing = new Set(['in', 'of']);
  for (const [at, { text }] of tokens.entries()) {
    if (text !== 'for') continue;
    for (const token of tokens.slice(at + 1, at + 12)) {
      if (closing.has(token.text)) break;
      if (token.kind === 'word') yield token.text;
    }
  }
}

/**
 * The words after each token that opens a list, up to the first of the tokens that close it, or to the end. Each token is
 * read once: inside a list, another opening token only adds to the tokens that end the stretch.
 */
function* wordsUntil(
  tokens: readonly Token[],
  closingOf: (text: string) => ReadonlySet<string> | undefined,
): Generator<string> {
  const open = new Set<ReadonlySet<string>>();
  for (const { kind, text } of tokens) {
    for (const closing of open) if (closing.has(text)) open.delete(closing);
    if (open.size > 0 && kind === 'word') yield text;
    const closing = closingOf(text);
    if (closing !== undefined) open.add(closing);
  }
}
