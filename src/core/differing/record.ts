import * as z from 'zod';
import { jsonSchema } from '../text/jsonSchema.ts';
import { differenceClasses } from './outcome.ts';

/** Changes when the same seed would try other inputs. A record of another version cannot be repeated exactly. */
export const generatorVersion = 1;

/** What an answer did with an input, as the case runner saw it. */
const shownOutcomeSchema = z.union([
  /** The value of a call, with the values that JSON lacks as texts. */
  z.strictObject({ value: jsonSchema }),
  z.strictObject({ output: z.string() }),
  /** The start of a long output, and its length in bytes. */
  z.strictObject({ start: z.string(), size: z.number() }),
  z.strictObject({ error: z.string() }),
  /** The limit that the answer ran into. */
  z.strictObject({ limit: z.enum(['time', 'memory', 'output']) }),
]);
export type ShownOutcome = z.infer<typeof shownOutcomeSchema>;

/** An input on which the two answers differ. It was confirmed in a fresh sandbox. */
const witnessSchema = z.strictObject({
  /**
   * `value`: both end with different results. `crash`: one fails. `timeout`: one runs into a limit. `slow`: the results are
   * equal, and one takes at least ten times as long.
   */
  class: z.enum(differenceClasses),
  /** The standard input, for programs. */
  input: z.string().optional(),
  /** The arguments, for calls. */
  args: z.array(jsonSchema).optional(),
  /** What the first answer of the task did. */
  a: shownOutcomeSchema,
  b: shownOutcomeSchema,
  /** The input has the properties that the seeds share, and keeps the bounds that the prompt states. */
  withinBounds: z.boolean(),
});
export type Witness = z.infer<typeof witnessSchema>;

/** The result of a search for differences, with everything that is needed to repeat it. No witness is a result as well. */
export const differencesSchema = z.strictObject({
  taskId: z.string(),
  seed: z.int(),
  generator: z.int(),
  /** In milliseconds. */
  budgetMs: z.number(),
  /** How many inputs both answers ran on. */
  pairs: z.int(),
  ms: z.number(),
  /** When the first difference was seen, in milliseconds from the start of the search. */
  firstMs: z.number().optional(),
  /** The person stopped the search before the budget was used up. */
  cancelled: z.boolean(),
  /** At most five, the best first. */
  witnesses: z.array(witnessSchema),
});
export type Differences = z.infer<typeof differencesSchema>;
