import type { Side } from '../task/side.ts';

/** A word or mark of a sentence in lower case, with `side` if it names an answer. */
export interface Token {
  readonly word: string;
  readonly side?: Side;
  /** Offset in the sentence. */
  readonly start: number;
  readonly end: number;
}

const tokenForm = /@[AB](?:[/:][\w./-]*\w)?|[\p{L}][\p{L}’']*(?:-\p{L}+)*|\d+|>+|<+|[.,;:!?()]/gu;

/** Nouns that turn a letter or number after them into the name of an answer. */
const nouns = new Set(
  'answer response solution option candidate version implementation output submission code model'.split(' '),
);
/** After these words a lone capital A is the answer, not the article. */
const leads = new Set(
  'than and or over prefer choose pick favor favour with both between of to in that because but while so though although whereas only for is merge ship take approve rank rate recommend select reject send choosing picking preferring towards toward against pressed , ; : ( >'.split(
    ' ',
  ),
);
/** Words that can follow a name but not an article. */
const verbs =
  /^(?:is|was|are|has|had|does|did|do|will|would|can|can't|cannot|should|wins|won|loses|handles|returns|raises|passes|fails|uses|gets|gives|also|and|or|over|beats|isn't|doesn't|didn't|works|solves|misses|ignores|keeps|drops|reads|checks|calls|violates|follows|remains|looks|seems|feels|comes|stands|outperforms|edges|only|as|by|because|since|but|though|although|even|at|when|which|to|then|ahead|clearly|simply|correctly|>|<|,|;|\.|:|\))$/;

/** Nouns and adverbs in -s that may follow an article. */
const singular = new Set(
  'alias always atlas bias canvas gas lens means news perhaps regardless series species'.split(' '),
);

/** Splits a sentence into words and marks, without emphasis and other Markdown syntax. */
export function tokensOf(sentence: string): Token[] {
  const raw = [...sentence.matchAll(tokenForm)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const words = raw.map(({ text }) => text);
  return raw.map(({ text, start, end }, at) => {
    const side = sideNamed(words, at);
    const word = text.toLowerCase().replaceAll('’', "'");
    return side === undefined ? { word, start, end } : { word, side, start, end };
  });
}

function sideNamed(words: readonly string[], at: number): Side | undefined {
  const text = words[at]!;
  if (text.startsWith('@')) return text[1] as Side;
  const before = words[at - 1]?.toLowerCase() ?? '';
  const after = words[at + 1] ?? '';
  if (text === '1' || text === '2') return nouns.has(before) ? (text === '1' ? 'A' : 'B') : undefined;
  if (text === 'B') return 'B';
  if (/^[AB][’']s$/.test(text)) return text[0] as Side;
  if (text !== 'A') return ordinal(text.toLowerCase(), after.toLowerCase());
  return nouns.has(before) || leads.has(before) || isVerb(after) || after === '' ? 'A' : undefined;
}

/** Whether a word can follow a name but not an article: most words in -s are verbs, as no article stands before a plural. */
function isVerb(word: string): boolean {
  return verbs.test(word) || (/^[a-z]{2,}[^sui]s$/.test(word) && !singular.has(word));
}

function ordinal(word: string, after: string): Side | undefined {
  if (!nouns.has(after) && after !== 'one') return undefined;
  if (word === 'first') return 'A';
  return word === 'second' ? 'B' : undefined;
}
