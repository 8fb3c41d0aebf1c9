import * as z from 'zod';
import { jsonSchema } from '../text/jsonSchema.ts';
import {
  caseIdPattern,
  floatTolerance,
  isTakenFolder,
  longestCaseId,
  maxFolders,
  mostAlternatives,
  topFolderPattern,
} from './caseRules.ts';
import { isRelativePath, longestPath } from './paths.ts';
import { preferenceSchema } from './preference.ts';
import { rubricSchema } from './rubric.ts';

/** A relative POSIX path that stays inside its folder and outside `.git`: task files may be hostile. */
export const relativePathSchema = z
  .string()
  .min(1)
  .max(longestPath)
  .refine(isRelativePath, 'must be a relative path with "/" that stays inside the folder and out of ".git"');

export const sourceFileSchema = z.strictObject({ path: relativePathSchema, text: z.string() });
export type SourceFile = z.infer<typeof sourceFileSchema>;

const filesFromBase = {
  /** Only these files and folders; all if omitted. */
  paths: z.array(relativePathSchema).min(1).max(200).optional(),
  /** Content hash of the files as read. If present, the files are in `files` and are not read again. */
  hash: z.string().optional(),
};

/** The place from which an import reads a task's files, in addition to the task's own `files`. */
export const filesFromSchema = z.union([
  /** A folder next to the task file. */
  z.strictObject({ ...filesFromBase, folder: relativePathSchema }),
  /** A revision of a local clone next to the task file or in the folder of clones. */
  z.strictObject({
    ...filesFromBase,
    clone: relativePathSchema,
    /** A commit, tag or branch; the import records the full hash of the commit. */
    revision: z.string().regex(/^\w[\w./-]{0,199}$/, 'must be a commit, a tag or a branch'),
  }),
]);
export type FilesFrom = z.infer<typeof filesFromSchema>;

/** How an actual output is compared with the expected output. */
export const comparatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact') }),
  z.strictObject({ kind: z.literal('trailing-space') }),
  z.strictObject({ kind: z.literal('tokens'), ignoreCase: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('float'),
    /** Relative and absolute tolerance, as in `abs(a - b) <= atol + rtol * abs(b)`. */
    rtol: z.number().nonnegative().default(floatTolerance.rtol),
    atol: z.number().nonnegative().default(floatTolerance.atol),
    /** Ignores case in words that are not numbers. */
    ignoreCase: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('unordered') }),
  z.strictObject({ kind: z.literal('json') }),
  /** A program in the task's language that reads `{input, expected, actual}` and exits 0 to accept. */
  z.strictObject({ kind: z.literal('checker'), source: z.string() }),
]);
export type Comparator = z.infer<typeof comparatorSchema>;

/** Limits for one run of one program. An omitted limit has the runner's default. */
export const limitsSchema = z.strictObject({
  cpuMs: z.int().min(10).max(600_000).optional(),
  wallMs: z.int().min(10).max(1_800_000).optional(),
  memoryBytes: z.int().min(16_777_216).max(17_179_869_184).optional(),
  stackBytes: z.int().min(1_048_576).max(17_179_869_184).optional(),
  processes: z.int().min(1).max(4096).optional(),
  fileBytes: z.int().min(0).max(4_294_967_296).optional(),
  outputBytes: z.int().min(1024).max(67_108_864).optional(),
});
export type Limits = z.infer<typeof limitsSchema>;
/** Limits with every value set. */
export type FullLimits = { readonly [Name in keyof Limits]-?: NonNullable<Limits[Name]> };

export const caseOrigins = ['task', 'evaluator', 'difference'] as const;

/** How to generate inputs of growing size for a case, to measure how an answer's time grows. */
export const growthSchema = z.strictObject({
  /** A program in the task's language. It reads n and prints the input: a JSON list of arguments for a `call`. */
  generator: z.string().min(1),
  /** The values of n, ascending. */
  sizes: z
    .array(z.int().min(1).max(1_000_000_000))
    .min(3)
    .max(12)
    .refine((sizes) => sizes.every((size, index) => index === 0 || size > sizes[index - 1]!), 'must ascend'),
});

const caseBase = {
  id: z
    .string()
    .max(longestCaseId)
    .regex(caseIdPattern, 'must not be empty and must not contain a quotation mark or line break'),
  title: z.string().optional(),
  /** Who made the case. */
  origin: z.enum(caseOrigins).default('task'),
  limits: limitsSchema.optional(),
};

/** A folder of its own at the top of the file system, such as `/testbed`. */
const topFolderSchema = z
  .string()
  .regex(topFolderPattern, 'must be a folder at the top, such as "/testbed"')
  .refine((path) => !isTakenFolder(path), 'must not be a folder that every system has');

/** Judges whose conventions a case can follow; see `judge`. */
const judgeSchema = z.enum(['apps', 'livecodebench']);

