import * as z from 'zod';
import { editNumber } from '../editNumber.ts';
import { findingSchema } from '../finding.ts';
import { differenceClasses } from '../../core/differing/outcome.ts';
import { witnessDecisionSchema } from '../../core/differing/searchRecord.ts';
import { diagnosticSchema } from '../../core/run/diagnostic.ts';
import { shownPreferenceSchema } from '../../core/task/preference.ts';
import { sides } from '../../core/task/side.ts';
import { unsavedCaseSchema } from '../../core/review/caseForm.ts';
import { overrideSchema } from '../../core/review/review.ts';
import { flagKinds } from '../../core/review/flagKinds.ts';
import { rubricSchema, scoresSchema } from '../../core/task/rubric.ts';
import { caseResultSchema } from '../../core/run/run.ts';
import { asks, caseKinds, caseSchema } from '../../core/task/task.ts';
import { panelFeedbackSchema, panelInspectionSchema, panelSettlementSchema } from '../inspection.ts';

/*
 * What the panel shows. The extension host owns this state and sends the sections that changed. Answers are named by
 * side, never by id: nothing here may tell who wrote an answer.
 */

const sideSchema = z.enum(sides);
export const bySide = <T extends z.ZodType>(value: T) => z.partialRecord(sideSchema, value);

/** A piece of Markdown: prose is rendered and sanitised by the panel, code is shown by lines. */
const segmentSchema = z.object({
  kind: z.enum(['prose', 'code', 'thinking']),
  text: z.string(),
  language: z.string(),
  path: z.string().optional(),
  /** Key of its colours in `highlight.lines`. */
  key: z.string(),
});
export type PanelSegment = z.infer<typeof segmentSchema>;

const fileSchema = z.object({
  path: z.string(),
  lines: z.array(z.string()),
  key: z.string(),
});

const answerSchema = z.object({
  side: sideSchema,
  segments: z.array(segmentSchema),
  files: z.array(fileSchema),
  /** The readings of the answer, best first, and the id of the one in use. */
  readings: z.array(z.object({ id: z.string(), label: z.string() })),
  reading: z.string(),
  problems: z.array(z.string()),
  /** Notes on parts of the answer that look like code but do not run: "Thinking, 34 lines, not run". */
  leftOut: z.array(z.string()),
  /** Number of masked model names. */
  masked: z.int(),
});
export type PanelAnswer = z.infer<typeof answerSchema>;

/** Character ranges `[start, end)` of a line that differ from its counterpart. */
const marksSchema = z.array(z.tuple([z.int(), z.int()]));

/** A row of the aligned difference. Lines count from 1; a missing side is a gap. */
const diffRowSchema = z.object({
  kind: z.enum(['same', 'changed', 'only-a', 'only-b']),
  a: z.int().optional(),
  b: z.int().optional(),
  marks: z.object({ a: marksSchema, b: marksSchema }).optional(),
});
export type PanelDiffRow = z.infer<typeof diffRowSchema>;

const diffFileSchema = z.object({
  /** Paths of the compared files; one is missing when only one answer has the file. */
  a: z.string().optional(),
  b: z.string().optional(),
  rows: z.array(diffRowSchema),
  /** The only respect in which the two texts differ. */
  sameBut: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.enum(['whitespace', 'comments']) }),
      z.object({ kind: z.literal('names'), renamed: z.array(z.tuple([z.string(), z.string()])) }),
    ])
    .optional(),
  /** The rows show these lines, which a formatter wrote. They are not the answers' own: no flag or citation fits them. */
  formatted: z.object({ by: z.string(), a: z.array(z.string()), b: z.array(z.string()) }).optional(),
  /** Why the files could not be formatted. */
  whyNotFormatted: z.string().optional(),
});
export type PanelDiffFile = z.infer<typeof diffFileSchema>;

/** Options of the difference: what it ignores, and whether files are formatted first. */
export const compareBySchema = z.object({
  ignoreWhitespace: z.boolean(),
  ignoreComments: z.boolean(),
  format: z.boolean(),
});
export type CompareBy = z.infer<typeof compareBySchema>;

export const taskSchema = z.object({
  id: z.string(),
  title: z.string(),
  language: z.string(),
  /** The function, class or file that cases start from. */
  entry: z.string().optional(),
  tags: z.array(z.string()),
  /** Position in the queue as it is filtered and sorted now, from 1. */
  place: z.object({ index: z.int(), total: z.int() }),
  ask: z.array(z.enum(asks)),
  /** The kinds of cases that run in the task's language. */
  kinds: z.array(z.enum(caseKinds)),
  prompt: z.array(segmentSchema),
  /** The prompt as it was written. */
  promptText: z.string(),
  /** The files that the task gives to its answers, and how many more there are. */
  files: z.array(z.object({ path: z.string(), text: z.string() })),
  moreFiles: z.int(),
  answers: z.array(answerSchema),
  diff: z.array(diffFileSchema),
  compareBy: compareBySchema,
  rubric: rubricSchema,
  /** A submitted review is read-only until the evaluator chooses to revise it. */
  submitted: z.boolean(),
});
export type PanelTask = z.infer<typeof taskSchema>;

