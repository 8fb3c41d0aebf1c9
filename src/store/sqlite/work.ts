import type { Draft, Skip } from '../../core/review/review.ts';
import { valueOf, type Database } from './database.ts';
import type { Counting } from './finalRecords.ts';
import type { Store } from '../store.ts';

/** The store's methods for drafts and skips: at most one of each per task and evaluator. */
export function workMethods(db: Database): Pick<Store, 'draft' | 'saveDraft' | 'skip' | 'unskip' | 'skips'> {
  return {
    draft: (taskId, evaluator) => db.read(() => findDraft(db, taskId, evaluator)),
    saveDraft: (draft) => db.writeThenFlush(() => keep(db, 'drafts', draft)),
    skip: (skip) => db.write(() => keep(db, 'skips', skip)),
    unskip: (taskId, evaluator) => db.write(() => drop(db, 'skips', taskId, evaluator)),
    skips: () =>
      db.read(() => db.all('SELECT json FROM skips ORDER BY rowid').map((row) => valueOf(row) as Skip)),
  };
}

/** Removes the draft and the skip of a task when its review is submitted. */
export function dropWork(db: Database, taskId: string, evaluator: string): void {
  drop(db, 'drafts', taskId, evaluator);
  drop(db, 'skips', taskId, evaluator);
}

/** Adds an imported skip; a skip that the evaluator made here stays. For use inside a write. */
export function importSkip(db: Database, skip: Skip, counts: Counting): void {
  const { evaluator, taskId } = skip;
  const where = 'evaluator = :evaluator AND task_id = :taskId';
  const row = db.get(`SELECT json FROM skips WHERE ${where}`, { evaluator, taskId });
  const stored = row && (valueOf(row) as Skip);
  if (stored === undefined) {
    keep(db, 'skips', skip);
    counts.added += 1;
  } else if (stored.at === skip.at && stored.reason === skip.reason) counts.unchanged += 1;
  else counts.refused.push(taskId);
}

function findDraft(db: Database, taskId: string, evaluator: string): Draft | undefined {
  const where = 'evaluator = :evaluator AND task_id = :taskId';
  const row = db.get(`SELECT json FROM drafts WHERE ${where}`, { evaluator, taskId });
  return row && (valueOf(row) as Draft);
}

function keep(db: Database, table: 'drafts' | 'skips', record: Draft | Skip): void {
  const { evaluator, taskId } = record;
  db.run(
    `INSERT INTO ${table} VALUES (:evaluator, :taskId, :json)
     ON CONFLICT (evaluator, task_id) DO UPDATE SET json = excluded.json`,
    { evaluator, taskId, json: JSON.stringify(record) },
  );
}

function drop(db: Database, table: 'drafts' | 'skips', taskId: string, evaluator: string): void {
  db.run(`DELETE FROM ${table} WHERE evaluator = :evaluator AND task_id = :taskId`, { evaluator, taskId });
}
