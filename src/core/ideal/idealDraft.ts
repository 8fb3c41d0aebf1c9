import * as z from 'zod';
import { idealSchema, type Ideal } from './ideal.ts';

/** A trainer's unfinished ideal. Survives reload, tab switch and crash. */
export const idealDraftSchema = idealSchema
  .pick({
    id: true,
    taskId: true,
    taskHash: true,
    author: true,
    startedFrom: true,
    notes: true,
    revises: true,
    startedAt: true,
  })
  .extend({
    /** Unlike an ideal, a draft may have no files. */
    files: z.array(idealSchema.shape.files.element),
    /** The files from which the ideal started. */
    start: z.array(idealSchema.shape.files.element),
    /** As typed, one per line: `Title https://…`. */
    references: z.string(),
    /** Why no case exists that a weak answer fails. */
    reason: z.string(),
    /** The session's active time when the ideal was begun, in milliseconds. */
    activeFrom: z.int().nonnegative(),
    updatedAt: z.iso.datetime(),
  });
export type IdealDraft = z.infer<typeof idealDraftSchema>;

/** The fields that are typed in the panel. */
export const idealFields = ['notes', 'references', 'reason'] as const;
export type IdealField = (typeof idealFields)[number];

const address = /\bhttps?:\/\/\S+/;

/** Parses references from a text, one per line: a title, an address, or both. */
export function readReferences(text: string): Ideal['references'] {
  const lines = text.split('\n').map((line) => line.replace(/^\s*[-*]\s+/, '').trim());
  return lines.filter(Boolean).map((line) => {
    const url = address.exec(line)?.[0];
    if (url === undefined || !z.url().safeParse(url).success) return { title: line };
    const title = line.replace(url, '').replaceAll(/\s+/g, ' ').trim();
    return { title: title === '' ? url : title, url };
  });
}

/** The inverse of `readReferences`. */
export function writeReferences(references: Ideal['references']): string {
  return references
    .map(({ title, url }) => (url === undefined || url === title ? title : `${title} ${url}`))
    .join('\n');
}
