import * as z from 'zod';
import { recordHash } from '../records/chain.ts';
import { canonicalJson } from '../text/canonicalJson.ts';
import { ledgerSchemas, type LedgerEntry } from '../records/ledger.ts';
import { reviewSchema, skipSchema, type Review, type Skip } from '../review/review.ts';
import { runSchema, type Run } from '../run/run.ts';
import { schemaFault, type Fault } from '../text/schemaFault.ts';
import { parsePlainly } from '../task/plainNumbers.ts';
import { taskSchema, type Task } from '../task/task.ts';

/**
 * The version of the Tiebreak format, written in each line. Version 1 had no inspections, settlements, gold verdicts and
 * ideals, and no seal as the last line.
 */
const formatVersion = 2;

/**
 * One line of the Tiebreak format. Every final record, such as a review, has its hash, so that a change to the last
 * record of a chain is detected too. `end` closes an export; see `sealOf`.
 */
export type ExchangeRecord =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'review'; readonly hash: string; readonly review: Review }
  | LedgerLine
  | { readonly kind: 'skip'; readonly skip: Skip }
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'end'; readonly records: number; readonly marks: string; readonly hash: string };

/** A final record with its hash. */
type LedgerLine = LedgerEntry extends infer Entry
  ? Entry extends LedgerEntry
    ? { readonly hash: string } & Entry
    : never
  : never;

const version = { tiebreak: z.literal([1, formatVersion]) };
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in 64 lower-case hexadecimal digits');
const recordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...version, kind: z.literal('task'), task: taskSchema }),
  z.strictObject({
    ...version,
    kind: z.literal('review'),
    hash,
    review: reviewSchema,
  }),
  ledgerLine('inspection'),
  ledgerLine('settlement'),
  ledgerLine('gold'),
  ledgerLine('ideal'),
  z.strictObject({ ...version, kind: z.literal('skip'), skip: skipSchema }),
  z.strictObject({ ...version, kind: z.literal('run'), run: runSchema }),
  z.strictObject({
    ...version,
    kind: z.literal('end'),
    records: z.int().nonnegative(),
    marks: z.string(),
    hash,
  }),
]);

function ledgerLine<Kind extends LedgerEntry['kind']>(kind: Kind) {
  return z.strictObject({ ...version, kind: z.literal(kind), hash, record: ledgerSchemas[kind] });
}

const remedies = { '': 'Export the file again with Tiebreak, in the format "tiebreak"' };

/** Whether a value is marked as a record of the Tiebreak format, in any version. */
export function isExchangeRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'tiebreak');
}

/** Reads a record of the Tiebreak format. `isNewer` means that a later version of Tiebreak wrote the record. */
export function readRecord(value: unknown): ExchangeRecord | (Fault & { readonly isNewer?: true }) {
  const written = (value as { tiebreak: unknown }).tiebreak;
  if (typeof written === 'number' && written > formatVersion) {
    const reason = `the record has version ${written} of the Tiebreak format; this Tiebreak reads version ${formatVersion}`;
    return { reason, remedy: 'Update Tiebreak', isNewer: true };
  }
  const result = parsePlainly(recordSchema, value);
  return result.success ? result.data : schemaFault(result.error, value, remedies);
}

/**
 * A record as a line, without the newline. The line is canonical JSON: equal content gives equal bytes, whatever the
 * order of the keys was.
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
    case 'end':
      return `${head},"records":${record.records},"marks":"${record.marks}","hash":"${record.hash}"}`;
    case 'inspection':
    case 'settlement':
    case 'gold':
    case 'ideal':
      return `${head},"hash":"${record.hash}","record":${canonicalJson(record.record)}}`;
  }
}

export function reviewRecord(review: Review): ExchangeRecord {
  return { kind: 'review', hash: recordHash(review), review };
}

export function ledgerRecord(entry: LedgerEntry): ExchangeRecord {
  return { hash: recordHash(entry.record), ...entry };
}
