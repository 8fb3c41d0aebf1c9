import * as z from 'zod';
import { diagnosticSchema } from '../core/diagnostic.ts';
import { shownPreferenceSchema, sides } from '../core/preference.ts';
import { findingActions } from '../core/rationale/rule.ts';
import { flagKinds, overrideSchema } from '../core/review.ts';
import { rubricSchema, scoresSchema } from '../core/rubric.ts';
import { caseResultSchema } from '../core/run.ts';
import { idealFields } from '../core/idealDraft.ts';
import { asks, caseSchema } from '../core/task.ts';
import { panelFeedbackSchema, panelInspectionSchema, panelSettlementSchema } from './inspection.ts';
import { eventType, requestType } from './message.ts';

/*
 * The wire between the extension host and the panel. The host owns the state and sends whole sections of it;
 * the panel sends edits and wishes. Sides, never answer ids: nothing here may tell who wrote an answer.
 */

const sideSchema = z.enum(sides);
const bySide = <T extends z.ZodType>(value: T) => z.partialRecord(sideSchema, value);

/** A piece of Markdown: prose is rendered and sanitised by the panel, code is shown by lines. */
const segmentSchema = z.object({
  kind: z.enum(['prose', 'code']),
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
  /** The ways to read files out of the answer, best first, and the one in use. */
  readings: z.array(z.object({ id: z.string(), label: z.string() })),
  reading: z.string(),
  problems: z.array(z.string()),
  /** How many names the answer gave itself were masked. */
  masked: z.int(),
});
export type PanelAnswer = z.infer<typeof answerSchema>;

/** Character ranges `[start, end)` of a line that differ from its counterpart. */
const marksSchema = z.array(z.tuple([z.int(), z.int()]));

/** One row of the aligned diff: line numbers from 1; a side that is absent shows a gap. */
const diffRowSchema = z.object({
  kind: z.enum(['same', 'changed', 'only-a', 'only-b']),
  a: z.int().optional(),
  b: z.int().optional(),
  marks: z.object({ a: marksSchema, b: marksSchema }).optional(),
});
export type PanelDiffRow = z.infer<typeof diffRowSchema>;

const diffFileSchema = z.object({
  /** Paths of the two files held against each other; one is absent where only one answer has the file. */
  a: z.string().optional(),
  b: z.string().optional(),
  rows: z.array(diffRowSchema),
  /** The one thing the two texts differ in, where it is no more than this. */
  sameBut: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.enum(['white space', 'comments']) }),
      z.object({ kind: z.literal('names'), renamed: z.array(z.tuple([z.string(), z.string()])) }),
    ])
    .optional(),
  /** The rows are of these lines, which a formatter wrote: no answer has them, so nothing can be pinned to them. */
  formatted: z.object({ by: z.string(), a: z.array(z.string()), b: z.array(z.string()) }).optional(),
  /** Why the difference is not of formatted files, where that was asked for. */
  whyNotFormatted: z.string().optional(),
});
export type PanelDiffFile = z.infer<typeof diffFileSchema>;

/** What the difference leaves out of account, and whether both are formatted first. */
const compareBySchema = z.object({
  ignoreWhitespace: z.boolean(),
  ignoreComments: z.boolean(),
  format: z.boolean(),
});
export type CompareBy = z.infer<typeof compareBySchema>;

