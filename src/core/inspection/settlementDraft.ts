import * as z from 'zod';
import { reviewHash } from './chain.ts';
import { contentHash } from './hash.ts';
import type { UnchainedRecord } from './ledger.ts';
import { shownPreferenceSchema, toStored, type ShownOrder } from './preference.ts';
import type { Review } from './review.ts';
import { differenceKinds, type Settlement } from './settlement.ts';
import { directionOf } from './statistics/judged.ts';
import type { Task } from './task.ts';

/** A settlement that is being written. */
export const settlementDraftSchema = z.strictObject({
  /** Of the record that it becomes. */
  id: z.uuid(),
  /** By shown side; `unresolved` where no verdict can be given, `null` where nothing is chosen yet. */
  verdict: z.union([shownPreferenceSchema, z.literal('unresolved')]).nullable(),
  reason: z.string(),
  /** What the difference rests on, and about what. */
  on: z.enum(differenceKinds).nullable(),
  about: z.string(),
  /** Ids of recorded runs that were replayed here. */
  replays: z.array(z.string()),
  revises: z.uuid().nullable(),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SettlementDraft = z.infer<typeof settlementDraftSchema>;

/** How the verdict that stands in the draft comes about; `undefined` while there is none. */
export function settlementSource(
  { verdict }: Pick<SettlementDraft, 'verdict'>,
  reviews: readonly Review[],
  order: ShownOrder,
): Settlement['source'] | undefined {
  if (verdict === null) return undefined;
  if (verdict === 'unresolved') return 'unresolved';
  const settled = directionOf({ shown: [...order], preference: toStored(verdict, order) });
  return reviews.every((review) => directionOf(review) === settled) ? 'unanimous' : 'adjudicated';
}

/** What still stands between the draft and its submission, each as an instruction. */
export function settlementObstacles(
  draft: SettlementDraft,
  reviews: readonly Review[],
  order: ShownOrder,
): string[] {
  const source = settlementSource(draft, reviews, order);
  const isDisputed = source !== undefined && source !== 'unanimous';
  return [
    ...(source === undefined ? ['Choose the verdict (keys 1 to 7, 0 for both bad, U for unresolved)'] : []),
    ...(isDisputed && draft.on === null ? ['Say what the difference rests on'] : []),
    ...(isDisputed && draft.about.trim() === '' ? ['Say what they differ about'] : []),
    ...(isDisputed && draft.reason.trim() === '' ? ['Say what decided it'] : []),
  ];
}

/** The record as it is handed to the store, from a draft that nothing stands in the way of. */
export function buildSettlement(
  draft: SettlementDraft,
  parts: {
    readonly task: Task;
    readonly reviews: readonly Review[];
    readonly order: ShownOrder;
    readonly author: string;
    readonly toolVersion: string;
  },
): UnchainedRecord<'settlement'> {
  const { task, reviews, order, author, toolVersion } = parts;
  const source = settlementSource(draft, reviews, order);
  if (source === undefined) throw new RangeError('no verdict is chosen yet');
  const { id, verdict, on, about, reason, replays, revises, startedAt } = draft;
  return {
    id,
    taskId: task.id,
    taskHash: contentHash(task),
    author,
    reviews: reviews.map((review) => ({ id: review.id, hash: reviewHash(review) })),
    source,
    verdict: verdict === null || verdict === 'unresolved' ? null : toStored(verdict, order),
    differences:
      on === null || about.trim() === ''
        ? []
        : [{ on, about: about.trim(), ...(replays.length === 0 ? {} : { replays }) }],
    reason: reason.trim(),
    ...(revises === null ? {} : { revises }),
    startedAt,
    submittedAt: new Date().toISOString(),
    toolVersion,
  };
}
