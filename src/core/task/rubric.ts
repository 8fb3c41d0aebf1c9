import * as z from 'zod';
import { tiebreakError } from '../errors.ts';
import { fromTemplate, rubricTemplateSchema } from './rubricTemplate.ts';
import { schemaFault } from '../text/schemaFault.ts';

/** A point of a scale: the number that an evaluator gives, and its meaning. */
export const scalePointSchema = z.strictObject({ value: z.number(), meaning: z.string() });

export const criterionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_-]*$/i, 'must be a short name of letters, digits, "-" and "_"'),
  title: z.string().min(1),
  description: z.string(),
  weight: z.number().positive().default(1),
  /** Ascending by value, at least two points. */
  scale: z.array(scalePointSchema).min(2),
});
export type Criterion = z.infer<typeof criterionSchema>;

/** A rubric as Tiebreak writes it. `readRubric` also takes the plain template. */
export const rubricSchema = z
  .strictObject({
    id: z.string().min(1),
    title: z.string().min(1),
    description: z.string().optional(),
    criteria: z.array(criterionSchema).min(1),
    /** Guidance shown above the criteria. */
    notes: z.string().optional(),
    /** Thresholds of rationale rules that differ from the defaults. */
    thresholds: z
      .strictObject({
        fewestWords: z.int().nonnegative().optional(),
        briefWords: z.int().nonnegative().optional(),
        mostWords: z.int().positive().optional(),
        /** R12: hedges per hundred words. */
        hedgesPerHundred: z.number().positive().optional(),
        /** R14: nits in one rationale. */
        mostNits: z.int().nonnegative().optional(),
        /** R21: Jaccard index of the five-word sequences of two rationales. */
        likeness: z.number().positive().max(1).optional(),
        /** R23: the score difference from which the text must say why. */
        scoreGap: z.number().positive().optional(),
        /** R24: share of five-word sequences that also occur in the prompt or the answers. */
        copiedShare: z.number().positive().max(1).optional(),
      })
      .optional(),
    /** Severities of rationale rules that differ from the default: `{"R16": "W"}`. */
    rules: z.record(z.string(), z.enum(['E', 'W', 'I', 'off'])).optional(),
  })
  .superRefine((rubric, context) => {
    const ids = rubric.criteria.map((criterion) => criterion.id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['criteria', index, 'id'],
          message: `the id "${id}" is used twice`,
        });
      }
    });
    rubric.criteria.forEach((criterion, index) => {
      if (criterion.scale.some((point, at) => at > 0 && point.value <= criterion.scale[at - 1]!.value)) {
        context.addIssue({
          code: 'custom',
          path: ['criteria', index, 'scale'],
          message: 'must ascend by value',
        });
      }
    });
  });
export type Rubric = z.infer<typeof rubricSchema>;

/** The shipped rubric for scoring a rationale. No task can name it, because its criteria do not apply to answers. */
export const rationaleRubricId = 'rationale';

/** Criterion id → score, for one answer. */
export const scoresSchema = z.record(z.string(), z.number());
export type Scores = z.infer<typeof scoresSchema>;

/**
 * A rubric from parsed JSON: Tiebreak's own form, or the plain template with the criteria under "rubric".
 * `source` is the file or task of the rubric. Errors name it, and a template without an id gets its id from it.
 * Throws `rubric-invalid`.
 */
export function readRubric(json: unknown, source: string): Rubric {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw invalidRubric(
      source,
      'A rubric must be an object',
      'Write {"rubric": {"correctness": {"description": "…", "scale": [0, 1, 2]}}}',
    );
  }
  if (!Object.hasOwn(json, 'rubric')) return checked(rubricSchema, json, source);
  const template = checked(rubricTemplateSchema, json, source);
  return checked(rubricSchema, fromTemplate(template, baseName(source)), source);
}

/** The value as parsed by the schema. Throws for the first fault. */
function checked<Value>(schema: z.ZodType<Value>, value: unknown, source: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { reason } = schemaFault(result.error, value, { '': '' });
  throw invalidRubric(
    source,
    `The rubric cannot be used: ${reason}`,
    'Each criterion needs a description and a scale of at least two different numbers',
  );
}

function invalidRubric(where: string, what: string, remedy: string): Error {
  return tiebreakError('rubric-invalid', { what, where, remedy });
}

/** "rubrics/front-end.json" → "front-end". */
function baseName(source: string): string {
  const name = source
    .split(/[/\\]/)
    .at(-1)!
    .replace(/\.[^.]*$/, '');
  return name === '' ? 'rubric' : name;
}
