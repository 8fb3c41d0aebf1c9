import * as z from 'zod';
import { preferenceSchema } from './preference.ts';

/** What reviews of one task differ on: what is the case, how much it counts, or neither. */
export const differenceKinds = ['facts', 'weights', 'taste'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/** How the verdict came about. */
export const settlementSources = ['unanimous', 'adjudicated', 'unresolved'] as const;

/** The verdict on a task that two or more have reviewed. Append-only: a later one names the one it replaces. */
export const settlementSchema = z
  .strictObject({
    id: z.uuid(),
    taskId: z.string(),
    taskHash: z.string(),
    /** Who settled it: an opaque id. */
    author: z.string().min(1),
    /** The reviews that were held side by side, with the hash of each as it was. */
    reviews: z.array(z.strictObject({ id: z.uuid(), hash: z.string() })).min(2),
    source: z.enum(settlementSources),
    /** `null` where it is unresolved, and there only. */
    verdict: preferenceSchema.nullable(),
    /** What the reviews differ on, and what decided it. */
    differences: z.array(
      z.strictObject({
        on: z.enum(differenceKinds),
        about: z.string().min(1),
        /** Ids of runs whose replay decided a fact. */
        replays: z.array(z.string()).optional(),
      }),
    ),
    reason: z.string(),
    revises: z.uuid().optional(),
    startedAt: z.iso.datetime(),
    submittedAt: z.iso.datetime(),
    toolVersion: z.string(),
    prevHash: z.string(),
  })
  .superRefine(({ source, verdict, reason, reviews }, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((source === 'unresolved') !== (verdict === null))
      refuse('verdict', 'must be null where the source is "unresolved", and only there');
    if (source !== 'unanimous' && reason.trim() === '') refuse('reason', 'must say why, unless all agreed');
    if (new Set(reviews.map(({ id }) => id)).size < reviews.length)
      refuse('reviews', 'must name each review once');
  });
export type Settlement = z.infer<typeof settlementSchema>;
