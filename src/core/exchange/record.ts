import * as z from 'zod';
import { reviewHash } from '../chain.ts';
import { canonicalJson } from '../json.ts';
import { reviewSchema, skipSchema, type Review, type Skip } from '../review.ts';
import { runSchema, type Run } from '../run.ts';
import { schemaFault, type Fault } from '../schemaFault.ts';
import { taskSchema, type Task } from '../task.ts';

/** The version of the Tiebreak format, which each of its lines carries. */
const formatVersion = 1;

/** One line of the Tiebreak format. A review carries its hash, so that a change to the last of a chain shows too. */
export type ExchangeRecord =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'review'; readonly hash: string; readonly review: Review }
  | { readonly kind: 'skip'; readonly skip: Skip }
  | { readonly kind: 'run'; readonly run: Run };

const version = { tiebreak: z.literal(formatVersion) };
const recordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...version, kind: z.literal('task'), task: taskSchema }),
  z.strictObject({
    ...version,
    kind: z.literal('review'),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits'),
    review: reviewSchema,
  }),
  z.strictObject({ ...version, kind: z.literal('skip'), skip: skipSchema }),
  z.strictObject({ ...version, kind: z.literal('run'), run: runSchema }),
]);

const mends = { '': 'Export the file again with Tiebreak, in the format "tiebreak"' };

/** Whether a value says that it is a record of the Tiebreak format, of any version. */
export function isExchangeRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'tiebreak');
}

/** Reads a record of the Tiebreak format; `isNewer` tells that a later Tiebreak has written it. */
export function readRecord(value: unknown): ExchangeRecord | (Fault & { readonly isNewer?: true }) {
  const written = (value as { tiebreak: unknown }).tiebreak;
  if (typeof written === 'number' && written > formatVersion) {
    const reason = `the record has version ${written} of the Tiebreak format; this Tiebreak reads version ${formatVersion}`;
    return { reason, mend: 'Update Tiebreak', isNewer: true };
  }
  const result = recordSchema.safeParse(value);
  return result.success ? result.data : schemaFault(result.error, value, mends);
}

/**
 * A record as a line, without the newline. The content is canonical JSON, so that equal content gives equal bytes
 * whoever wrote it and in whatever order of keys.
 */
export function recordLine(record: ExchangeRecord): string {
  const head = `{"tiebreak":${formatVersion},"kind":"${record.kind}"`;
  switch (record.kind) {
    case 'task':
      return `${head},"task":${canonicalJson(record.task)}}`;
    case 'review':
      return `${head},"hash":"${record.hash}","review":${canonicalJson(record.review)}}`;
    case 'skip':
      return `${head},"skip":${canonicalJson(record.skip)}}`;
    case 'run':
      return `${head},"run":${canonicalJson(record.run)}}`;
  }
}

/** A review as a record. */
export function reviewRecord(review: Review): ExchangeRecord {
  return { kind: 'review', hash: reviewHash(review), review };
}