export const panelFlagSchema = z.object({
  id: z.string(),
  side: sideSchema,
  kind: z.enum(flagKinds),
  file: z.string(),
  startLine: z.int().positive(),
  endLine: z.int().positive(),
  note: z.string().optional(),
});
export type PanelFlag = z.infer<typeof panelFlagSchema>;

export const draftSchema = z.object({
  preference: shownPreferenceSchema.nullable(),
  scores: bySide(scoresSchema),
  flags: z.array(panelFlagSchema),
  /** `from` says who wrote this version: the panel does not overwrite its text with its own echo. */
  rationale: z.object({ text: z.string(), from: z.enum(['store', 'panel', 'document']) }),
  /** The forms of cases that are not saved. `from` as for the rationale, of the form that changed last. */
  caseForms: z.object({
    forms: z.array(unsavedCaseSchema),
    from: z.enum(['store', 'panel', 'document']),
  }),
  overrides: z.array(overrideSchema),
  activeMs: z.int(),
});
export type PanelDraft = z.infer<typeof draftSchema>;

const totalsSchema = bySide(z.number());

export const runSideSchema = z.object({
  phase: z.enum(['idle', 'running', 'done', 'cancelled', 'failed']),
  results: z.record(z.string(), caseResultSchema),
  toolchain: z.string().optional(),
  sandbox: z.string().optional(),
  approximate: z.boolean().optional(),
  cached: z.boolean().optional(),
  /** When the newest run was made, as an ISO date. */
  at: z.string().optional(),
  wallMs: z.number().optional(),
  /** Why it could not run, with the remedy. */
  error: z.string().optional(),
});
export type PanelRunSide = z.infer<typeof runSideSchema>;

/** The outcomes of both answers for an input that the person tries, without an expected value. */
const trialSchema = z.object({
  case: caseSchema,
  sides: bySide(runSideSchema),
});
export type PanelTrial = z.infer<typeof trialSchema>;

/** A search for inputs on which the answers differ. */
const searchSchema = z.object({
  id: z.string(),
  /** Its number among all searches of the draft, from 1. */
  number: z.int().positive(),
  /** What was tried and found. */
  text: z.string(),
  witnesses: z.array(
    z.object({
      /** Runs the input; it expects nothing. Its id is unique in its search. */
      case: caseSchema,
      class: z.enum(differenceClasses),
      withinBounds: z.boolean(),
      results: bySide(caseResultSchema),
      decision: witnessDecisionSchema.optional(),
      /** The input and what both answers did, in a line. */
      text: z.string(),
    }),
  ),
});
export type PanelSearch = z.infer<typeof searchSchema>;

export const differencesSchema = z.object({
  phase: z.enum(['idle', 'running', 'failed']),
  /** Inputs tried and kinds of differences found so far. */
  pairs: z.int().optional(),
  kinds: z.int().optional(),
  /** Why the last search failed, or why none can begin, with the remedy. */
  error: z.string().optional(),
  /** The searches of the answers as they are read now, in order. */
  searches: z.array(searchSchema),
});
export type PanelDifferences = z.infer<typeof differencesSchema>;

export const timingSchema = z.object({
  phase: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Runs so far, and in total. */
  done: z.int().optional(),
  total: z.int().optional(),
  /** The result of the comparison, or why it failed, a sentence per line. */
  lines: z.array(z.string()),
});
export type PanelTiming = z.infer<typeof timingSchema>;

export const casesSchema = z.object({
  cases: z.array(caseSchema),
  sides: bySide(runSideSchema),
  /** Cases that one side passes and the other does not. */
  splitting: z.array(z.string()),
  /** Comparisons of the times of A and B, by case. */
  timings: z.record(z.string(), timingSchema).optional(),
  /** Why nothing can be run here, with the remedy. */
  blocked: z.string().optional(),
});
export type PanelCases = z.infer<typeof casesSchema>;

export const checksSideSchema = z.object({
  phase: z.enum(['running', 'done', 'none']),
  diagnostics: z.array(diagnosticSchema),
  /** Messages of tools that failed, `pyright: …`, and tools that checked one side only. */
  notes: z.array(z.string()),
  /** Tools that are not installed, and how to install them. */
  absent: z.array(z.string()),
  /** Tools that checked the answer, with their versions: `ruff 0.14.1`. */
  tools: z.array(z.string()),
});
export type PanelChecksSide = z.infer<typeof checksSideSchema>;

