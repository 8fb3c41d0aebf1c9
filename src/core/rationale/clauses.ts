import type { Side } from '../task/side.ts';
import type { Form } from './form.ts';
import type { Token } from './tokens.ts';

// How the words around a verdict change it: its subject, and whether it is denied, limited to one aspect or conceded.

/** The beginning of a clause is searched at most this many words and marks back. */
export const longestClause = 60;
/** The subject of a comparative is searched at most this many words and marks back, its object as many ahead. */
const longestSubject = 14;
const longestObject = 6;
export const negations = new Set(
  "not no never hardly neither isn't wasn't doesn't don't cannot can't wouldn't nor".split(' '),
);
const concessions = new Set('although though while whereas despite albeit granted admittedly'.split(' '));
/** Words after "better" that limit the verdict to one aspect … */
export const narrowing = new Set('at in on for regarding with when where'.split(' '));
/** … unless one of these words follows: "better in every way". */
const whole = new Set('every all both general total overall most the_whole any'.split(' '));

/** The answer that a comparative is about. */
export interface Subject {
  readonly side: Side;
  readonly at: number;
  /** "better than @A": the comparative is about the other answer. */
  readonly afterThan: boolean;
}

/** A place in the search from a comparative to its subject. */
interface Step {
  readonly tokens: readonly Token[];
  readonly place: number;
  /** The comparative. */
  readonly at: number;
}

/**
 * The search back from a comparative to its subject. `subject`: this answer is the subject. `pass over`: this answer is
 * not the subject, go on. `end`: there is no subject. The first row that applies decides; if no row applies, the search
 * goes on. The examples are read as @A is better, or as no verdict for `end`.
 */
export const subjectForms: readonly Form<Step, 'subject' | 'pass over' | 'end'>[] = [
  // The answer after "than" is the standard of an earlier comparison.
  {
    example: '@A is shorter than @B and better.',
    counterExample: '@A is shorter and @B better.',
    form: ({ tokens, place }) =>
      tokens[place]?.side !== undefined && /^(?:than|over|not)$/.test(tokens[place - 1]?.word ?? ''),
    verdict: 'pass over',
  },
  {
    example: '@A is @B done right, hence better.',
    counterExample: '@A is long, and @B is better.',
    form: ({ tokens, place }) =>
      tokens[place]?.side !== undefined &&
      tokens[place - 1]?.word === 'is' &&
      tokens[place - 2]?.side !== undefined,
    verdict: 'pass over',
  },
  {
    example: '@A and @B are better in one respect.',
    counterExample: '@A and the new @B are better in one respect.',
    form: ({ tokens, place }) =>
      tokens[place]?.side !== undefined &&
      /^(?:and|or)$/.test(tokens[place - 1]?.word ?? '') &&
      tokens[place - 2]?.side !== undefined,
    verdict: 'end',
  },
  {
    example: '@A stops early and is better.',
    counterExample: 'The loop stops early and is better.',
    form: ({ tokens, place }) => tokens[place]?.side !== undefined,
    verdict: 'subject',
  },
  {
    example: '@A stops early; a list is better.',
    counterExample: '@A stops early, a list, and is better.',
    form: ({ tokens, place }) => tokens[place]?.word === ';',
    verdict: 'end',
  },
  {
    example: '@A returns a tuple because a list is better.',
    counterExample: '@A returns a tuple and is better.',
    form: ({ tokens, place, at }) =>
      /^(?:but|because|since)$/.test(tokens[place]?.word ?? '') && place < at - 1,
    verdict: 'end',
  },
];

/** The search ahead from a comparative, for an answer that is named after it. */
export const objectForms: readonly Form<Step, 'subject' | 'end'>[] = [
  {
    example: 'Better in every way is @A.',
    counterExample: 'Longer in every way is @A.',
    form: ({ tokens, place }) => tokens[place]?.side !== undefined,
    verdict: 'subject',
  },
  {
    example: 'Better, as in @A, is a loop.',
    counterExample: 'Better as a loop is @A.',
    form: ({ tokens, place }) => /^(?:[;.,]|because|since|but)$/.test(tokens[place]?.word ?? ''),
    verdict: 'end',
  },
];

/** The subject of a comparative: the last side in its clause that is not the standard of comparison. */
export function subjectBefore(tokens: readonly Token[], at: number): Subject | undefined {
  for (let place = at - 1; place >= 0 && at - place <= longestSubject; place -= 1) {
    const row = subjectForms.find(({ form }) => form({ tokens, place, at }));
    if (row?.verdict === 'end') return undefined;
    const side = tokens[place]?.side;
    if (row?.verdict === 'subject' && side !== undefined) return { side, at: place, afterThan: false };
  }
  return undefined;
}

