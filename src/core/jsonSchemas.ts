import * as z from 'zod';
import { rubricSchema, type Criterion, type Rubric } from './rubric.ts';
import { rubricTemplateSchema } from './rubricTemplate.ts';
import { taskSchema, type Answer, type CaseKind, type Task } from './task.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;
/** What each field of a type is; the mapped type makes a forgotten one a compile error. */
type Descriptions<Type> = Readonly<Record<keyof Type & string, string>>;

const taskFields: Descriptions<Task> = {
  id: 'Names the task; no other task of the file has it.',
  title: 'What the queue shows; the first line of the prompt where it is left out.',
  language: 'Lower-case name of the language the answers are written in, such as "python".',
  prompt: 'What the model was asked. Markdown.',
  files:
    'Files that were there already: an answer that is a diff applies to them, and cases run beside them.',
  filesFrom:
    'A folder beside the file of tasks, or a local clone and a revision of it, whose files are read on import.',
  answers: 'One or two answers. Their order is not the order in which they are shown.',
  cases: 'Tests that each answer is run on.',
  build:
    "A command that is run once, in the folder of the answer's files; what it leaves is there for every case.",
  entry: 'The function, class or file that cases start from.',
  rubric: 'The id of a rubric that ships with Tiebreak, or a rubric.',
  ask: 'What the evaluator is asked for; to rank, where it is left out.',
  reference: 'A solution that is known to be right. Never shown before the review is submitted.',
  gold: 'The verdict that is known, by answer id. Never shown before the review is submitted.',
  tags: 'Words to filter the queue by.',
  limits: 'Bounds of each run; what is left out takes the default. Times in milliseconds, sizes in bytes.',
  source: 'Where the task comes from: any JSON. Never shown before the review is submitted.',
};

const answerFields: Descriptions<Answer> = {
  id: 'Names the answer within the task.',
  text: 'What the model wrote, as it wrote it.',
  model: 'The model. Never shown before the review is submitted.',
};

const caseKinds: Readonly<Record<CaseKind, string>> = {
  call: 'Calls a function with JSON arguments and compares what it returns or throws.',
  stdin: 'Runs the program on an input and compares what it prints.',
  unit: "A test in the language's own style; it passes when it ends with exit status 0.",
  sql: 'Runs a query against a schema and rows and compares the rows that come back.',
  command: 'Runs a command beside the files and compares its exit status, output and files.',
};

const rubricFields: Descriptions<Rubric> = {
  id: 'Names the rubric.',
  title: 'What the panel shows.',
  description: 'What the rubric is for.',
  criteria: 'What each answer is scored by, in the order in which it is shown.',
  notes: 'Guidance that is shown above the criteria.',
  thresholds: 'Bounds of the rules of the rationale, where they differ from the defaults.',
  rules: 'Severity of the rules of the rationale, where it differs: {"R16": "W"}.',
};

const criterionFields: Descriptions<Criterion> = {
  id: 'A short name of letters, digits, "-" and "_".',
  title: 'What the panel shows.',
  description: 'What is judged.',
  weight: 'How much it counts beside the other criteria; 1 where it is left out.',
  scale: 'The points that can be given, ascending, each with what it means.',
};

/** The JSON Schemas (draft 7) that ship for the editor's own JSON support, by file name. */
export function jsonSchemas(): Readonly<Record<'task' | 'rubric', JsonSchema>> {
  return { task: taskJsonSchema(), rubric: rubricJsonSchema() };
}

function taskJsonSchema(): JsonSchema {
  const schema = toJsonSchema(taskSchema);
  describe(schema, taskFields);
  describe(items(schema, 'answers'), answerFields);
  for (const kind of items(schema, 'cases').oneOf ?? []) {
    const name = propertyOf(kind, 'kind').const as CaseKind;
    Object.assign(kind, { title: name, description: caseKinds[name] });
  }
  return {
    ...schema,
    title: 'Tiebreak task',
    description: 'A prompt, one or two answers, and what is known of them.',
  };
}

function rubricJsonSchema(): JsonSchema {
  const own = toJsonSchema(rubricSchema);
  describe(own, rubricFields);
  describe(items(own, 'criteria'), criterionFields);
  const { $schema, ...rubric } = own;
  const { $schema: _, ...template } = toJsonSchema(rubricTemplateSchema);
  return {
    ...($schema !== undefined && { $schema }),
    title: 'Tiebreak rubric',
    description:
      'Criteria by which each answer is scored: as a list, or as the plain template with names as keys.',
    anyOf: [rubric, template],
  };
}

/** What may be written in a file: fields with a default may be left out there. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
}

function describe(schema: JsonSchema, descriptions: Readonly<Record<string, string>>): void {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    Object.assign(property, { description: descriptions[name] });
  }
}

function items(schema: JsonSchema, property: string): JsonSchema {
  return propertyOf(schema, property).items as JsonSchema;
}

function propertyOf(schema: JsonSchema, name: string): JsonSchema {
  return schema.properties![name] as JsonSchema;
}
