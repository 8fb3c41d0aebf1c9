import type { Side } from '../preference.ts';
import { negations } from './clauses.ts';
import type { Sentence } from './sentences.ts';
import type { Statement, Verdict } from './statement.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Words that praise an answer's work, and those that find it wanting. */
const praise = new Set(
  'correct right works follows passes handles solves complete honours honors respects safe valid copes keeps meets satisfies survives delivers'.split(
    ' ',
  ),
);
const faulty = new Set(
  'fails fail wrong misses ignores breaks crashes errors loses drops lacks violates forgets forgot broken incorrect unsafe mishandles overflows panics hangs'.split(
    ' ',
  ),
);
const wanting = new Set(
  'neither reject miss misses lack ignore drop fail forget omit lose violate misread share break'.split(' '),
);

/** What two sentences without a word of preference leave no doubt of: "@B does what is asked, @A does not". */
export function impliedBy(opening: readonly Sentence[]): Statement[] {
  const place = opening[0];
  if (place === undefined) return [];
  const tokens = opening.flatMap((sentence) => tokensOf(sentence.text));
  const hint = (verdict: Verdict): Statement[] => [
    { verdict, weak: true, hint: true, sentence: place, start: place.start, end: place.start },
  ];
  const first = tokens[0]?.word;
  const rejects = tokens.some(({ word }, at) => word === 'both' && wanting.has(tokens[at - 1]?.word ?? ''));
  const shares =
    first === 'both' && tokens.slice(1, 5).some(({ word, side }) => side === undefined && wanting.has(word));
  const none = first === 'none' && tokens[1]?.word === 'of';
  const they = first === 'they' && tokens.slice(1, 4).some(({ word }) => wanting.has(word));
  if (first === 'neither' || none || they || rejects || shares) return hint({ kind: 'both-bad' });
  const [a, b] = [creditOf('A', tokens), creditOf('B', tokens)];
  if (a === undefined || b === undefined || a === b) return [];
  return hint({ kind: 'better', side: a > b ? 'A' : 'B' });
}

/** How much more an answer is praised than found wanting; `undefined` where it is not named. */
function creditOf(side: Side, tokens: readonly Token[]): number | undefined {
  const named = tokens.flatMap((token, at) => (token.side === side ? [at] : []));
  if (named.length === 0) return undefined;
  return named.reduce((sum, at) => sum + creditAt(tokens, at), 0);
}

/** What the few words behind a name say of it, before the next name. */
function creditAt(tokens: readonly Token[], at: number): number {
  const next = tokens.slice(at + 1, at + 9);
  const end = next.findIndex(({ side, word }) => side !== undefined || word === ';' || word === '.');
  const words = next.slice(0, end === -1 ? next.length : end).map(({ word }) => word);
  const sign = words.some((word) => negations.has(word)) ? -1 : 1;
  // "@B satisfies the prompt; @A does not": what it does not is what the other is praised for.
  if (/^(?:(?:does|is|do) not|doesn't|isn't)$/.test(words.join(' ')))
    return tokens.slice(0, at).some(({ word }) => praise.has(word)) ? sign : 0;
  const does = words.indexOf('does');
  if (does >= 0 && /^(?:what|what's|everything|all|exactly)$/.test(words[does + 1] ?? '')) return sign;
  if (words.some((word) => faulty.has(word))) return -sign;
  // "Right on lists only" is less than "right".
  return words.some((word) => praise.has(word)) ? (words.includes('only') ? sign / 2 : sign) : 0;
}
