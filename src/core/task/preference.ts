import * as z from 'zod';

/** The stored preference: by answer id, so that it does not depend on the shown order. */
export const preferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('better'),
    winner: z.string(),
    strength: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  }),
  z.strictObject({ kind: z.literal('tie') }),
  z.strictObject({ kind: z.literal('both-bad') }),
]);
export type Preference = z.infer<typeof preferenceSchema>;

/**
 * The preference as the panel shows it: −3 (A much better) … 0 (tie) … 3 (B much better), or both bad.
 */
export const shownPreferenceSchema = z.union([z.literal([-3, -2, -1, 0, 1, 2, 3]), z.literal('both-bad')]);
export type ShownPreference = z.infer<typeof shownPreferenceSchema>;

/** The answer ids in the shown order, `[A, B]`; one entry for a task with one answer. */
export type ShownOrder = readonly string[];

/** Shown → stored. Throws a RangeError for a winner that is not shown. */
export function toStored(shown: ShownPreference, order: ShownOrder): Preference {
  if (shown === 'both-bad') return { kind: 'both-bad' };
  if (shown === 0) return { kind: 'tie' };
  const winner = order[shown < 0 ? 0 : 1];
  if (winner === undefined) throw new RangeError(`no answer is shown on side ${shown < 0 ? 'A' : 'B'}`);
  return { kind: 'better', winner, strength: Math.abs(shown) as 1 | 2 | 3 };
}

/** Stored → shown. Throws a RangeError for a winner that is not in the order. */
export function toShown(preference: Preference, order: ShownOrder): ShownPreference {
  if (preference.kind === 'both-bad') return 'both-bad';
  if (preference.kind === 'tie') return 0;
  const side = order.indexOf(preference.winner);
  if (side !== 0 && side !== 1) throw new RangeError(`the answer "${preference.winner}" is not shown`);
  return (side === 0 ? -preference.strength : preference.strength) as ShownPreference;
}

/** The preference in words, for the first sentence of a rationale and for the panel's label. */
export function preferenceStatement(shown: ShownPreference): string {
  if (shown === 'both-bad') return 'Both answers are bad';
  if (shown === 0) return '@A and @B are equally good';
  const degree = { 1: 'slightly better', 2: 'better', 3: 'much better' }[Math.abs(shown) as 1 | 2 | 3];
  return shown < 0 ? `@A is ${degree} than @B` : `@B is ${degree} than @A`;
}
