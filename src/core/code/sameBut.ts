import { codeTokens, eachToken, type Token } from './codeTokens.ts';

/** The least of the things that two different texts differ in, where it is nothing else. */
export type SameBut =
  | { readonly kind: 'white space' }
  | { readonly kind: 'comments' }
  | { readonly kind: 'names'; readonly renamed: readonly (readonly [a: string, b: string])[] };

/**
 * Whether two programs are the same but for white space, for comments as well, or for the names they give to things
 * of their own. `undefined` where they are equal, or differ in more than that.
 */
export function sameBut(a: string, b: string, language: string): SameBut | undefined {
  if (a === b) return undefined;
  const renamed = renaming(code(a, language), code(b, language));
  if (renamed === undefined) return undefined;
  const tokens = (text: string) => codeTokens(text, language).filter(({ kind }) => kind !== 'space');
  const [allA, allB] = [tokens(a), tokens(b)];
  if (renamed.length === 0) return { kind: areEqual(allA, allB) ? 'white space' : 'comments' };
  const [ownA, ownB] = [allA, allB].map((all) => ownNames(all.filter(({ kind }) => kind !== 'comment')));
  const areOwn = renamed.every(([one, other]) => ownA!.has(one) && ownB!.has(other));
  return areOwn ? { kind: 'names', renamed } : undefined;
}

/** The tokens that do something. */
function* code(text: string, language: string): Generator<Token, undefined> {
  for (const token of eachToken(text, language))
    if (token.kind !== 'space' && token.kind !== 'comment') yield token;
}

function areEqual(a: readonly Token[], b: readonly Token[]): boolean {
  return a.length === b.length && a.every(({ text }, at) => text === b[at]!.text);
}

/**
 * The names of A's that B has others for, one for one; `undefined` where that does not explain every difference. Reads
 * no further than to the first one that it does not explain: most answers differ in more than names, and soon.
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
 * Names that a program gives itself: declared, bound or assigned in it. What it only uses, `sorted` or `len`, is somebody
 * else's, and another in its place is more than another name.
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

/** Words in the brackets that follow a declared name, or that stand before an arrow. */
function* parameters(tokens: readonly Token[]): Generator<string> {
  const declares = new Set(['def', 'function', 'fn', 'func', 'fun', 'sub', 'lambda']);
  for (const [at, { text }] of tokens.entries()) {
    if (!declares.has(text)) continue;
    const end = tokens.findIndex(
      (token, index) =>
        index > at && [')', ':', '{'].includes(token.text) && (text === 'lambda' || token.text === ')'),
    );
    for (const token of tokens.slice(at + 1, end)) if (token.kind === 'word') yield token.text;
  }
}

/** Words between "for" and "in" or "of": what a loop names its items. */
function* targets(tokens: readonly Token[]): Generator<string> {
  for (const [at, { text }] of tokens.entries()) {
    if (text !== 'for') continue;
    const end = tokens.findIndex((token, index) => index > at && ['in', 'of'].includes(token.text));
    for (const token of tokens.slice(at + 1, Math.min(end, at + 12)))
      if (token.kind === 'word') yield token.text;
  }
}
