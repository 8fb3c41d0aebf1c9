import * as z from 'zod';
import { recordHash } from '../records/chain.ts';
import { contentHash } from '../text/hash.ts';
import type { UnchainedRecord } from '../records/ledger.ts';
import { shownPreferenceSchema, toStored, type ShownOrder } from '../task/preference.ts';
import type { Review } from '../review/review.ts';
import type { Settlement } from './settlement.ts';
import { differenceKinds } from './kinds.ts';
import { directionOf } from '../statistics/judged.ts';
import type { Task } from '../task/task.ts';

/** The draft of a settlement. */
export const settlementDraftSchema = z.strictObject({
  /** Id of the future record. */
  id: z.uuid(),
  /** By shown side; `unresolved` if no verdict is possible, `null` if nothing is chosen yet. */
  verdict: z.union([shownPreferenceSchema, z.literal('unresolved')]).nullable(),
  reason: z.string(),
  /** The kind of the difference; `about` names its subject. */
  on: z.enum(differenceKinds).nullable(),
  about: z.string(),
  /** Ids of recorded runs that were replayed here. */
  replays: z.array(z.string()),
  revises: z.uuid().nullable(),
  activeMs: z.int().nonnegative().default(0),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SettlementDraft = z.infer<typeof settlementDraftSchema>;

/** The source of the draft's verdict; `undefined` while no verdict is chosen. */
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

/** What is missing before the draft can be submitted, each item as an instruction. */
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
    ...(isDisputed && draft.about.trim() === '' ? ['Say what the reviews differ about'] : []),
    ...(isDisputed && draft.reason.trim() === '' ? ['Say what decided the difference'] : []),
  ];
}

/** The record for the store. The draft must be complete; see `settlementObstacles`. */
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
  const { id, verdict, on, about, reason, replays, revises, activeMs, startedAt } = draft;
  return {
    id,
    taskId: task.id,
    taskHash: contentHash(task),
    author,
    reviews: reviews.map((review) => ({ id: review.id, hash: recordHash(review) })),
    source,
    verdict: verdict === null || verdict === 'unresolved' ? null : toStored(verdict, order),
    differences:
      on === null || about.trim() === ''
        ? []
        : [{ on, about: about.trim(), ...(replays.length === 0 ? {} : { replays }) }],
    reason: reason.trim(),
    ...(revises === null ? {} : { revises }),
    activeMs,
    startedAt,
    submittedAt: new Date().toISOString(),
    toolVersion,
  };
}
