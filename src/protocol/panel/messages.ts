import * as z from 'zod';
import { caseCodeFields } from '../../core/review/caseForm.ts';
import type { Obstacle } from '../../core/review/obstacle.ts';
import { sides } from '../../core/task/side.ts';
import { caseSchema } from '../../core/task/task.ts';
import { eventType, requestType } from '../message.ts';
import { compareBySchema, panelStateSchema } from './state.ts';
import { stateChangesSchema } from './stateChangesSchema.ts';

/* The messages between the extension host and the panel, apart from edits of the draft. */

const sideSchema = z.enum(sides);
const nothing = z.object({});
const obstacleSchema: z.ZodType<Obstacle> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('missing'), parts: z.array(z.string()).min(1) }),
  z.object({ kind: z.literal('problem'), text: z.string() }),
]);

/**
 * Host → panel. `whole` replaces everything. `changes` say how the state differs from the last message about the same
 * whole state and task; a page that has another one ignores them. A notice belongs to no state.
 */
const stateMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), version: z.int(), state: panelStateSchema }),
  z.object({
    kind: z.literal('changes'),
    /** Version of the whole state that the changes build on. */
    of: z.int(),
    /** The task that the page shows; `null` for none. */
    taskId: z.string().nullable(),
    changes: stateChangesSchema,
  }),
  z.object({ kind: z.literal('notice'), notice: panelStateSchema.shape.notice.unwrap() }),
]);
export type StateMessage = z.infer<typeof stateMessageSchema>;
export const stateChanged = eventType('stateChanged', stateMessageSchema);

/** Host → panel: a command from the palette or a key chord that the panel itself must carry out. */
export const panelCommand = eventType(
  'panelCommand',
  z.object({
    command: z.enum([
      'view-written',
      'view-code',
      'view-diff',
      'add-case',
      'try-input',
      'find-differences',
      'compare-times',
      'add-flag',
      'skip',
      'apply-fix',
      'show-keys',
      'find',
      'toggle-wrap',
      'toggle-scroll-together',
      'undo',
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

/** Panel → host: the page listens; the host sends the whole state before it replies. `themeId` as the workbench names it. */
export const panelReady = requestType('ready', z.object({ themeId: z.string() }), nothing);
/** Panel → host: the user's theme changed. */
export const themeChanged = eventType('themeChanged', z.object({ themeId: z.string() }));
/** Panel → host: the options of the difference; the difference then arrives as state. */
export const compareBy = eventType('compareBy', compareBySchema);
/** Panel → host: something of the task came into view for the first time. */
export const viewed = eventType(
  'viewed',
  z.object({
    taskId: z.string(),
    kind: z.enum(['written', 'code', 'difference', 'case', 'diagnostics']),
    what: z.string().optional(),
  }),
);
/** Panel → host: activity (key, pointer, scroll), at most once in a few seconds. */
export const active = eventType('active', nothing);
export const runCases = requestType(
  'run',
  z.object({ fresh: z.boolean(), caseIds: z.array(z.string()).optional() }),
  nothing,
);
/** Runs both answers on a case that expects nothing. The reply says that it has begun; the outcome arrives as state. */
export const tryInput = requestType('tryInput', z.object({ taskId: z.string(), case: caseSchema }), nothing);
/** Searches for inputs on which the answers differ. The reply says that it has begun; the result arrives as state. */
export const findDifferences = requestType('findDifferences', z.object({ taskId: z.string() }), nothing);
/** Stops the search for differences; runs go on. */
export const stopSearch = requestType('stopSearch', nothing, nothing);
/** Runs A and B alternately on a case. The reply says that it has begun; the result arrives as state. */
export const compareTimes = requestType('compareTimes', z.object({ caseId: z.string() }), nothing);
export const cancelRun = requestType('cancelRun', nothing, nothing);
/** `accepted` only after the commit; otherwise `problems` say why. The next task then arrives as state. */
export const submitReview = requestType(
  'submit',
  nothing,
  z.object({ accepted: z.boolean(), problems: z.array(obstacleSchema) }),
);
export const skipTask = requestType('skip', z.object({ reason: z.string() }), nothing);
export const showNext = requestType('next', nothing, nothing);
/** Reopens a submitted review for a revision. */
export const revise = requestType('revise', nothing, nothing);
/** Opens something in the editor. */
export const openInEditor = requestType(
  'open',
  z.discriminatedUnion('what', [
    z.object({ what: z.literal('native-diff'), file: z.string().optional() }),
    z.object({ what: z.literal('file'), side: sideSchema, file: z.string(), line: z.int().optional() }),
    z.object({ what: z.literal('rationale') }),
    z.object({
      what: z.literal('case-code'),
      form: z.string(),
      field: z.enum(caseCodeFields),
      name: z.string(),
    }),
    z.object({ what: z.literal('ideal') }),
    z.object({ what: z.literal('ideal-diff'), side: sideSchema }),
    z.object({ what: z.literal('sample-queue') }),
    z.object({ what: z.literal('import') }),
    z.object({ what: z.literal('export') }),
    z.object({ what: z.literal('log') }),
    z.object({ what: z.literal('save-elsewhere') }),
  ]),
  nothing,
);
export type OpenTarget = z.infer<typeof openInEditor.request>;
