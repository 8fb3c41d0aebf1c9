import * as z from 'zod';
import { findingActions } from '../core/rationale/rule.ts';

/** One rule's report on a range of a rationale. */
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
  /** A remedy other than an edit of the text. */
  action: z.enum(findingActions).optional(),
});
