import * as z from 'zod';
import { deepest, isJson, type Json } from './json.ts';

/** Accepts the value unchanged, including a member named "__proto__", which zod's own JSON schema would drop. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(
  isJson,
  `must be a JSON value with finite numbers, nested at most ${deepest} deep`,
);
