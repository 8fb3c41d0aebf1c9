import type { Side } from '../preference.ts';
import type { Token } from './tokens.ts';

// What the words around a verdict make of it: whom a clause speaks of, and whether it is denied, narrowed or given away.

/** How far back the beginning of a clause is looked for, in words and marks. */
export const longestClause = 60;
export const negations = new Set(
  "not no never hardly neither isn't wasn't doesn't don't cannot can't wouldn't nor".split(' '),
);
const concessions = new Set(
  'although though while whereas despite even albeit granted admittedly'.split(' '),
);
/** Words after "better" that narrow it to one aspect. */
export const narrowing = new Set('at in on for regarding with when where'.split(' '));
/** … unless what follows makes it whole again. */
const whole = new Set('every all both general total overall most the_whole any'.split(' '));

/** The side that the words before a comparative speak of: the last one of its clause that is not its standard. */
export function subjectBefore(
  tokens: readonly Token[],
  at: number,
): { side: Side; at: number; afterThan: boolean } | undefined {
  for (let place = at - 1; place >= 0 && at - place <= 14; place -= 1) {
    const { side, word } = tokens[place]!;
    if (side !== undefined) {
      const before = tokens[place - 1]?.word;
      // "better than @A, @B …": the side after "than" is the standard of an earlier comparison.
      if (before === 'than' || before === 'over' || before === 'not') continue;
      // "@A is @B without the guards, hence worse" speaks of @A.
      if (before === 'is' && tokens[place - 2]?.side !== undefined) continue;
      // "@A and @B are better …" speaks of both.
      if ((before === 'and' || before === 'or') && tokens[place - 2]?.side !== undefined) return undefined;
      return { side, at: place, afterThan: false };
    }
    if (word === ';' || ((word === 'but' || word === 'because' || word === 'since') && place < at - 1))
      return undefined;
  }
  return undefined;
}

/** "the better answer is @B", "winner: @B", "better than @A": the side that stands after a comparative. */
export function objectAfter(
  tokens: readonly Token[],
  at: number,
): { side: Side; at: number; afterThan: boolean } | undefined {
  for (let place = at + 1; place < tokens.length && place - at <= 6; place += 1) {
    const { side, word } = tokens[place]!;
    if (side !== undefined) return { side, at: place, afterThan: tokens[place - 1]?.word === 'than' };
    if ([';', '.', ',', 'because', 'since', 'but'].includes(word)) return undefined;
  }
  return undefined;
}

export function negated(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens
    .slice(Math.max(0, Math.min(from, to)), Math.max(from, to))
    .some(
      ({ word }, at, some) => negations.has(word) && !(word === 'not' && some[at + 1]?.side !== undefined),
    );
}

/** Whether "better" is better at one thing only: "better at naming", but not "better in every way". */
export function narrowed(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.word ?? '';
  return narrowing.has(next) && !tokens.slice(at + 2, at + 5).some(({ word }) => whole.has(word));
}

/** Whether the clause is given away: "although @A is better at …, @B …". */
export function conceded(tokens: readonly Token[], at: number): boolean {
  for (let place = at - 1; place >= 0 && at - place <= longestClause; place -= 1) {
    const { word } = tokens[place]!;
    if (word === ',' || word === ';') return false;
    if (concessions.has(word)) return true;
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
