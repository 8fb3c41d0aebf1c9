import { v7 as uuid } from 'uuid';
import { contentHash } from '../../core/text/hash.ts';
import type { Ideal, Proof } from '../../core/ideal/ideal.ts';
import {
  idealDraftSchema,
  readReferences,
  writeReferences,
  type IdealDraft,
} from '../../core/ideal/idealDraft.ts';
import type { UnchainedRecord } from '../../core/records/ledger.ts';
import type { Run } from '../../core/run/run.ts';
import type { SourceFile, Task } from '../../core/task/task.ts';
import type { Store } from '../../store/store.ts';

/** The state of a trainer's ideal when its task is opened: the unfinished draft, and the record submitted last. */
export interface IdealOpening {
  readonly draft: IdealDraft | undefined;
  readonly recorded: Ideal | undefined;
}

export async function readIdealOpening(store: Store, taskId: string, author: string): Promise<IdealOpening> {
  const [kept, entries] = await Promise.all([
    store.unfinished({ kind: 'ideal', author, subject: taskId }),
    store.ledger({ kind: 'ideal', taskId, author }),
  ]);
  return {
    draft: kept === undefined ? undefined : idealDraftSchema.parse(kept),
    recorded: entries.at(-1)?.record,
  };
}

/** A new draft that starts from these files. */
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

/** A submitted ideal as a draft to continue. `start`: the files of the answer that it started from, as they are read now. */
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

/** The record to hand to the store. */
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