/** "the better answer is @B", "winner: @B", "better than @A": the side after a comparative. */
export function objectAfter(tokens: readonly Token[], at: number): Subject | undefined {
  for (let place = at + 1; place < tokens.length && place - at <= longestObject; place += 1) {
    const row = objectForms.find(({ form }) => form({ tokens, place, at }));
    if (row?.verdict === 'end') return undefined;
    const side = tokens[place]?.side;
    if (side !== undefined) return { side, at: place, afterThan: tokens[place - 1]?.word === 'than' };
  }
  return undefined;
}

/** A word near a verdict. */
interface NearWord {
  readonly tokens: readonly Token[];
  readonly place: number;
  /** The word that states the verdict, or the answer that it is about: the later of the two. */
  readonly at: number;
}

/** Words between an answer and its verdict that deny the verdict. The examples are read as no verdict. */
export const denyingForms: readonly Form<NearWord, 'denied'>[] = [
  {
    example: '@A is never better than @B.',
    counterExample: '@A is clearly better than @B.',
    form: ({ tokens, place }) => negations.has(tokens[place]?.word ?? '') && tokens[place]?.word !== 'not',
    verdict: 'denied',
  },
  {
    example: '@A is not better than @B.',
    counterExample: '@A is not only better but shorter.',
    form: ({ tokens, place }) =>
      tokens[place]?.word === 'not' &&
      tokens[place + 1]?.side === undefined &&
      tokens[place + 1]?.word !== 'only',
    verdict: 'denied',
  },
  {
    example: 'The better answer is not @A.',
    counterExample: '@A, not @B, is better.',
    form: ({ tokens, place, at }) =>
      tokens[place]?.word === 'not' && tokens[place + 1]?.side !== undefined && place + 1 >= at,
    verdict: 'denied',
  },
];

/** Words after a verdict that limit it to one aspect. The examples are read as a weak verdict for @A. */
export const narrowingForms: readonly Form<NearWord, 'narrowed'>[] = [
  {
    example: '@A is better at naming.',
    counterExample: '@A is better in every way.',
    form: ({ tokens, place }) =>
      narrowing.has(tokens[place]?.word ?? '') &&
      !tokens.slice(place + 1, place + 4).some(({ word }) => whole.has(word)),
    verdict: 'narrowed',
  },
];

/** Words in the clause of a verdict that concede it. The examples are read as a weak verdict for @A. */
export const concedingForms: readonly Form<NearWord, 'conceded'>[] = [
  {
    example: 'Although @A is better, it is long.',
    counterExample: 'Although it is long, @A is better.',
    form: ({ tokens, place }) => concessions.has(tokens[place]?.word ?? ''),
    verdict: 'conceded',
  },
  {
    example: 'Even if @A is better, it is long.',
    counterExample: '@A is even better.',
    form: ({ tokens, place, at }) => tokens[place]?.word === 'even' && place < at - 1,
    verdict: 'conceded',
  },
];

/** Whether a word between two places denies the verdict. The places may be given in either order. */
export function negated(tokens: readonly Token[], from: number, to: number): boolean {
  const [start, end] = [Math.max(0, Math.min(from, to)), Math.max(from, to)];
  return tokens
    .slice(start, end)
    .some((_, offset) => denyingForms.some(({ form }) => form({ tokens, place: start + offset, at: end })));
}

/** Whether "better" is limited to one aspect: "better at naming", but not "better in every way". */
export function narrowed(tokens: readonly Token[], at: number): boolean {
  return narrowingForms.some(({ form }) => form({ tokens, place: at + 1, at }));
}

/** Whether the clause is a concession: "although @A is better at …, @B …". */
export function conceded(tokens: readonly Token[], at: number): boolean {
  for (let place = at - 1; place >= 0 && at - place <= longestClause; place -= 1) {
    const { word } = tokens[place]!;
    if (word === ',' || word === ';') return false;
    if (concedingForms.some(({ form }) => form({ tokens, place, at }))) return true;
  }
  return false;
}

export function wordsBefore(tokens: readonly Token[], at: number, count: number): string {
  return tokens
    .slice(Math.max(0, at - count), at)
    .map(({ word }) => word)
    .join(' ');
}

export function wordsAfter(tokens: readonly Token[], at: number, count: number): string {
  return tokens
    .slice(at + 1, at + 1 + count)
    .map(({ word }) => word)
    .join(' ');
}
