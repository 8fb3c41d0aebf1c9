import type * as z from 'zod';
import { contentHash } from './hash.ts';
import { goldVerdictSchema } from './gold.ts';
import { idealSchema } from './ideal.ts';
import { inspectionSchema } from './inspection.ts';
import { settlementSchema } from './settlement.ts';

/**
 * The records that are final once they are made, reviews aside. Each has `id`, `taskId`, `author` and `prevHash`, the
 * hash of the author's record before it of the same kind in the same store; empty for the first.
 */
export const ledgerSchemas = {
  inspection: inspectionSchema,
  settlement: settlementSchema,
  gold: goldVerdictSchema,
  ideal: idealSchema,
} as const;
export type LedgerKind = keyof typeof ledgerSchemas;
export const ledgerKinds = Object.keys(ledgerSchemas) as readonly LedgerKind[];

export type LedgerRecord<Kind extends LedgerKind = LedgerKind> = z.infer<(typeof ledgerSchemas)[Kind]>;

/** A record as it is handed to the store, which adds the link to the chain. */
export type UnchainedRecord<Kind extends LedgerKind> = Kind extends LedgerKind
  ? Omit<LedgerRecord<Kind>, 'prevHash'>
  : never;

/** A record with what it is. */
export type LedgerEntry<Kind extends LedgerKind = LedgerKind> = Kind extends LedgerKind
  ? { readonly kind: Kind; readonly record: LedgerRecord<Kind> }
  : never;

/** The hash that the author's next record of the kind carries as `prevHash`: SHA-256 of its canonical JSON. */
export function recordHash(record: LedgerRecord): string {
  return contentHash(record);
}
