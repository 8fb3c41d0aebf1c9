import * as z from 'zod';
import { caseResultSchema } from '../../core/run/run.ts';
import { caseSchema } from '../../core/task/task.ts';
import { panelInspectionSchema, panelSettlementSchema } from '../inspection.ts';
import { entryChangesSchema, fieldChangesSchema } from './fieldChangesSchema.ts';
import {
  bySide,
  casesSchema,
  checksSideSchema,
  differencesSchema,
  draftSchema,
  highlightSchema,
  idealSchema,
  panelStateSchema,
  runSideSchema,
  taskSchema,
  timingSchema,
} from './state.ts';

/* The form of the changes that `stateChanges` finds. */

const runChangesSchema = z.object({
  fields: fieldChangesSchema(runSideSchema.omit({ results: true })).optional(),
  results: entryChangesSchema(caseResultSchema).optional(),
});

export type RunChanges = z.infer<typeof runChangesSchema>;

const casesChangesSchema = z.object({
  /** Ids of all cases in order, and the cases that are new or changed. */
  list: z.object({ order: z.array(z.string()), set: z.array(caseSchema) }).optional(),
  sides: bySide(runChangesSchema).optional(),
  splitting: z.object({ added: z.array(z.string()), dropped: z.array(z.string()) }).optional(),
  timings: entryChangesSchema(timingSchema).optional(),
  rest: fieldChangesSchema(casesSchema.pick({ blocked: true })).optional(),
});

const idealChangesSchema = z.object({
  fields: fieldChangesSchema(idealSchema.omit({ run: true, worth: true })).optional(),
  run: runChangesSchema.optional(),
  worth: entryChangesSchema(idealSchema.shape.worth.valueType).optional(),
});

const highlightChangesSchema = z.object({
  palette: highlightSchema.shape.palette.optional(),
  lines: entryChangesSchema(highlightSchema.shape.lines.valueType).optional(),
});

/** Changes within sections that the page has already. */
const withinSchema = z
  .object({
    task: fieldChangesSchema(taskSchema),
    draft: fieldChangesSchema(draftSchema),
    cases: casesChangesSchema,
    differences: fieldChangesSchema(differencesSchema),
    checks: z.object({ set: bySide(checksSideSchema.optional()), dropped: z.array(z.string()) }),
    ideal: idealChangesSchema,
    inspection: fieldChangesSchema(panelInspectionSchema),
    settlement: fieldChangesSchema(panelSettlementSchema),
    highlight: highlightChangesSchema,
  })
  .partial();
export type Within = z.infer<typeof withinSchema>;

export const stateChangesSchema = z.object({ sections: panelStateSchema, within: withinSchema });
export type StateChanges = z.infer<typeof stateChangesSchema>;
