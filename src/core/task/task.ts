import * as z from 'zod';
import { jsonSchema } from './json.ts';
import { preferenceSchema } from './preference.ts';
import { rubricSchema } from './rubric.ts';

/** A relative POSIX path that stays inside its folder, and out of git's: task files are hostile until proven otherwise. */
export const relativePathSchema = z
  .string()
  .min(1)
  .max(512)
  .refine(isInside, 'must be a relative path with "/" that stays inside the folder and out of ".git"');

export const sourceFileSchema = z.strictObject({ path: relativePathSchema, text: z.string() });
export type SourceFile = z.infer<typeof sourceFileSchema>;

const filesFromBase = {
  /** Only these files and folders; all where nothing is said. */
  paths: z.array(relativePathSchema).min(1).max(200).optional(),
  /** Content hash of the files as they were read; with it they stand in `files` and are not read again. */
  hash: z.string().optional(),
};

/** Where a task's files are read from when it is imported, beside or under those it brings itself. */
export const filesFromSchema = z.union([
  /** A folder beside the file of tasks. */
  z.strictObject({ ...filesFromBase, folder: relativePathSchema }),
  /** A local clone, beside the file of tasks or in the folder of clones, and a revision of it. */
  z.strictObject({
    ...filesFromBase,
    clone: relativePathSchema,
    /** A commit, tag or branch; what was read is recorded as the full hash of the commit. */
    revision: z.string().regex(/^\w[\w./-]{0,199}$/, 'must be a commit, a tag or a branch'),
  }),
]);
export type FilesFrom = z.infer<typeof filesFromSchema>;

/** How an actual output is held against the expected one. */
export const comparatorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exact') }),
  z.strictObject({ kind: z.literal('trailing-space') }),
  z.strictObject({ kind: z.literal('tokens') }),
  z.strictObject({
    kind: z.literal('float'),
    /** Relative and absolute tolerance, as in `abs(a - b) <= atol + rtol * abs(b)`. */
    rtol: z.number().nonnegative().default(1e-7),
    atol: z.number().nonnegative().default(1e-6),
  }),
  z.strictObject({ kind: z.literal('unordered') }),
  z.strictObject({ kind: z.literal('json') }),
  /** A program in the task's language that reads `{input, expected, actual}` and exits 0 to accept. */
  z.strictObject({ kind: z.literal('checker'), source: z.string() }),
]);
export type Comparator = z.infer<typeof comparatorSchema>;

/** Bounds of one run of one program. What a task leaves out takes the runner's default. */
export const limitsSchema = z.strictObject({
  cpuMs: z.int().min(10).max(600_000).optional(),
  wallMs: z.int().min(10).max(1_800_000).optional(),
  memoryBytes: z.int().min(16_777_216).max(17_179_869_184).optional(),
  processes: z.int().min(1).max(4096).optional(),
  fileBytes: z.int().min(0).max(4_294_967_296).optional(),
  outputBytes: z.int().min(1024).max(67_108_864).optional(),
});
export type Limits = z.infer<typeof limitsSchema>;
/** Limits of which none is left open. */
export type FullLimits = { readonly [Name in keyof Limits]-?: NonNullable<Limits[Name]> };

export const caseOrigins = ['task', 'evaluator', 'difference'] as const;

/** How to make ever larger inputs of a case, to see how an answer's time grows with them. */
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
  /** Cited as `@case:id`, in quotes where it has spaces: so it holds no quotation mark and no line break. */
  id: z
    .string()
    .max(120)
    .regex(/^[^"\r\n]+$/, 'must not be empty and hold no quotation mark or line break'),
  title: z.string().optional(),
  /** Who made the case. */
  origin: z.enum(caseOrigins).default('task'),
  limits: limitsSchema.optional(),
};

/** What every system has at the top of its file system, and what the sandbox puts there. */
const takenFolders =
  /^\/(bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|scratch|srv|sys|tmp|usr|var)$/;

const topFolderSchema = z
  .string()
  .regex(/^\/[a-z][a-z0-9_-]{0,30}$/, 'must be a folder at the top, such as "/testbed"')
  .refine((path) => !takenFolders.test(path), 'must not be a folder that every system has');

export const caseSchema = z.discriminatedUnion('kind', [
  /** Calls a function with JSON arguments. Either its value or the name of what it throws is expected. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('call'),
    function: z.string().optional(),
    args: z.array(jsonSchema),
    expected: jsonSchema.optional(),
    throws: z.string().optional(),
    comparator: comparatorSchema.optional(),
    growth: growthSchema.optional(),
  }),
  /** Runs the program on an input and compares what it prints. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('stdin'),
    input: z.string(),
    output: z.string(),
    comparator: comparatorSchema.optional(),
    growth: growthSchema.optional(),
  }),
  /** A test written in the language's own style; it passes when it ends with exit status 0. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('unit'),
    source: z.string(),
    framework: z.string().optional(),
  }),
  /** Runs a query against a schema and rows, and compares the rows that come back. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('sql'),
    schema: z.string(),
    query: z.string().optional(),
    rows: z.array(z.array(jsonSchema)),
    ordered: z.boolean().default(false),
  }),
  /** Runs a command beside the answer's files and compares its exit status, output and files. */
  z.strictObject({
    ...caseBase,
    kind: z.literal('command'),
    argv: z.array(z.string()).min(1),
    input: z.string().optional(),
    /** Laid over the answer's, such as the tests that it must not change. */
    files: z.array(sourceFileSchema).optional(),
    /** Folders at the top of the file system, such as `/testbed`, that are there, empty and writable. */
    folders: z.array(topFolderSchema).max(8).optional(),
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
export type CaseKind = Case['kind'];

export const answerSchema = z.strictObject({
  /** Scores and readings are kept under it, as members of objects. */
  id: z
    .string()
    .min(1)
    .max(200)
    .refine((id) => id !== '__proto__', 'must not be "__proto__"'),
  text: z.string(),
  model: z.string().optional(),
});
export type Answer = z.infer<typeof answerSchema>;

/** What the evaluator is asked for. */
export const asks = ['rank', 'rate', 'flag', 'ideal', 'cases'] as const;

/** A verdict that is known beforehand, in terms of answer ids. */
export const goldSchema = z.strictObject({
  preference: preferenceSchema,
  rationale: z.string().optional(),
});

const taskObject = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().optional(),
  /** Lower-case name of the language the answers are written in, such as `python`. */
  language: z.string().regex(/^[a-z][a-z0-9+#.-]*$/, 'must be a lower-case language name, such as "python"'),
  prompt: z.string(),
  files: z.array(sourceFileSchema).optional(),
  filesFrom: filesFromSchema.optional(),
  answers: z.array(answerSchema).min(1).max(2),
  cases: z.array(caseSchema).optional(),
  /** A command that is run once in the folder of the answer's files; what it leaves there is there for every case. */
  build: z.array(z.string()).min(1).optional(),
  /** The function, class or file that cases start from. */
  entry: z.string().optional(),
  /** A rubric, or the id of one that ships with Tiebreak. */
  rubric: z.union([z.string(), rubricSchema]).optional(),
  ask: z.array(z.enum(asks)).optional(),
  reference: z.string().optional(),
  gold: goldSchema.optional(),
  tags: z.array(z.string()).optional(),
  limits: limitsSchema.optional(),
  source: jsonSchema.optional(),
});

/** One piece of work: a prompt, one or two answers, and what is known of them. Files of tasks are JSONL. */
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

function isInside(path: string): boolean {
  if (path.startsWith('/') || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path))
    return false;
  return path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));
}
