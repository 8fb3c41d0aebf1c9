import * as z from 'zod';
import type { GoldVerdict } from '../calibration/gold.ts';
import type { Ideal } from '../ideal/ideal.ts';
import type { Inspection } from '../inspection/inspection.ts';
import { ledgerSchemas, type LedgerKind, type LedgerRecord } from '../records/ledger.ts';
import { rubricSchema, type Criterion, type Rubric } from '../task/rubric.ts';
import { rubricTemplateSchema } from '../task/rubricTemplate.ts';
import type { Settlement } from '../inspection/settlement.ts';
import { taskSchema, type Answer, type CaseKind, type Task } from '../task/task.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;
/** The description of each field of a type. Because of the mapped type, a missing description is a compile error. */
type Descriptions<Type> = Readonly<Record<keyof Type & string, string>>;

const taskFields: Descriptions<Task> = {
  id: 'The id of the task, unique in the file.',
  title: 'Shown in the queue. Default: the first line of the prompt.',
  language: 'The language of the answers, in lower case, such as "python".',
  prompt: 'What the model was asked. Markdown.',
  messages: 'The turns of the prompt, if it is a conversation. `prompt` has them as one text.',
  files: 'Files that come with the task. The files of an answer replace them, or its diff changes them.',
  filesFrom:
    'A folder beside the file of tasks, or a revision of a local clone, from which an import reads more files.',
  answers: 'One or two answers. They are shown in another, random order.',
  cases: 'The tests of the task. Each answer runs on all of them.',
  build:
    "A command that runs once in the folder of the answer's files. Every case sees the files that it creates.",
  entry: 'The function, class or file that cases start from.',
  rubric: 'A rubric, or the id of a rubric that ships with Tiebreak.',
  ask: 'What the evaluator is asked for. Default: ["rank"].',
  reference: 'A known solution. Never shown before the review is submitted.',
  gold: 'The known verdict, by answer id. Never shown before the review is submitted.',
  tags: 'Tags by which the queue can be filtered.',
  limits: 'Limits of each case. An omitted limit has its default. Times are in milliseconds, sizes in bytes.',
  source: 'The origin of the task: any JSON. Never shown before the review is submitted.',
};

const answerFields: Descriptions<Answer> = {
  id: 'The id of the answer, unique in the task.',
  text: 'What the model wrote, unchanged.',
  messages: 'The turns of the answer, if it has several. `text` has them as one text.',
  model: 'The model. Never shown before the review is submitted.',
};

const caseKinds: Readonly<Record<CaseKind, string>> = {
  call: 'Calls a function with JSON arguments and compares the returned value or the thrown error.',
  stdin: 'Runs the program on an input and compares its output.',
  unit: "A test in the language's own style; it passes if it exits with status 0.",
  sql: 'Runs a query on tables and compares the returned rows.',
  command:
    "Runs a command in the folder of the answer's files and compares its exit status, output and files.",
};

const rubricFields: Descriptions<Rubric> = {
  id: 'The id of the rubric.',
  title: 'The title that the panel shows.',
  description: 'The purpose of the rubric.',
  criteria: 'The criteria by which each answer is scored, in the order of the panel.',
  notes: 'Guidance shown above the criteria.',
  thresholds: 'Thresholds of the rules of the rationale that differ from the defaults.',
  rules: 'Severities of the rules of the rationale that differ from the defaults: {"R16": "W"}.',
};

const criterionFields: Descriptions<Criterion> = {
  id: 'A short name of letters, digits, "-" and "_".',
  title: 'The title that the panel shows.',
  description: 'The question that the score answers.',
  weight: 'The weight of the criterion among all criteria. Default: 1.',
  scale: 'The points of the scale in ascending order, each with its meaning.',
};

/** Fields that most final records have. */
const recordFields = {
  id: 'A UUID of version 7.',
  taskId: 'The id of the task.',
  taskHash: "SHA-256 of the task's canonical JSON at that time.",
  author: 'The author: an opaque id.',
  revises: 'The id of the record that this record replaces.',
  activeMs: 'Active time in milliseconds.',
  startedAt: 'ISO 8601 in UTC.',
  submittedAt: 'ISO 8601 in UTC.',
  toolVersion: 'The version of Tiebreak that made the record.',
  prevHash: "Hash of the author's previous record of the same kind in the same store; empty for the first.",
} as const;

const inspectionFields: Descriptions<Inspection> = {
  ...recordFields,
  reviewId: 'The id of the inspected review.',
  reviewHash: "SHA-256 of the review's canonical JSON.",
  scores: 'The scores of the rationale, by criterion of the rationale rubric.',
  rubricHash: 'SHA-256 of the canonical JSON of the rationale rubric.',
  comments: 'Comments on spans of the rationale, in UTF-16 code units.',
  replays: "The results of replaying the review's runs.",
  decision: 'The decision: approve, send back with required changes, correct or reject.',
};

const settlementFields: Descriptions<Settlement> = {
  ...recordFields,
  reviews: 'The reviews that were compared, with the hash of each.',
  source: 'How the verdict came about.',
  verdict: 'The verdict by answer id; null if it is unresolved.',
  differences: 'The causes of the differences (facts, weights or taste), and what decided each.',
  reason: 'The reason for the verdict.',
};

const goldFields: Descriptions<GoldVerdict> = {
  ...recordFields,
  preference: 'The reference verdict, by answer id.',
  rationale: 'The reason for the verdict; shown after the task in training.',
  shown: 'The order of the answers in which the rationale calls them A and B.',
  use: 'The use of the gold task: calibration, training, qualification, or none.',
  settlement: 'The settlement from which the verdict was taken.',
};

const idealFields: Descriptions<Ideal> = {
  ...recordFields,
  files: 'The files of the solution.',
  startedFrom: 'The answer it started from; null for an empty file.',
  notes: 'What was changed, and why. Markdown.',
  references: 'The sources that were used.',
  runs: 'Runs of the ideal and of the answers on the cases that prove it.',
  proof: 'The cases that a weak answer fails, or the reason why there can be no such case.',
};

const ledgerFields: { readonly [Kind in LedgerKind]: Descriptions<LedgerRecord<Kind>> } = {
  inspection: inspectionFields,
  settlement: settlementFields,
  gold: goldFields,
  ideal: idealFields,
};

const ledgerAbout: Readonly<Record<LedgerKind, string>> = {
  inspection: "A reviewer's judgement of a review.",
  settlement: 'The verdict on a task that several evaluators reviewed.',
  gold: 'The reference verdict of a task.',
  ideal: "A trainer's proved solution of a task.",
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
    description: 'A prompt, one or two answers, and what is known about them.',
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

/** The input form of the schema: a file may omit fields that have a default. */
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