const taskSchema = z.object({
  id: z.string(),
  title: z.string(),
  language: z.string(),
  /** The function, class or file that cases start from. */
  entry: z.string().optional(),
  tags: z.array(z.string()),
  /** Place in the queue as it is filtered and sorted now, from 1. */
  place: z.object({ index: z.int(), total: z.int() }),
  ask: z.array(z.enum(asks)),
  prompt: z.array(segmentSchema),
  answers: z.array(answerSchema),
  diff: z.array(diffFileSchema),
  compareBy: compareBySchema,
  rubric: rubricSchema,
  /** Already submitted: shown read-only until the person chooses to revise. */
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

const draftSchema = z.object({
  preference: shownPreferenceSchema.nullable(),
  scores: bySide(scoresSchema),
  flags: z.array(panelFlagSchema),
  /** `from` says who wrote this version: the panel leaves its own text alone when it was itself. */
  rationale: z.object({ text: z.string(), from: z.enum(['store', 'panel', 'document']) }),
  overrides: z.array(overrideSchema),
  activeMs: z.int(),
});
export type PanelDraft = z.infer<typeof draftSchema>;

const totalsSchema = bySide(z.number());

const runSideSchema = z.object({
  phase: z.enum(['idle', 'running', 'done', 'cancelled', 'failed']),
  results: z.record(z.string(), caseResultSchema),
  toolchain: z.string().optional(),
  sandbox: z.string().optional(),
  approximate: z.boolean().optional(),
  cached: z.boolean().optional(),
  wallMs: z.number().optional(),
  /** Why it could not run, with the mend. */
  error: z.string().optional(),
});
export type PanelRunSide = z.infer<typeof runSideSchema>;

const timingSchema = z.object({
  phase: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Runs so far, and how many there are to be. */
  done: z.int().optional(),
  total: z.int().optional(),
  /** What the comparison says, a sentence a line; or why there is none. */
  lines: z.array(z.string()),
});
export type PanelTiming = z.infer<typeof timingSchema>;

const casesSchema = z.object({
  cases: z.array(caseSchema),
  sides: bySide(runSideSchema),
  /** Cases that one side passes and the other does not. */
  splitting: z.array(z.string()),
  /** By case: how the times of A and B compare, where that was asked for. */
  timings: z.record(z.string(), timingSchema).optional(),
  /** Why nothing can be run here, with the mend, where that is so. */
  blocked: z.string().optional(),
});
export type PanelCases = z.infer<typeof casesSchema>;

const checksSideSchema = z.object({
  phase: z.enum(['running', 'done', 'none']),
  diagnostics: z.array(diagnosticSchema),
  /** What a tool that failed says, `pyright: …`, and which tools looked at one side only. */
  notes: z.array(z.string()),
  /** Tools that are not installed here while others looked, and how to get them. */
  absent: z.array(z.string()),
});
export type PanelChecksSide = z.infer<typeof checksSideSchema>;

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['E', 'W', 'I']),
  /** Offsets in the rationale, UTF-16 code units. */
  start: z.int(),
  end: z.int(),
  message: z.string(),
  fix: z
    .object({
      title: z.string(),
      edits: z.array(z.object({ start: z.int(), end: z.int(), text: z.string() }).readonly()).readonly(),
    })
    .optional(),
  /** What the person can do about it beside changing the text. */
  action: z.enum(findingActions).optional(),
});
export type PanelFinding = z.infer<typeof findingSchema>;

const savedSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('clean') }),
  z.object({ state: z.literal('saving') }),
  z.object({ state: z.literal('saved'), at: z.iso.datetime() }),
  /** The draft is held in memory; `message` says why and how to mend it. */
  z.object({ state: z.literal('failed'), message: z.string() }),
]);

/** `lines[key][n]` is line n's colours: start offset, palette index, start offset, palette index, … */
const highlightSchema = z.object({
  palette: z.array(
    z.object({ color: z.string(), italic: z.boolean(), bold: z.boolean(), underline: z.boolean() }),
  ),
  lines: z.record(z.string(), z.array(z.array(z.int()))),
});
export type PanelHighlight = z.infer<typeof highlightSchema>;

/** How many of some programs a case tells apart from the ideal. */
const shareSchema = z.object({ told: z.int(), of: z.int() });

/** The trainer's own solution; `answers` are those shown. */
const idealSchema = z.object({
  files: z.array(fileSchema),
  /** The side it started from; `null` for an empty file. */
  startedFrom: sideSchema.nullable(),
  notes: z.string(),
  references: z.string(),
  reason: z.string(),
  /** What the rules say of the notes. */
  findings: z.array(findingSchema.pick({ rule: true, severity: true, message: true })),
  /** What proves it; else what is missing, as a sentence without a full stop. */
  proof: z.discriminatedUnion('state', [
    z.object({ state: z.literal('cases'), cases: z.array(z.string()) }),
    z.object({ state: z.literal('reason') }),
    z.object({ state: z.literal('missing'), missing: z.string() }),
  ]),
  /** Lines added to and removed from what it started from, and the share of that which is kept. */
  distance: z.object({ added: z.int(), removed: z.int(), kept: z.number() }),
  run: runSideSchema,
  checks: checksSideSchema,
  /** Each answer held against it: `a` is the answer's file, `b` the ideal's. */
  diff: bySide(z.array(diffFileSchema)),
  /** What each case is worth, by its id, where the task asks for cases. */
  worth: z.record(z.string(), z.object({ answers: shareSchema, mutants: shareSchema })),
});
export type PanelIdeal = z.infer<typeof idealSchema>;

