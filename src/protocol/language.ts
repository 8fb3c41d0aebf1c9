import * as z from 'zod';
import { diagnosticSchema } from '../core/run/diagnostic.ts';
import { shownPreferenceSchema } from '../core/task/preference.ts';
import { sides } from '../core/task/side.ts';
import type { RationaleContext } from '../core/rationale/context.ts';
import { rubricSchema, scoresSchema } from '../core/task/rubric.ts';
import { caseResultSchema, verdicts } from '../core/run/run.ts';
import { findingSchema } from './finding.ts';
import { eventType, requestType } from './message.ts';

/*
 * Messages between the extension host and the language server beyond LSP. The server never reads the database: it asks
 * the host about a rationale's task. Answers are named by side, never by id.
 */

const sideSchema = z.enum(sides);
const bySide = <T extends z.ZodType>(value: T) => z.partialRecord(sideSchema, value);

/** What the rules check a rationale against. Results come without their output. */
const rationaleContextSchema: z.ZodType<RationaleContext> = z.object({
  ranked: z.boolean(),
  shown: shownPreferenceSchema.nullable(),
  rubric: rubricSchema,
  scores: bySide(scoresSchema),
  prompt: z.string(),
  answers: z.array(
    z.object({
      side: sideSchema,
      files: z.array(z.object({ path: z.string(), lines: z.array(z.string()) })),
      text: z.string(),
    }),
  ),
  cases: z.array(z.object({ id: z.string(), title: z.string().optional() })),
  results: bySide(z.array(caseResultSchema)),
  diagnostics: bySide(z.array(diagnosticSchema)),
  hunks: z.int(),
  searches: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      witnesses: z.array(z.object({ text: z.string(), isExcluded: z.boolean() })),
    }),
  ),
  recent: z.array(z.string()),
});

/** A file of an answer that the editor can open. */
const fileLinkSchema = z.object({ side: sideSchema, path: z.string(), uri: z.string() });

/** The result of a case on one side, with texts shortened for a hover. */
const shownResultSchema = z.object({
  verdict: z.enum(verdicts),
  reason: z.string().optional(),
  actual: z.string().optional(),
  /** The end of standard error. */
  stderr: z.string().optional(),
});
export type ShownResult = z.infer<typeof shownResultSchema>;

/** A case with its input, its expected value and its results, as texts. */
const caseSchema = z.object({
  id: z.string(),
  title: z.string().optional(),
  /** Whether the evaluator added it: only such a case can be renamed. */
  own: z.boolean(),
  input: z.string(),
  expected: z.string().optional(),
  results: bySide(shownResultSchema),
});
export type CaseEvidence = z.infer<typeof caseSchema>;

export const languageContextSchema = z.object({
  /** The task's language: colours a file whose name does not tell its language. */
  language: z.string(),
  rationale: rationaleContextSchema,
  /** Empty when the files could not be written. */
  fileLinks: z.array(fileLinkSchema),
  cases: z.array(caseSchema),
});
export type LanguageContext = z.infer<typeof languageContextSchema>;

const documentSchema = z.object({ uri: z.string() });

/**
 * Server → host: what do the rules find in this text of a rationale? The host finds it anyway, for the panel. `null` when the
 * rationale's task is not open, or its draft has another text.
 */
export const findingsRequest = requestType(
  'tiebreak/findings',
  z.object({ uri: z.string(), text: z.string() }),
  z.array(findingSchema).nullable(),
);

/** Server → host: what is this rationale checked against? `null` when its task is not open. */
export const contextRequest = requestType(
  'tiebreak/context',
  documentSchema,
  languageContextSchema.nullable(),
);

/** Server → host: rename a case that the evaluator added. `refused` says why it cannot be renamed. */
export const renameCaseRequest = requestType(
  'tiebreak/renameCase',
  z.object({ uri: z.string(), from: z.string(), to: z.string() }),
  z.object({ refused: z.string().optional() }),
);

/** Host → server: what the rationale is checked against changed; request it again. */
export const contextChanged = eventType('tiebreak/contextChanged', documentSchema);
