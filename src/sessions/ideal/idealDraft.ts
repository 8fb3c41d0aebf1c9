import { v7 as uuid } from 'uuid';
import { contentHash } from '../../core/hash.ts';
import type { Ideal, Proof } from '../../core/ideal.ts';
import { idealDraftSchema, readReferences, writeReferences, type IdealDraft } from '../../core/idealDraft.ts';
import type { UnchainedRecord } from '../../core/ledger.ts';
import type { Run } from '../../core/run.ts';
import type { SourceFile, Task } from '../../core/task.ts';
import type { Store } from '../../store/store.ts';

/** What is known of a trainer's ideal when its task is opened: what was being written, else what was submitted last. */
export interface IdealPast {
  readonly draft: IdealDraft | undefined;
  readonly recorded: Ideal | undefined;
}

export async function idealPast(store: Store, taskId: string, author: string): Promise<IdealPast> {
  const [kept, entries] = await Promise.all([
    store.unfinished({ kind: 'ideal', author, subject: taskId }),
    store.ledger({ kind: 'ideal', taskId, author }),
  ]);
  return {
    draft: kept === undefined ? undefined : idealDraftSchema.parse(kept),
    recorded: entries.at(-1)?.record,
  };
}

/** A new ideal that begins with these files. */
export function newIdealDraft(
  task: Task,
  author: string,
  begin: {
    readonly startedFrom: string | null;
    readonly start: readonly SourceFile[];
    readonly activeMs: number;
  },
): IdealDraft {
  const now = new Date().toISOString();
  return {
    id: uuid(),
    taskId: task.id,
    taskHash: contentHash(task),
    author,
    startedFrom: begin.startedFrom,
    start: begin.startedFrom === null ? [] : [...begin.start],
    files: [...begin.start],
    notes: '',
    references: '',
    reason: '',
    activeFrom: begin.activeMs,
    startedAt: now,
    updatedAt: now,
  };
}

/** What was submitted, as a draft to go on from. `start` is what the answer it started from reads as now. */
export function draftOf(record: Ideal, start: readonly SourceFile[]): IdealDraft {
  const { id, taskId, taskHash, author, startedFrom, files, notes, references, proof, startedAt } = record;
  return {
    id,
    taskId,
    taskHash,
    author,
    startedFrom,
    start: [...start],
    files,
    notes,
    references: writeReferences(references),
    reason: proof.by === 'reason' ? proof.reason : '',
    ...(record.revises === undefined ? {} : { revises: record.revises }),
    activeFrom: 0,
    startedAt,
    updatedAt: record.submittedAt,
  };
}

/** The record as it is handed to the store. */
export function idealRecord(
  draft: IdealDraft,
  more: {
    readonly proof: Proof;
    readonly runs: readonly Run[];
    readonly activeMs: number;
    readonly toolVersion: string;
  },
): UnchainedRecord<'ideal'> {
  const { reason: _reason, start: _start, activeFrom, updatedAt: _updatedAt, ...kept } = draft;
  return {
    ...kept,
    references: readReferences(draft.references),
    runs: [...more.runs],
    proof: more.proof,
    activeMs: Math.max(0, more.activeMs - activeFrom),
    submittedAt: new Date().toISOString(),
    toolVersion: more.toolVersion,
  };
}