const emptySchema = z.object({
  /** Why there is no task, and what to do about it. */
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

/** What was known of a task all along. Sent only once its evaluator has submitted, and only where it is to teach them. */
const lessonSchema = z.object({
  /** Whether both verdicts are the same, however strong. */
  met: z.boolean(),
  yours: shownPreferenceSchema.nullable(),
  reference: shownPreferenceSchema,
  rationale: z.string().optional(),
  /** The rationale's A is the evaluator's B. */
  isSwapped: z.boolean(),
});
export type PanelLesson = z.infer<typeof lessonSchema>;

/** Sections of the panel's state. The host sends those that changed; `null` empties one. */
export const panelStateSchema = z
  .object({
    task: taskSchema.nullable(),
    empty: emptySchema.nullable(),
    draft: draftSchema.nullable(),
    totals: totalsSchema,
    cases: casesSchema.nullable(),
    checks: bySide(checksSideSchema),
    ideal: idealSchema.nullable(),
    findings: z.array(findingSchema),
    saved: savedSchema,
    /** What reviewers want changed, where the review was sent back. */
    feedback: panelFeedbackSchema.nullable(),
    lesson: lessonSchema.nullable(),
    /** The reviewer's work on the review that is shown; absent where an evaluator is at work. */
    inspection: panelInspectionSchema.nullable(),
    settlement: panelSettlementSchema.nullable(),
    highlight: highlightSchema.nullable(),
    /** A message over the panel's foot; goes with the next action. */
    notice: z.object({ severity: z.enum(['info', 'warning', 'error']), text: z.string() }).nullable(),
  })
  .partial();
export type PanelState = z.infer<typeof panelStateSchema>;

/** One change the person made. The host applies it to the draft, saves it and sends what follows from it. */
export const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('preference'), value: shownPreferenceSchema.nullable() }),
  z.object({
    kind: z.literal('score'),
    side: sideSchema,
    criterion: z.string(),
    value: z.number().nullable(),
  }),
  z.object({ kind: z.literal('flag'), flag: panelFlagSchema }),
  z.object({ kind: z.literal('unflag'), id: z.string() }),
  z.object({ kind: z.literal('rationale'), text: z.string() }),
  z.object({ kind: z.literal('override'), rule: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('case'), case: caseSchema }),
  z.object({ kind: z.literal('remove-case'), id: z.string() }),
  z.object({ kind: z.literal('reading'), side: sideSchema, reading: z.string() }),
]);
export type Edit = z.infer<typeof editSchema>;

const nothing = z.object({});

/** Host → panel. */
export const stateChanged = eventType('stateChanged', panelStateSchema);

/** Host → panel: a command from the palette or a key chord that the panel itself must carry out. */
export const panelCommand = eventType(
  'panelCommand',
  z.object({
    command: z.enum([
      'view-written',
      'view-code',
      'view-diff',
      'add-case',
      'compare-times',
      'add-flag',
      'skip',
      'apply-fix',
      'show-keys',
      'focus-rationale',
      'focus-preference',
      'focus-scores',
      'cite-lines',
      'next-difference',
      'comment',
      'approve',
      'send-back',
      'correct',
      'reject',
    ]),
  }),
);

/** Panel → host: the panel is there; the reply is the whole state. `themeId` as the workbench names it. */
export const panelReady = requestType('ready', z.object({ themeId: z.string() }), panelStateSchema);
/** Panel → host: the user's theme changed. */
export const themeChanged = eventType('themeChanged', z.object({ themeId: z.string() }));
/** Panel → host, with the task it belongs to, so that a late edit never lands on the next task. */
export const edited = eventType('edited', z.object({ taskId: z.string(), edit: editSchema }));
/** Panel → host: what was typed in a field of the ideal. */
export const idealTyped = eventType(
  'idealTyped',
  z.object({ taskId: z.string(), field: z.enum(idealFields), text: z.string() }),
);
/** Panel → host: how the person wants the answers compared; the difference then arrives as state. */
export const compareBy = eventType('compareBy', compareBySchema);
/** Panel → host: something of the task came into view for the first time. */
export const looked = eventType(
  'looked',
  z.object({
    taskId: z.string(),
    kind: z.enum(['written', 'code', 'difference', 'case', 'diagnostics']),
    what: z.string().optional(),
  }),
);
/** Panel → host: a sign of life (key, pointer, scroll), at most one every few seconds. */
export const active = eventType('active', nothing);
export const runCases = requestType(
  'run',
  z.object({ fresh: z.boolean(), caseIds: z.array(z.string()).optional() }),
  nothing,
);
/** Has A and B run in turn on a case; the reply says that it has begun, what comes of it is state. */
export const compareTimes = requestType('compareTimes', z.object({ caseId: z.string() }), nothing);
export const cancelRun = requestType('cancelRun', nothing, nothing);
/** `accepted` only after the commit; otherwise what stands in the way. The next task then arrives as state. */
export const submitReview = requestType(
  'submit',
  nothing,
  z.object({ accepted: z.boolean(), problems: z.array(z.string()) }),
);
export const skipTask = requestType('skip', z.object({ reason: z.string() }), nothing);
export const showNext = requestType('next', nothing, nothing);
/** Reopens a submitted review for a revision. */
export const revise = requestType('revise', nothing, nothing);
/** Opens the same thing in the editor proper. */
export const openInEditor = requestType(
  'open',
  z.discriminatedUnion('what', [
    z.object({ what: z.literal('native-diff'), file: z.string().optional() }),
    z.object({ what: z.literal('file'), side: sideSchema, file: z.string(), line: z.int().optional() }),
    z.object({ what: z.literal('rationale') }),
    z.object({ what: z.literal('ideal') }),
    z.object({ what: z.literal('ideal-diff'), side: sideSchema }),
    z.object({ what: z.literal('sample-queue') }),
    z.object({ what: z.literal('import') }),
    z.object({ what: z.literal('log') }),
    z.object({ what: z.literal('save-elsewhere') }),
  ]),
  nothing,
);
export type OpenWish = z.infer<typeof openInEditor.request>;
