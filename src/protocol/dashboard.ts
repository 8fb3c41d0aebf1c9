import * as z from 'zod';
import { eventType, requestType } from './message.ts';

/*
 * Messages between the dashboard's page, the extension host and the thread that computes the figures. Evaluators have
 * opaque names, unless the settings show their ids.
 */

const day = z.iso.date();

/** A missing field filters nothing. */
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
  /** Too few shared items for coefficients. */
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
  /** Progress in the qualification set; `none` without such a set. */
  qualification: z.object({
    state: z.enum(['none', 'open', 'passed', 'failed']),
    right: z.int(),
    done: z.int(),
    of: z.int(),
  }),
  /** The value after each gold task, oldest first. `alarm` is the first index at which the value reached `threshold`. */
  drift: z.object({ chart: z.array(z.number()), alarm: z.int().optional(), threshold: z.number() }),
  flipped: proportionSchema,
  kept: proportionSchema,
  position: positionSchema,
});
export type ShownEvaluator = z.infer<typeof evaluatorSchema>;

const quickSchema = z.object({
  /** The values that can be filtered by, from all reviews. */
  choices: z.object({ evaluators: z.array(z.string()), languages: z.array(z.string()) }),
  /** Submitted reviews: all, those that the filter admits, and of these the ones in effect. */
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

const verdictsSchema = z.object({
  evaluator: z.string(),
  /** First reviews of tasks with a known verdict, and how many of them gave it. */
  known: proportionSchema,
  precision: z.number().optional(),
  recall: z.number().optional(),
  f1: z.number().optional(),
  /** Rows: the known verdict; columns: the verdict given; both in the order of `verdictNames`. */
  table: z.array(z.array(z.int())),
  pAgainstOthers: z.number().optional(),
  estimated: z.number().optional(),
  unusual: z.object({ votes: z.int(), statistic: z.number(), limit: z.number(), p: z.number() }).optional(),
});
export type ShownVerdicts = z.infer<typeof verdictsSchema>;

const modelsSchema = z.object({
  /** Whether models may be named. If not, there are no figures of models. */
  isNamed: z.boolean(),
  /** Reviews that compare two models. */
  compared: z.int(),
  /** Reviews left out because the person has yet to judge their tasks. */
  withheld: z.int(),
  /** Strongest first, if strengths can be estimated. */
  models: z.array(
    z.object({
      model: z.string(),
      votes: z.int(),
      wins: z.int(),
      losses: z.int(),
      ties: z.int(),
      bothBad: z.int(),
      strength: coefficientSchema.optional(),
      adjusted: coefficientSchema.optional(),
      rank: coefficientSchema.optional(),
    }),
  ),
  /** Davidson's ν. */
  tie: z.number().optional(),
  pairs: z.array(
    z.object({
      one: z.string(),
      other: z.string(),
      wins: z.int(),
      losses: z.int(),
      ties: z.int(),
      bothBad: z.int(),
      won: proportionSchema,
      ratio: z.number().optional(),
    }),
  ),
  effects: z.array(z.object({ name: z.string(), estimate: coefficientSchema })),
  verdicts: z.array(verdictsSchema),
});
export type ShownModels = z.infer<typeof modelsSchema>;

/** Page → host: the counts. */
export const quickFiguresOf = requestType('quickFigures', z.object({ filter: filterSchema }), quickSchema);
/** Page → host: the figures with intervals, which take longer. */
export const slowFiguresOf = requestType('slowFigures', z.object({ filter: filterSchema }), slowSchema);
/** Page → host: the figures of models, and of verdicts against known ones. */
export const modelFiguresOf = requestType('modelFigures', z.object({ filter: filterSchema }), modelsSchema);
/** Page → host: the person chose a remedy, for example when there is nothing to show. */
export const dashboardRequest = eventType(
  'dashboardWish',
  z.object({ what: z.enum(['next-task', 'import', 'log', 'show-models']) }),
);
/** Host → page: reviews, tasks or settings changed; request the figures again. */
export const figuresChanged = eventType('figuresChanged', z.object({}));
