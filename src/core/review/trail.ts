import * as z from 'zod';

/** The kinds of steps: things that an evaluator can view, run or decide. */
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
 * What an evaluator viewed and ran, in the order of the first time. The preference is at the position of its last change,
 * so that the steps before it happened before the decision.
 */
export const trailSchema = z.array(
  z.strictObject({
    kind: z.enum(stepKinds),
    /** The id of a case, or the path of a file after its side, such as "A/main.py". */
    what: z.string().optional(),
    /** Active time until then, in milliseconds. */
    activeMs: z.int().nonnegative(),
  }),
);
export type Trail = z.infer<typeof trailSchema>;
export type Step = Trail[number];
