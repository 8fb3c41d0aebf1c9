import type * as z from 'zod';
import { ExactNumber } from '../text/exactNumber.ts';
import { isRecord } from '../text/json.ts';

/** Members that hold any JSON value: arguments and results of cases, rows of a query, the source of a task. */
const valueNames = new Set(['args', 'expected', 'alternatives', 'actual', 'rows', 'source']);

/**
 * Checks a value against a schema. Members that may have any JSON value keep exact numbers. In all others, such as a weight
 * or a limit, `2.0` becomes the plain number 2.
 */
export function parsePlainly<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  const result = schema.safeParse(value);
  // Nearly all values fit without the walk through all members.
  return result.success ? result : schema.safeParse(withPlainNumbers(value));
}

function withPlainNumbers(value: unknown): unknown {
  if (value instanceof ExactNumber) return Number(value);
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (!isRecord(value)) return value;
  // A null prototype keeps a member named "__proto__" a member.
  const plain = Object.create(null) as Record<string, unknown>;
  for (const [name, member] of Object.entries(value))
    plain[name] = valueNames.has(name) ? member : withPlainNumbers(member);
  return plain;
}
