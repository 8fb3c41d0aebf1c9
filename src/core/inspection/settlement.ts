import * as z from 'zod';
import { preferenceSchema } from '../task/preference.ts';
import { differenceKinds } from './kinds.ts';

/** How the verdict came about. */
export const settlementSources = ['unanimous', 'adjudicated', 'unresolved'] as const;

/** The verdict on a task with two or more reviews. Append-only: a later settlement names the settlement that it replaces. */
export const settlementSchema = z
  .strictObject({
    id: z.uuid(),
    taskId: z.string(),
    taskHash: z.string(),
    /** The reviewer who settled the task: an opaque id. */
    author: z.string().min(1),
    /** The reviews that were compared, with the hash of each at that time. */
    reviews: z.array(z.strictObject({ id: z.uuid(), hash: z.string() })).min(2),
    source: z.enum(settlementSources),
    /** `null` if and only if the source is "unresolved". */
    verdict: preferenceSchema.nullable(),
    /** The differences between the reviews, and what decided each. */
    differences: z.array(
      z.strictObject({
        on: z.enum(differenceKinds),
        about: z.string().min(1),
        /** Ids of the runs whose replay decided a fact. */
        replays: z.array(z.string()).optional(),
      }),
    ),
    reason: z.string(),
    revises: z.uuid().optional(),
    /** Active time of the reviewer in milliseconds; older settlements do not have it. */
    activeMs: z.int().nonnegative().optional(),
    startedAt: z.iso.datetime(),
    submittedAt: z.iso.datetime(),
    toolVersion: z.string(),
    prevHash: z.string(),
  })
  .superRefine(({ source, verdict, reason, reviews }, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if ((source === 'unresolved') !== (verdict === null))
      refuse('verdict', 'must be null if and only if the source is "unresolved"');
    if (source !== 'unanimous' && reason.trim() === '')
      refuse('reason', 'must not be empty, unless all reviews agree');
    if (new Set(reviews.map(({ id }) => id)).size < reviews.length)
      refuse('reviews', 'must name each review once');
  });
export type Settlement = z.infer<typeof settlementSchema>;