export type PanelFinding = z.infer<typeof findingSchema>;

const savedSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('clean') }),
  z.object({ state: z.literal('saving') }),
  z.object({ state: z.literal('saved'), at: z.iso.datetime() }),
  /** The draft is only in memory; `message` says why, with the remedy. */
  z.object({ state: z.literal('failed'), message: z.string() }),
]);

/** `lines[key][n]` are the colours of line n: start offset, palette index, start offset, palette index, … */
export const highlightSchema = z.object({
  palette: z.array(
    z.object({ color: z.string(), italic: z.boolean(), bold: z.boolean(), underline: z.boolean() }),
  ),
  lines: z.record(z.string(), z.array(z.array(z.int()))),
});
export type PanelHighlight = z.infer<typeof highlightSchema>;

/** How many of some programs fail a case that the ideal passes. */
const shareSchema = z.object({ failing: z.int(), of: z.int() });

/** The trainer's solution. */
export const idealSchema = z.object({
  files: z.array(fileSchema),
  /** The side it started from; `null` for an empty file. */
  startedFrom: sideSchema.nullable(),
  notes: z.string(),
  references: z.string(),
  reason: z.string(),
  /** Findings on the notes. */
  findings: z.array(findingSchema.pick({ rule: true, severity: true, message: true })),
  /** The proof, or what is missing, as a sentence without a full stop. */
  proof: z.discriminatedUnion('state', [
    z.object({ state: z.literal('cases'), cases: z.array(z.string()) }),
    z.object({ state: z.literal('reason') }),
    z.object({ state: z.literal('missing'), missing: z.string() }),
  ]),
  /** Lines added and removed since the start, and the share of the start that is kept. */
  distance: z.object({ added: z.int(), removed: z.int(), kept: z.number() }),
  run: runSideSchema,
  checks: checksSideSchema,
  /** Differences from each answer: `a` is the answer's file, `b` the ideal's. */
  diff: bySide(z.array(diffFileSchema)),
  /** Worth of each case, by id; only when the task asks for cases. */
  worth: z.record(z.string(), z.object({ answers: shareSchema, mutants: shareSchema })),
});
export type PanelIdeal = z.infer<typeof idealSchema>;

const emptySchema = z.object({
  /** Why there is no task. */
  reason: z.enum([
    'queue-empty',
    'all-done',
    'all-inspected',
    'qualified',
    'not-qualified',
    'failed',
    'loading',
  ]),
  message: z.string(),
});

/** The known verdict of a calibration task. Sent only after its evaluator has submitted, and only when they may learn from it. */
const calibrationFeedbackSchema = z.object({
  /** Whether both verdicts have the same direction. */
  met: z.boolean(),
  yours: shownPreferenceSchema.nullable(),
  reference: shownPreferenceSchema,
  rationale: z.string().optional(),
  /** The rationale was written for the other order: A and B in the text are rewritten. */
  isSwapped: z.boolean(),
  /** The rewritten text may still name a side of the other order. */
  isUnsure: z.boolean(),
});
export type PanelCalibrationFeedback = z.infer<typeof calibrationFeedbackSchema>;

/** The sections of the panel's state. `null` is an empty section. */
export const panelStateSchema = z
  .object({
    task: taskSchema.nullable(),
    empty: emptySchema.nullable(),
    draft: draftSchema.nullable(),
    totals: totalsSchema,
    cases: casesSchema.nullable(),
    /** The input that was tried last. */
    trial: trialSchema.nullable(),
    /** `null` for a task with one answer. */
    differences: differencesSchema.nullable(),
    checks: bySide(checksSideSchema),
    ideal: idealSchema.nullable(),
    findings: z.array(findingSchema),
    saved: savedSchema,
    /** The number of the page's latest edit that the host has; `null` before the first. */
    receivedEdit: editNumber.nullable(),
    /** The changes that a reviewer asked for, when the review was sent back. */
    feedback: panelFeedbackSchema.nullable(),
    calibrationFeedback: calibrationFeedbackSchema.nullable(),
    /** The reviewer's work on the shown review; missing for an evaluator. */
    inspection: panelInspectionSchema.nullable(),
    settlement: panelSettlementSchema.nullable(),
    highlight: highlightSchema.nullable(),
    /** A message above the panel's foot, until the next action. */
    notice: z.object({ severity: z.enum(['info', 'warning', 'error']), text: z.string() }).nullable(),
  })
  .partial();
export type PanelState = z.infer<typeof panelStateSchema>;
