import * as z from 'zod';
import type { GoldVerdict } from './gold.ts';
import type { Ideal } from './ideal.ts';
import type { Inspection } from './inspection.ts';
import { ledgerSchemas, type LedgerKind, type LedgerRecord } from './ledger.ts';
import { rubricSchema, type Criterion, type Rubric } from './rubric.ts';
import { rubricTemplateSchema } from './rubricTemplate.ts';
import type { Settlement } from './settlement.ts';
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

/** What most final records have. */
const recordFields = {
  id: 'A UUID of version 7.',
  taskId: 'The task it is about.',
  taskHash: 'SHA-256 of the canonical JSON of the task as it was.',
  author: 'Who made it: an opaque id.',
  revises: 'The record of the same kind that this one replaces.',
  activeMs: 'Time with a sign of life, in milliseconds.',
  startedAt: 'ISO 8601 in UTC.',
  submittedAt: 'ISO 8601 in UTC.',
  toolVersion: 'The version of Tiebreak that made it.',
  prevHash: "Hash of the author's record of the kind before it in the same store; empty for the first.",
} as const;

const inspectionFields: Descriptions<Inspection> = {
  ...recordFields,
  reviewId: 'The review that is judged.',
  reviewHash: 'SHA-256 of the canonical JSON of the review as it was inspected.',
  scores: 'Score of the rationale by criterion of the rationale rubric.',
  rubricHash: 'SHA-256 of the canonical JSON of the rationale rubric.',
  comments: 'Comments on spans of the rationale, counted in UTF-16 units.',
  replays: "What replaying the review's runs gave.",
  decision: 'Approved, sent back with required changes, corrected, or rejected.',
};

const settlementFields: Descriptions<Settlement> = {
  ...recordFields,
  reviews: 'The reviews that were held side by side, with the hash of each.',
  source: 'How the verdict came about.',
  verdict: 'The verdict by answer id; null where it is unresolved.',
  differences: 'What the reviews differ on: facts, weights or taste.',
  reason: 'Why the verdict is what it is.',
};

const goldFields: Descriptions<GoldVerdict> = {
  ...recordFields,
  preference: 'The reference verdict, by answer id.',
  rationale: 'Why; shown after the task in training.',
  shown: 'The order of the answers in which the rationale calls them A and B.',
  use: 'Whether it measures, teaches or admits.',
  settlement: 'The settlement that it was taken from.',
};

const idealFields: Descriptions<Ideal> = {
  ...recordFields,
  files: 'The solution.',
  startedFrom: 'The answer it started from; null for an empty file.',
  notes: 'What was changed and why. Markdown.',
  references: 'What was used.',
  runs: 'Runs of the ideal and of the answers on the cases that prove it.',
  proof: 'The cases that a weak answer fails, or the reason why there is none.',
};

const ledgerFields: { readonly [Kind in LedgerKind]: Descriptions<LedgerRecord<Kind>> } = {
  inspection: inspectionFields,
  settlement: settlementFields,
  gold: goldFields,
  ideal: idealFields,
};

const ledgerAbout: Readonly<Record<LedgerKind, string>> = {
  inspection: "A reviewer's judgement of a review.",
  settlement: 'The verdict on a task that two or more have reviewed.',
  gold: 'The reference verdict of a task.',
  ideal: "A trainer's solution of a task, proved.",
};

/** The JSON Schemas (draft 7) that ship for the editor's own JSON support, by file name. */
export function jsonSchemas(): Readonly<Record<'task' | 'rubric' | LedgerKind, JsonSchema>> {
  return {
    task: taskJsonSchema(),
    rubric: rubricJsonSchema(),
    inspection: ledgerJsonSchema('inspection'),
    settlement: ledgerJsonSchema('settlement'),
    gold: ledgerJsonSchema('gold'),
    ideal: ledgerJsonSchema('ideal'),
  };
}

function ledgerJsonSchema(kind: LedgerKind): JsonSchema {
  const schema = toJsonSchema(ledgerSchemas[kind]);
  describe(schema, ledgerFields[kind]);
  return { ...schema, title: `Tiebreak ${kind}`, description: ledgerAbout[kind] };
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
