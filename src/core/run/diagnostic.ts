import * as z from 'zod';

export const severities = ['error', 'warning', 'info'] as const;

/** What a diagnostic is about, so that sides can be compared whatever the tool. */
export const diagnosticCategories = [
  'syntax',
  'type',
  'unknown-api',
  'unsafe',
  'personal-data',
  'style',
  'other',
] as const;

/** One thing a check says of an answer's file. Lines and columns count from 1; `end` is exclusive by column. */
export const diagnosticSchema = z.strictObject({
  file: z.string(),
  range: z.strictObject({
    startLine: z.int().positive(),
    startColumn: z.int().positive(),
    endLine: z.int().positive(),
    endColumn: z.int().positive(),
  }),
  severity: z.enum(severities),
  code: z.string(),
  message: z.string(),
  /** The tool that says it: `pyright`, `typescript`. */
  source: z.string(),
  category: z.enum(diagnosticCategories),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;

/** What one check found in one answer. */
export const checkReportSchema = z.strictObject({
  check: z.string(),
  version: z.string(),
  answerId: z.string(),
  codeHash: z.string(),
  status: z.enum(['done', 'missing', 'failed', 'timeout']),
  /** What is missing or what failed, and the mend. */
  reason: z.string().optional(),
  diagnostics: z.array(diagnosticSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
