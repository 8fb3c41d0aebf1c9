import * as z from 'zod';
import { witnessDecisionSchema } from '../../core/differing/searchRecord.ts';
import { idealFields } from '../../core/ideal/idealDraft.ts';
import { shownPreferenceSchema } from '../../core/task/preference.ts';
import { sides } from '../../core/task/side.ts';
import { caseSchema } from '../../core/task/task.ts';
import { editNumber } from '../editNumber.ts';
import { eventType } from '../message.ts';
import { panelFlagSchema } from './state.ts';

const sideSchema = z.enum(sides);

/** A change by the evaluator. The host applies it to the draft, saves the draft and sends the resulting state. */
const editSchema = z.discriminatedUnion('kind', [
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
  /** The contents of the form of a case; `null` once its case is saved. */
  z.object({
    kind: z.literal('case-form'),
    form: z.string(),
    fields: z.record(z.string(), z.string()).nullable(),
  }),
  /** The decision on an input on which the answers differ; `null` drops it. `caseId` is the id of the witness in its search. */
  z.object({
    kind: z.literal('witness'),
    search: z.string(),
    caseId: z.string(),
    decision: witnessDecisionSchema.nullable(),
  }),
  z.object({ kind: z.literal('reading'), side: sideSchema, reading: z.string() }),
]);
export type Edit = z.infer<typeof editSchema>;

/** Panel → host. Names its task, so that a late edit never changes the next one. */
export const edited = eventType(
  'edited',
  z.object({ taskId: z.string(), edit: editSchema, number: editNumber }),
);
/** Panel → host: what was typed in a field of the ideal. */
export const idealTyped = eventType(
  'idealTyped',
  z.object({ taskId: z.string(), field: z.enum(idealFields), text: z.string(), number: editNumber }),
);
