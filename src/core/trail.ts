import * as z from 'zod';

/** What an evaluator can look at, have done, or decide. */
export const stepKinds = [
  'written',
  'code',
  'difference',
  'case',
  'diagnostics',
  'editor',
  'run',
  'times',
  'preference',
] as const;

/**
 * What an evaluator looked at and had run, in the order in which each was first done; the preference stands where it
 * was last chosen, so that what comes before it was seen before deciding.
 */
export const trailSchema = z.array(
  z.strictObject({
    kind: z.enum(stepKinds),
    /** Of a case its id, of a file its path with the side before it, such as "A/main.py". */
    what: z.string().optional(),
    /** Active time until then, in milliseconds. */
    activeMs: z.int().nonnegative(),
  }),
);
export type Trail = z.infer<typeof trailSchema>;
export type Step = Trail[number];

/** The trail with one more step; itself where that was done before. */
export function withStep(trail: Trail, step: Step): Trail {
  const isSame = ({ kind, what }: Step): boolean => kind === step.kind && what === step.what;
  if (step.kind === 'preference') return [...trail.filter((other) => !isSame(other)), step];
  return trail.some(isSame) ? trail : [...trail, step];
}

/** What was done before the preference was last chosen, and after; all of it before where none was. */
export function aroundDecision(trail: Trail): { before: Trail; decidedMs: number | undefined; after: Trail } {
  const at = trail.findLastIndex(({ kind }) => kind === 'preference');
  if (at === -1) return { before: trail, decidedMs: undefined, after: [] };
  return { before: trail.slice(0, at), decidedMs: trail[at]!.activeMs, after: trail.slice(at + 1) };
}
