import * as z from 'zod';

/** A list of numbers, a list of numbers with meanings, or an object number → meaning. */
const templateScaleSchema = z.union([
  z.array(z.union([z.number(), z.strictObject({ value: z.number(), meaning: z.string() })])),
  z.record(z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number'), z.string()),
]);

const templateCriterionSchema = z.strictObject({
  title: z.string().optional(),
  description: z.string().default(''),
  scale: templateScaleSchema,
  weight: z.number().positive().optional(),
});

/** The plain template: `{"rubric": {"correctness": {"description": …, "scale": [0, 1, 2, 3, 4, 5]}}, "notes": …}`. */
export const rubricTemplateSchema = z.strictObject({
  id: z.string().min(1).optional(),
  title: z.string().min(1).optional(),
  description: z.string().optional(),
  rubric: z.record(z.string(), templateCriterionSchema),
  notes: z.union([z.string(), z.array(z.string())]).optional(),
});
type RubricTemplate = z.infer<typeof rubricTemplateSchema>;

/** The template in Tiebreak's own form, not yet validated. `name` is the default id and title. */
export function fromTemplate(template: RubricTemplate, name: string): unknown {
  const { id, title, description, rubric, notes } = template;
  return {
    id: id ?? name,
    title: title ?? readableName(name),
    ...(description === undefined ? {} : { description }),
    criteria: Object.entries(rubric).map(([key, criterion]) => ({
      id: shortName(key),
      title: criterion.title ?? readableName(key),
      description: criterion.description,
      ...(criterion.weight === undefined ? {} : { weight: criterion.weight }),
      scale: scalePoints(criterion.scale),
    })),
    ...(notes === undefined ? {} : { notes: typeof notes === 'string' ? notes : notes.join('\n') }),
  };
}

/** The points in ascending order; a template may list the best first. */
function scalePoints(scale: RubricTemplate['rubric'][string]['scale']): { value: number; meaning: string }[] {
  const points = Array.isArray(scale)
    ? scale.map((point) => (typeof point === 'number' ? { value: point, meaning: '' } : point))
    : Object.entries(scale).map(([value, meaning]) => ({ value: Number(value), meaning }));
  return points.toSorted((one, other) => one.value - other.value);
}

/** "Code Quality" → "code-quality"; a name that is already a valid id is unchanged. */
function shortName(key: string): string {
  if (/^[a-z][a-z0-9_-]*$/i.test(key)) return key;
  return key
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[^a-z]+|-+$/g, '');
}

/** "code_quality" → "Code quality". */
function readableName(key: string): string {
  const words = key.trim().replaceAll(/[_-]+/g, ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
