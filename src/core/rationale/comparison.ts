import { conceded, narrowed, negated, objectAfter, subjectBefore, type Subject } from './clauses.ts';
import type { Form } from './form.ts';
import { positive } from './sharedForms.ts';
import { other, type Said } from './statement.ts';
import type { Token } from './tokens.ts';

const negative = new Set('worse weaker inferior loses lost worst behind poorer'.split(' '));
const beats = new Set(
  'beats outperforms surpasses outclasses trumps dominates edges outranks outdoes bests outshines eclipses tops'.split(
    ' ',
  ),
);
/** Words that compare the answers only where they have no object of another kind. */
const contested = new Set('loses lost behind ahead wins won win'.split(' '));
/** What may follow a word of contest that has no such object. */
const contest = new Set(
  'to by here out because since on for overall over against clearly and as hands easily of in this the_day anyway nonetheless nevertheless regardless outright still'.split(
    ' ',
  ),
);

interface ComparingWindow {
  readonly word: string;
  /** The word after it; `undefined` at the end of the sentence. */
  readonly next: string | undefined;
}

/** Words of comparison, and whether the answer that they are about is ahead or behind. In each example @A is ahead. */
export const comparingForms: readonly Form<ComparingWindow, 'ahead' | 'behind'>[] = [
  {
    example: '@A wins by a wide margin.',
    counterExample: '@A wins a second by caching.',
    form: (window) => isContest(window) && positive.has(window.word),
    verdict: 'ahead',
  },
  {
    example: '@B loses to @A.',
    counterExample: '@B loses the last block.',
    form: (window) => isContest(window) && negative.has(window.word),
    verdict: 'behind',
  },
  {
    example: '@A is better.',
    counterExample: '@A is longer.',
    form: ({ word }) => positive.has(word) && !contested.has(word),
    verdict: 'ahead',
  },
  {
    example: '@B is worse than @A.',
    counterExample: '@B is shorter than @A.',
    form: ({ word }) => negative.has(word) && !contested.has(word),
    verdict: 'behind',
  },
  {
    example: '@A beats @B.',
    counterExample: '@A calls @B.',
    form: ({ word }) => beats.has(word),
    verdict: 'ahead',
  },
  {
    example: '@A > @B.',
    counterExample: '@A = @B.',
    form: ({ word }) => /^>+$/.test(word),
    verdict: 'ahead',
  },
  {
    example: '@B < @A.',
    counterExample: '@B = @A.',
    form: ({ word }) => /^<+$/.test(word),
    verdict: 'behind',
  },
];

/** A word of comparison with the answer that it is about. */
interface Comparison {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly subject: Subject;
}

/**
 * The result of a comparison. `as said` or `the reverse`: the word applies to the answer that it is about, or to the other
 * answer. `refused`: that answer is not ahead in any respect. `none`: no comparison. In each example @A is ahead, or no
 * answer is.
 */
export const comparisonForms: readonly Form<Comparison, 'as said' | 'the reverse' | 'refused' | 'none'>[] = [
  {
    example: '@A is not better than @B.',
    counterExample: '@A, not @B, is better.',
    form: ({ tokens, at, subject }) => negated(tokens, subject.at, at),
    verdict: 'none',
  },
  {
    example: 'In no respect is @B better than @A.',
    counterExample: 'In one respect is @B better than @A.',
    form: ({ tokens, subject }) =>
      /^(?:is|does|was)$/.test(tokens[subject.at - 1]?.word ?? '') &&
      negated(tokens, subject.at - 5, subject.at),
    verdict: 'refused',
  },
  {
    example: 'It is better than @B.',
    counterExample: 'It is better for @B.',
    form: ({ subject }) => subject.afterThan,
    verdict: 'the reverse',
  },
  {
    example: 'Better in every way is @A.',
    counterExample: 'Better, as in @A, is a loop.',
    form: ({ at, subject }) => subject.at > at,
    verdict: 'as said',
  },
  {
    example: '@A stops early and is better.',
    counterExample: '@A stops early; a list is better.',
    form: ({ at, subject }) => subject.at < at,
    verdict: 'as said',
  },
];

/** "@A is better", "@B is worse than @A", "@A beats @B", "@A > @B", "the better answer is @B". */
export function compared(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  if (token.side !== undefined) return undefined;
  const words = { word: token.word, next: tokens[at + 1]?.word };
  const place = comparingForms.find(({ form }) => form(words))?.verdict;
  const subject = place === undefined ? undefined : subjectOf(tokens, at, token);
  if (subject === undefined) return undefined;
  const verdict = comparisonForms.find(({ form }) => form({ tokens, at, subject }))?.verdict;
  if (verdict === undefined || verdict === 'none') return undefined;
  if (verdict === 'refused')
    return { verdict: { kind: 'better', side: other(subject.side) }, weak: true, hint: true };
  const isAhead = (place === 'ahead') === (verdict === 'as said');
  const isConceded = conceded(tokens, at);
  return {
    verdict: { kind: 'better', side: isAhead ? subject.side : other(subject.side) },
    weak: narrowed(tokens, at) || isConceded,
    ...(isConceded ? { hint: true } : {}),
  };
}

/** The answer before the word, or else the answer after it. For "<" and ">" only the answer before counts. */
function subjectOf(tokens: readonly Token[], at: number, { word }: Token): Subject | undefined {
  return subjectBefore(tokens, at) ?? (/^[<>]$/.test(word) ? undefined : objectAfter(tokens, at));
}

/** False in "@A:3 loses the last block" and "leaves a file behind it", which describe the code. */
function isContest({ word, next }: ComparingWindow): boolean {
  return contested.has(word) && (next === undefined || /^[^\p{L}]/u.test(next) || contest.has(next));
}
