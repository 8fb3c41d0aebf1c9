import type * as z from 'zod';
import { goldVerdictSchema } from '../calibration/gold.ts';
import { idealSchema } from '../ideal/ideal.ts';
import { inspectionSchema } from '../inspection/inspection.ts';
import { settlementSchema } from '../inspection/settlement.ts';

/**
 * The final records other than reviews. Each has `id`, `taskId`, `author` and `prevHash`: the hash of the author's
 * previous record of the same kind in the same store, empty for the first record.
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

/** A record before the store adds the link to the chain. */
export type UnchainedRecord<Kind extends LedgerKind> = Kind extends LedgerKind
  ? Omit<LedgerRecord<Kind>, 'prevHash'>
  : never;

/** A record with its kind. */
export type LedgerEntry<Kind extends LedgerKind = LedgerKind> = Kind extends LedgerKind
  ? { readonly kind: Kind; readonly record: LedgerRecord<Kind> }
  : never;
