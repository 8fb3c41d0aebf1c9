import * as z from 'zod';
import { diagnosticSchema } from '../core/diagnostic.ts';
import { shownPreferenceSchema, sides } from '../core/preference.ts';
import type { RationaleContext } from '../core/rationale/context.ts';
import { rubricSchema, scoresSchema } from '../core/rubric.ts';
import { caseResultSchema, verdicts } from '../core/run.ts';
import { eventType, requestType } from './message.ts';

/*
 * The wire between the extension host and the language server, beside what LSP itself says. The server never
 * reads the database: what it knows of a rationale's task it asks of the host. Sides, never answer ids.
 */

const sideSchema = z.enum(sides);
const bySide = <T extends z.ZodType>(value: T) => z.partialRecord(sideSchema, value);

/** What the rules hold a rationale against. Results come without what was printed. */
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
  recent: z.array(z.string()),
});

/** Where the editor can open a file of an answer. */
const placeSchema = z.object({ side: sideSchema, path: z.string(), uri: z.string() });

/** How a case ended on one side, in texts that are cut to what a hover can show. */
const outcomeSchema = z.object({
  verdict: z.enum(verdicts),
  reason: z.string().optional(),
  actual: z.string().optional(),
  /** The end of what was written to standard error. */
  stderr: z.string().optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** A case: what it feeds the answers, what it expects of them, and what came of it. */
const caseSchema = z.object({
  id: z.string(),
  title: z.string().optional(),
  /** The evaluator added it, and so may rename it. */
  own: z.boolean(),
  input: z.string(),
  expected: z.string().optional(),
  outcomes: bySide(outcomeSchema),
});
export type CaseEvidence = z.infer<typeof caseSchema>;

export const languageContextSchema = z.object({
  /** The task's language, for the colours of a file whose name tells none. */
  language: z.string(),
  rationale: rationaleContextSchema,
  /** Of every file, unless they could not be written. */
  places: z.array(placeSchema),
  cases: z.array(caseSchema),
});
export type LanguageContext = z.infer<typeof languageContextSchema>;

const documentSchema = z.object({ uri: z.string() });

/** Server → host: what is this rationale checked against? `null` when its task is not the one that is open. */
export const contextRequest = requestType(
  'tiebreak/context',
  documentSchema,
  languageContextSchema.nullable(),
);

/** Server → host: give a case that the evaluator added another id. The reply says why it cannot be, or nothing. */
export const renameCaseRequest = requestType(
  'tiebreak/renameCase',
  z.object({ uri: z.string(), from: z.string(), to: z.string() }),
  z.object({ refused: z.string().optional() }),
);

/** Host → server: ask again about this rationale; its preference, scores, cases, results or files changed. */
export const contextChanged = eventType('tiebreak/contextChanged', documentSchema);
