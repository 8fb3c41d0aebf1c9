import * as z from 'zod';

/** Changes of an object: each changed field whole. */
export function fieldChangesSchema<Shape extends z.ZodRawShape>(fields: z.ZodObject<Shape>) {
  return z.object({ set: fields.partial(), dropped: z.array(z.string()) });
}

/** Changes of a record: each changed entry whole. */
export function entryChangesSchema<Value extends z.ZodType>(value: Value) {
  return z.object({ set: z.record(z.string(), value.optional()), dropped: z.array(z.string()) });
}