export const caseSchema = z.discriminatedUnion('kind', [
  /** Calls a function with JSON arguments. Expects either its value or the name of the exception that it throws. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('call'),
    function: z.string().optional(),
    args: z.array(jsonSchema),
    expected: jsonSchema.optional(),
    /** Other values that pass as well. */
    alternatives: z.array(jsonSchema).min(1).max(mostAlternatives).optional(),
    throws: z.string().optional(),
    comparator: comparatorSchema.optional(),
    /** Python runs with the imports of this judge, its limit for recursion, and its way to find a function. */
    judge: judgeSchema.optional(),
    growth: growthSchema.optional(),
  }),
  /** Runs the program on an input and compares its output. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('stdin'),
    input: z.string(),
    output: z.string(),
    /** Files next to the program, such as an input file that it reads. */
    files: z.array(sourceFileSchema).optional(),
    /** The file that the program writes its output to; what it prints counts if it does not write the file. */
    outputFile: relativePathSchema.optional(),
    comparator: comparatorSchema.optional(),
    /** As for a call. */
    judge: judgeSchema.optional(),
    growth: growthSchema.optional(),
  }),
  /** A test in the language's own style; it passes if its exit status is 0. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('unit'),
    source: z.string(),
    framework: z.string().optional(),
  }),
  /** Runs a query against a schema and rows, and compares the returned rows. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('sql'),
    schema: z.string(),
    query: z.string().optional(),
    rows: z.array(z.array(jsonSchema)),
    ordered: z.boolean().default(false),
  }),
  /** Runs a command in the folder of the answer's files and compares its exit status, output and files. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('command'),
    argv: z.array(z.string()).min(1),
    input: z.string().optional(),
    /** Files that replace the answer's files, such as tests that the answer must not change. */
    files: z.array(sourceFileSchema).optional(),
    /** Empty, writable folders at the top of the file system, such as `/testbed`. */
    folders: z.array(topFolderSchema).max(maxFolders).optional(),
    expect: z.strictObject({
      exit: z.int().min(0).max(255).optional(),
      stdout: z.string().optional(),
      stderr: z.string().optional(),
      files: z.array(sourceFileSchema).optional(),
      comparator: comparatorSchema.optional(),
    }),
  }),
]);
export type Case = z.infer<typeof caseSchema>;
export const caseKinds = [
  'call',
  'stdin',
  'unit',
  'sql',
  'command',
] as const satisfies readonly Case['kind'][];
export type CaseKind = Case['kind'];

/** One turn of a conversation. `role` is the chat API's: "system", "user", "assistant", "tool". */
export const messageSchema = z.strictObject({ role: z.string().min(1).max(60), content: z.string() });
export type Message = z.infer<typeof messageSchema>;

export const answerSchema = z.strictObject({
  /** Scores and readings use the id as the name of an object member. */
  id: z
    .string()
    .min(1)
    .max(200)
    .refine((id) => id !== '__proto__', 'must not be "__proto__"'),
  text: z.string(),
  /** The turns, if the answer has several; `text` has them as one text. */
  messages: z.array(messageSchema).min(1).max(200).optional(),
  model: z.string().optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** What a task can ask of the evaluator. */
export const asks = ['rank', 'rate', 'flag', 'ideal', 'cases'] as const;

/** A known verdict, by answer id. */
export const goldSchema = z.strictObject({
  preference: preferenceSchema,
  rationale: z.string().optional(),
});

const taskObject = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().optional(),
  /** Lower-case name of the language of the answers, such as `python`. */
  language: z.string().regex(/^[a-z][a-z0-9+#.-]*$/, 'must be a lower-case language name, such as "python"'),
  prompt: z.string(),
  /** The turns of the prompt, if it is a conversation; `prompt` has them as one text. */
  messages: z.array(messageSchema).min(1).max(200).optional(),
  files: z.array(sourceFileSchema).optional(),
  filesFrom: filesFromSchema.optional(),
  answers: z.array(answerSchema).min(1).max(2),
  cases: z.array(caseSchema).optional(),
  /** A command that runs once in the folder of the answer's files; every case sees the files that it creates. */
  build: z.array(z.string()).min(1).optional(),
  /** The function, class or file that cases start from. */
  entry: z.string().optional(),
  /** A rubric, or the id of a rubric that ships with Tiebreak. */
  rubric: z.union([z.string(), rubricSchema]).optional(),
  ask: z.array(z.enum(asks)).optional(),
  reference: z.string().optional(),
  gold: goldSchema.optional(),
  tags: z.array(z.string()).optional(),
  limits: limitsSchema.optional(),
  source: jsonSchema.optional(),
});

/** A task: a prompt, one or two answers, and what is known about them. Task files are JSONL. */
export const taskSchema = taskObject.superRefine((task, context) => {
  reportDuplicates(task.answers, 'answers', context);
  reportDuplicates(task.cases ?? [], 'cases', context);
});
export type Task = z.infer<typeof taskSchema>;

function reportDuplicates(items: readonly { id: string }[], path: string, context: z.RefinementCtx): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (seen.has(item.id)) {
      context.addIssue({
        code: 'custom',
        path: [path, index, 'id'],
        message: `the id "${item.id}" is used twice`,
      });
    }
    seen.add(item.id);
  });
}
