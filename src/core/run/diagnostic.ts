import * as z from 'zod';

export const severities = ['error', 'warning', 'info'] as const;

/** The category of a diagnostic, so that the sides can be compared across tools. */
export const diagnosticCategories = [
  'syntax',
  'type',
  'unknown-api',
  'unsafe',
  'games-tests',
  'personal-data',
  'style',
  'other',
] as const;

/** One finding of a check in a file of an answer. Lines and columns count from 1; `endColumn` is exclusive. */
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
  /** The tool that reports it: `pyright`, `typescript`. */
  source: z.string(),
  category: z.enum(diagnosticCategories),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;

/** The report of one check on one answer. */
export const checkReportSchema = z.strictObject({
  check: z.string(),
  version: z.string(),
  answerId: z.string(),
  codeHash: z.string(),
  status: z.enum(['done', 'missing', 'failed', 'timeout']),
  /** The missing tool or the failure, with the remedy. */
  reason: z.string().optional(),
  diagnostics: z.array(diagnosticSchema),
});
export type CheckReport = z.infer<typeof checkReportSchema>;
