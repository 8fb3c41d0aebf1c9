import * as z from 'zod';
import { jsonSchema } from '../text/jsonSchema.ts';
import { caseSchema, limitsSchema, type FullLimits } from '../task/task.ts';

export const verdicts = ['pass', 'fail', 'error', 'timeout', 'memory', 'output', 'unsupported'] as const;
export type Verdict = (typeof verdicts)[number];

/** The result of one test function of a `unit` case, if the framework reports it. */
export const testResultSchema = z.strictObject({
  name: z.string(),
  verdict: z.enum(['pass', 'fail', 'error', 'skip']),
  message: z.string().optional(),
});

/** The result of one case for one answer. Times are in milliseconds, sizes in bytes. */
export const caseResultSchema = z.strictObject({
  caseId: z.string(),
  verdict: z.enum(verdicts),
  /** The reason for the verdict, in one sentence, if the other members do not show it. */
  reason: z.string().optional(),
  expected: jsonSchema.optional(),
  actual: jsonSchema.optional(),
  /** The output, capped by the limits. Control characters other than tab and newline are escaped. */
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

/** The limits that apply unless the task or the case sets others. */
export const defaultLimits = {
  cpuMs: 10_000,
  wallMs: 32_000,
  memoryBytes: 536_870_912,
  stackBytes: 536_870_912,
  processes: 64,
  fileBytes: 67_108_864,
  outputBytes: 1_048_576,
} as const satisfies FullLimits;

/** A run of cases for one answer, with everything that is needed to repeat it. */
export const runSchema = z.strictObject({
  id: z.string(),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  taskId: z.string(),
  answerId: z.string(),
  codeHash: z.string(),
  casesHash: z.string(),
  /** The cases exactly as they ran, so that the record can be replayed without the task. */
  cases: z.array(caseSchema),
  /** The files exactly as they ran. */
  files: z.array(z.strictObject({ path: z.string(), text: z.string() })),
  toolchain: z.strictObject({ language: z.string(), name: z.string(), version: z.string() }),
  sandbox: z.strictObject({
    kind: z.string(),
    /** Times and memory come from polling, not from the kernel's accounting. */
    approximate: z.boolean(),
  }),
  /** Earlier versions did not set the stack, so their runs have no `stackBytes`. */
  limits: limitsSchema.required().partial({ stackBytes: true }),
  /** The results are those of an earlier run of the same code, cases, toolchain and limits. */
  cached: z.boolean(),
  /** The person cancelled the run: cases without a result did not run. */
  cancelled: z.boolean(),
  results: z.array(caseResultSchema),
});
export type Run = z.infer<typeof runSchema>;

/** The times of one run of one program, in milliseconds. */
const timeSchema = z.strictObject({ wallMs: z.number(), cpuMs: z.number() });
export type Time = z.infer<typeof timeSchema>;

/** The times of one answer in a comparison. */
const timedAnswerSchema = z.strictObject({
  answerId: z.string(),
  codeHash: z.string(),
  /** One for each pair of runs, in order. */
  times: z.array(timeSchema),
  /** Why there are no or fewer times, such as a case that the answer does not pass. */
  problem: z.string().optional(),
  growth: z
    .strictObject({
      /** The times at each size that ran. */
      points: z.array(z.strictObject({ size: z.int(), times: z.array(timeSchema) })),
      /** Why larger sizes did not run. */
      problem: z.string().optional(),
    })
    .optional(),
});
export type TimedAnswer = z.infer<typeof timedAnswerSchema>;

/** A comparison of two answers that ran alternately on one case, with everything that is needed to judge its figures. */
export const timingSchema = z.strictObject({
  id: z.string(),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  taskId: z.string(),
  case: caseSchema,
  /** In the order in which they ran within each pair. */
  answers: z.array(timedAnswerSchema).length(2),
  /** The time of a program that does nothing; it is part of every measured time. */
  start: timeSchema.optional(),
  toolchain: runSchema.shape.toolchain,
  sandbox: runSchema.shape.sandbox,
  limits: runSchema.shape.limits,
});
export type Timing = z.infer<typeof timingSchema>;

/** Ids of the cases that pass in one run and not in the other. */
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

/** The number of cases that passed, and the number of cases that ran. */
export function tally(run: Run): { passed: number; total: number } {
  return {
    passed: run.results.filter((result) => result.verdict === 'pass').length,
    total: run.results.length,
  };
}

/** The key of a toolchain under which runs are stored and looked up. */
export function toolchainKey({ language, name, version }: Run['toolchain']): string {
  return `${language} ${name} ${version}`;
}
