import * as z from 'zod';
import { eventType, requestType } from './message.ts';

/*
 * The wire between the dashboard's page, the extension host and the thread that works the figures out. Evaluators have
 * the names under which they are shown, which are no ids unless the settings allow it.
 */

const day = z.iso.date();

/** What is left out admits everything. */
const filterSchema = z.object({
  from: day.optional(),
  to: day.optional(),
  language: z.string().optional(),
  evaluator: z.string().optional(),
});
export type ShownFilter = z.infer<typeof filterSchema>;

const intervalSchema = z.object({ low: z.number(), high: z.number() });
export type ShownInterval = z.infer<typeof intervalSchema>;

const proportionSchema = z.object({
  count: z.int(),
  of: z.int(),
  share: z.number().optional(),
  interval: intervalSchema.optional(),
});
export type ShownProportion = z.infer<typeof proportionSchema>;

const coefficientSchema = z.object({ value: z.number(), interval: intervalSchema.optional() });
export type ShownCoefficient = z.infer<typeof coefficientSchema>;

const agreementSchema = z.object({
  items: z.int(),
  ratings: z.int(),
  raw: z.number().optional(),
  alpha: coefficientSchema.optional(),
  ac1: coefficientSchema.optional(),
  fleiss: coefficientSchema.optional(),
  /** There are too few shared items for coefficients. */
  suppressed: z.boolean(),
});
export type ShownAgreement = z.infer<typeof agreementSchema>;

const positionSchema = z.object({
  first: proportionSchema,
  delta: z.number().optional(),
  standardError: z.number().optional(),
});

const evaluatorSchema = z.object({
  evaluator: z.string(),
  reviews: z.int(),
  /** Milliseconds. */
  medianActiveMs: z.number(),
  ninthActiveMs: z.number(),
  gold: proportionSchema,
  /** How far through the qualification set; `none` where there is no such set. */
  qualification: z.object({
    state: z.enum(['none', 'open', 'passed', 'failed']),
    right: z.int(),
    done: z.int(),
    of: z.int(),
  }),
  /** The chart after each gold task, oldest first, and the place, from 0, at which it first reached `threshold`. */
  drift: z.object({ chart: z.array(z.number()), alarm: z.int().optional(), threshold: z.number() }),
  flipped: proportionSchema,
  kept: proportionSchema,
  position: positionSchema,
});
export type ShownEvaluator = z.infer<typeof evaluatorSchema>;

const quickSchema = z.object({
  /** What can be filtered by, of all reviews there are. */
  choices: z.object({ evaluators: z.array(z.string()), languages: z.array(z.string()) }),
  /** Submitted reviews in all; in the selection, those too; and of the selection those in force. */
  stored: z.int(),
  submitted: z.int(),
  reviews: z.int(),
  throughput: z.array(z.object({ day, reviews: z.record(z.string(), z.int()) })),
  evaluators: z.array(evaluatorSchema),
  position: positionSchema,
  overridden: z.array(z.object({ rule: z.string(), name: z.string(), reviews: z.int() })),
});
export type ShownQuick = z.infer<typeof quickSchema>;

const groupSchema = z.object({
  kind: z.enum(['all', 'evaluator', 'language']),
  name: z.string(),
  tiesIn: agreementSchema,
  tiesOut: agreementSchema,
  strength: agreementSchema,
});
export type ShownGroup = z.infer<typeof groupSchema>;

const slowSchema = z.object({
  groups: z.array(groupSchema),
  criteria: z.array(z.object({ criterion: z.string(), agreement: agreementSchema })),
  pairs: z.array(
    z.object({
      one: z.string(),
      other: z.string(),
      items: z.int(),
      raw: z.number(),
      kappa: coefficientSchema.optional(),
    }),
  ),
  longer: proportionSchema,
  lengthBeta: coefficientSchema.optional(),
});
export type ShownSlow = z.infer<typeof slowSchema>;

/** Page → host: the figures that are counted. */
export const quickFiguresOf = requestType('quickFigures', z.object({ filter: filterSchema }), quickSchema);
/** Page → host: the figures whose intervals take a moment. */
export const slowFiguresOf = requestType('slowFigures', z.object({ filter: filterSchema }), slowSchema);
/** Page → host: what to do where there is nothing to show, or nothing could be read. */
export const dashboardWish = eventType(
  'dashboardWish',
  z.object({ what: z.enum(['next-task', 'import', 'log']) }),
);
/** Host → page: reviews or tasks have changed, or how they are to be shown. */
export const figuresChanged = eventType('figuresChanged', z.object({}));

/** Longest wait for figures, in milliseconds: a store on a slow disk may hold very many reviews. */
export const figuresTimeoutMs = 120_000;
