import type { Side } from '../task/side.ts';
import { negations, wordsAfter } from './clauses.ts';
import type { Form } from './form.ts';
import type { Sentence } from './sentences.ts';
import type { Said, Statement, Verdict } from './statement.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Words that praise an answer. The next sets have the words that criticize an answer. */
const praise = new Set(
  'correct right works follows passes handles solves complete honours honors respects safe valid copes keeps meets satisfies survives delivers robust reliable accurate solid run runs compile compiles terminates finishes yes'.split(
    ' ',
  ),
);
const faulty = new Set(
  'fails fail wrong misses ignores breaks crashes errors loses drops lacks violates forgets forgot broken incorrect unsafe mishandles overflows panics hangs injection vulnerability vulnerable bug bugs leaks deadlocks'.split(
    ' ',
  ),
);
const wanting = new Set(
  'neither reject miss misses lack ignore drop fail forget omit lose violate misread share break hallucinate invent hard-code hardcode crash error hang overflow mishandle truncate leak deadlock misunderstand'.split(
    ' ',
  ),
);

interface Place {
  readonly tokens: readonly Token[];
  readonly at: number;
}

/** Sentences that leave only one answer standing. In each example it is @A, the name at which the form applies. */
export const soleForms: readonly Form<Place, 'only one'>[] = [
  {
    example: 'Only @A returns a list.',
    counterExample: 'The list that only the prompt wants is in @A.',
    form: ({ tokens, at }) => tokens[at - 1]?.word === 'only',
    verdict: 'only one',
  },
  {
    example: '@A is the one that returns a list.',
    counterExample: '@A is the loop that returns a list.',
    form: ({ tokens, at }) => wordsAfter(tokens, at, 3) === 'is the one',
    verdict: 'only one',
  },
];

/** First sentences, without a word of preference, that find fault with both answers. */
export const wantingForms: readonly Form<readonly Token[], 'both-bad'>[] = [
  {
    example: 'Neither reads the file.',
    counterExample: 'Neither is wrong.',
    form: ([first, ...rest]) => first?.word === 'neither' && !findsFault(rest.slice(0, 4)),
    verdict: 'both-bad',
  },
  {
    example: 'None of the two reads the file.',
    counterExample: 'None is what the loop returns.',
    form: ([first, second]) => first?.word === 'none' && second?.word === 'of',
    verdict: 'both-bad',
  },
  {
    example: 'Not one of the two reads the file.',
    counterExample: 'Not one of the loops reads the file.',
    form: (tokens) =>
      /^not one of (?:the two|them|these|the answers)\b/.test(tokens.map(({ word }) => word).join(' ')),
    verdict: 'both-bad',
  },
  {
    example: 'They both ignore the limit.',
    counterExample: 'They both never ignore the limit.',
    form: ([first, ...rest]) => first?.word === 'they' && isWanting(rest.slice(0, 3)),
    verdict: 'both-bad',
  },
  {
    example: 'Here I reject both.',
    counterExample: 'Here I read both.',
    form: (tokens) =>
      tokens.some(({ word }, at) => word === 'both' && wanting.has(tokens[at - 1]?.word ?? '')),
    verdict: 'both-bad',
  },
  {
    example: 'Both answers miss the limit.',
    counterExample: 'Both print, and neither is slow.',
    form: ([first, ...rest]) => first?.word === 'both' && isWanting(rest.slice(0, 4)),
    verdict: 'both-bad',
  },
];

