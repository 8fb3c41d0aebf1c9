import * as z from 'zod';
import { jsonSchema } from './json.ts';
import { caseSchema, limitsSchema, type FullLimits } from './task.ts';

export const verdicts = ['pass', 'fail', 'error', 'timeout', 'memory', 'output', 'unsupported'] as const;
export type Verdict = (typeof verdicts)[number];

/** How one test function inside a `unit` case ended, where the framework's output tells. */
export const testResultSchema = z.strictObject({
  name: z.string(),
  verdict: z.enum(['pass', 'fail', 'error', 'skip']),
  message: z.string().optional(),
});

/** What executing one case for one answer gave. Times in milliseconds, sizes in bytes. */
export const caseResultSchema = z.strictObject({
  caseId: z.string(),
  verdict: z.enum(verdicts),
  /** Why the verdict is what it is, in one sentence, where it is not plain from the rest. */
  reason: z.string().optional(),
  expected: jsonSchema.optional(),
  actual: jsonSchema.optional(),
  /** What was printed; control characters other than tab and newline are escaped, capped by the limits. */
  stdout: z.string(),
  stderr: z.string(),
  wallMs: z.number(),
  cpuMs: z.number(),
  peakBytes: z.number(),
  exit: z.int().nullable(),
  signal: z.string().nullable(),
  tests: z.array(testResultSchema).optional(),
});
export type CaseResult = z.infer<typeof caseResultSchema>;

/** Bounds that hold when neither the task nor the case says otherwise. */
export const defaultLimits = {
  cpuMs: 10_000,
  wallMs: 32_000,
  memoryBytes: 536_870_912,
  processes: 64,
  fileBytes: 67_108_864,
  outputBytes: 1_048_576,
} as const satisfies FullLimits;

/** Executing the cases for one answer, with all that is needed to do it again. */
export const runSchema = z.strictObject({
  id: z.string(),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  taskId: z.string(),
  answerId: z.string(),
  codeHash: z.string(),
  casesHash: z.string(),
  /** The very cases that were run, so that the record replays without the task. */
  cases: z.array(caseSchema),
  /** The very files that were run. */
  files: z.array(z.strictObject({ path: z.string(), text: z.string() })),
  toolchain: z.strictObject({ language: z.string(), name: z.string(), version: z.string() }),
  sandbox: z.strictObject({
    kind: z.string(),
    /** Times and memory come from polling, not from the kernel's own account. */
    approximate: z.boolean(),
  }),
  limits: limitsSchema.required(),
  /** The results are those of an earlier run of the same code, cases, toolchain and limits. */
  cached: z.boolean(),
  /** The person stopped it: cases without a result were not run. */
  cancelled: z.boolean(),
  results: z.array(caseResultSchema),
});
export type Run = z.infer<typeof runSchema>;

/** What one run of one program took, in milliseconds. */
const timeSchema = z.strictObject({ wallMs: z.number(), cpuMs: z.number() });
export type Time = z.infer<typeof timeSchema>;

/** The times of one answer in a comparison. */
const timedAnswerSchema = z.strictObject({
  answerId: z.string(),
  codeHash: z.string(),
  /** One a pair, in order. */
  times: z.array(timeSchema),
  /** Why there are none or fewer, such as a case that the answer does not pass. */
  problem: z.string().optional(),
  growth: z
    .strictObject({
      /** The times at each size that was reached. */
      points: z.array(z.strictObject({ size: z.int(), times: z.array(timeSchema) })),
      /** Why larger sizes were not reached. */
      problem: z.string().optional(),
    })
    .optional(),
});
export type TimedAnswer = z.infer<typeof timedAnswerSchema>;

/** Two answers run in turn on one case, never at once, with all that is needed to judge the figures. */
export const timingSchema = z.strictObject({
  id: z.string(),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  taskId: z.string(),
  case: caseSchema,
  /** In the order in which they ran within each pair. */
  answers: z.array(timedAnswerSchema).length(2),
  /** What a program that does nothing takes here: part of every time. */
  start: timeSchema.optional(),
  toolchain: runSchema.shape.toolchain,
  sandbox: runSchema.shape.sandbox,
  limits: runSchema.shape.limits,
});
export type Timing = z.infer<typeof timingSchema>;

/** Ids of the cases that one run passes and the other does not. */
export function splittingCases(
  a: Pick<Run, 'results'> | undefined,
  b: Pick<Run, 'results'> | undefined,
): string[] {
  if (a === undefined || b === undefined) return [];
  const passedByB = new Map(b.results.map((result) => [result.caseId, result.verdict === 'pass']));
  return a.results
    .filter((result) => {
      const other = passedByB.get(result.caseId);
      return other !== undefined && other !== (result.verdict === 'pass');
    })
    .map((result) => result.caseId);
}

/** How many cases passed, of how many that were run. */
export function tally(run: Run): { passed: number; total: number } {
  return {
    passed: run.results.filter((result) => result.verdict === 'pass').length,
    total: run.results.length,
  };
}

/** The one spelling of a toolchain under which runs are kept and found again. */
export function toolchainKey({ language, name, version }: Run['toolchain']): string {
  return `${language} ${name} ${version}`;
}