/** First sentences that deny both answers the lead. */
export const evenForms: readonly Form<readonly Token[], 'tie'>[] = [
  {
    example: "@A isn't better than @B, and @B isn't better than @A.",
    counterExample: "@A isn't shorter than @B, and @B isn't better than @A.",
    form: (tokens) => {
      const denied = tokens.flatMap(({ side }, at) =>
        side !== undefined && /^(?:isn't|is not) (?:any )?better(?: than)?\b/.test(wordsAfter(tokens, at, 4))
          ? [side]
          : [],
      );
      return denied.includes('A') && denied.includes('B');
    },
    verdict: 'tie',
  },
];

/** A remark on an answer: the words from its name to the next name or the end of the clause. */
interface Remark {
  readonly words: readonly string[];
  /** The words before the name. */
  readonly before: readonly Token[];
}

/**
 * How a remark credits its answer; a negation reverses the credit. In each example @A has more credit than
 * @B. In the order in which they are tried.
 */
export const creditForms: readonly Form<Remark, 'praised' | 'partly praised' | 'faulted'>[] = [
  // The failing of @B implies praise for @A.
  {
    example: '@A satisfies the prompt; @B does not.',
    counterExample: '@A prints the prompt; @B does not.',
    form: ({ words, before }) => isBareDenial(words) && before.some(({ word }) => praise.has(word)),
    verdict: 'praised',
  },
  {
    example: '@A does what is asked, @B prints a line.',
    counterExample: '@A does a loop, @B prints a line.',
    form: ({ words }) => {
      const does = words.indexOf('does');
      return does >= 0 && /^(?:what|what's|everything|all|exactly)$/.test(words[does + 1] ?? '');
    },
    verdict: 'praised',
  },
  {
    example: '@A prints a line, @B ignores the limit.',
    counterExample: '@A prints a line, @B prints the limit.',
    form: ({ words }) => words.some((word) => faulty.has(word)),
    verdict: 'faulted',
  },
  {
    example: '@A passes all nine cases and @B passes one.',
    counterExample: '@A passes all nine cases and @B passes all.',
    form: ({ words }) =>
      /(?:^| )(?:passes|solves|handles|survives) (?:only |just )?(?:one|two|few|some|half|none)\b(?! (?:more|other))/.test(
        words.join(' '),
      ),
    verdict: 'partly praised',
  },
  {
    example: '@A is right on lists only, @B prints a line.',
    counterExample: '@A is right on lists only, @B is right on all.',
    form: ({ words }) => words.some((word) => praise.has(word)) && words.includes('only'),
    verdict: 'partly praised',
  },
  {
    example: '@A handles accents, @B prints a line.',
    counterExample: '@A prints accents, @B prints a line.',
    form: ({ words }) => words.some((word) => praise.has(word)),
    verdict: 'praised',
  },
];

const credits = { praised: 1, 'partly praised': 1 / 2, faulted: -1 } as const;

/** Sentences that name no comparison but leave only one answer standing: "Only @B returns …". */
export function soleIn(tokens: readonly Token[]): (Said & { readonly token: Token })[] {
  for (const { form } of soleForms) {
    const token = tokens.find(({ side }, at) => side !== undefined && form({ tokens, at }));
    if (token?.side !== undefined)
      return [{ verdict: { kind: 'better', side: token.side }, weak: true, token }];
  }
  return [];
}

/** Verdicts that sentences imply without a word of preference: "@B does what is asked, @A does not". */
export function impliedBy(opening: readonly Sentence[]): Statement[] {
  const place = opening[0];
  if (place === undefined) return [];
  const tokens = opening.flatMap((sentence) => tokensOf(sentence.text));
  const hint = (verdict: Verdict): Statement[] => [
    { verdict, weak: true, hint: true, sentence: place, start: place.start, end: place.start },
  ];
  const even = evenForms.find(({ form }) => form(tokens));
  if (even !== undefined) return hint({ kind: even.verdict });
  const both = wantingForms.find(({ form }) => form(tokens));
  if (both !== undefined) return hint({ kind: both.verdict });
  const [a, b] = [creditOf('A', tokens), creditOf('B', tokens)];
  if (a === undefined || b === undefined || a === b) return [];
  return hint({ kind: 'better', side: a > b ? 'A' : 'B' });
}

/** Praise of an answer minus criticism; `undefined` if the answer is not named. */
function creditOf(side: Side, tokens: readonly Token[]): number | undefined {
  const named = tokens.flatMap((token, at) => (token.side === side ? [at] : []));
  if (named.length === 0) return undefined;
  return named.reduce((sum, at) => sum + creditAt(tokens, at), 0);
}

/** Praise (positive) or criticism (negative) in the few words between a name and the next name. */
function creditAt(tokens: readonly Token[], at: number): number {
  const next = tokens.slice(at + 1, at + 9);
  const end = next.findIndex(({ side, word }) => side !== undefined || word === ';' || word === '.');
  const words = next.slice(0, end === -1 ? next.length : end).map(({ word }) => word);
  const remark = { words, before: tokens.slice(0, at) };
  const said = creditForms.find(({ form }) => form(remark));
  if (said === undefined) return 0;
  return words.some((word) => negations.has(word)) ? -credits[said.verdict] : credits[said.verdict];
}

/** "@B does not." */
function isBareDenial(words: readonly string[]): boolean {
  return /^(?:(?:does|is|do) not|doesn't|isn't)$/.test(words.join(' '));
}

/** Whether the first words of a clause find fault: "is wrong", "ignores the limit"; but not "reads wrong input". */
function findsFault(words: readonly Token[]): boolean {
  return words.some(
    ({ word }, at) =>
      faulty.has(word) &&
      (!/^(?:wrong|broken|incorrect|unsafe)$/.test(word) ||
        /^(?:is|are|was|were)$/.test(words[at - 1]?.word ?? '')),
  );
}

/** Whether the words up to the next comma find both answers wanting, and no word before denies it. */
function isWanting(words: readonly Token[]): boolean {
  const found = words.findIndex(({ word }) => wanting.has(word));
  return found >= 0 && !words.slice(0, found).some(({ word }) => word === ',' || negations.has(word));
}
