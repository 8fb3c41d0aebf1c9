import type { Inspection } from '../core/inspection.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import {
  veryFastMs,
  type InspectEntry,
  type InspectPage,
  type InspectShow,
  type InspectState,
  type Store,
} from './store.ts';

/** The part of the store that lists reviews by where they stand for one reviewer. */
export function inspectingMethods(db: Database): Pick<Store, 'inspectable' | 'sentBack'> {
  return {
    inspectable: (reviewer, show, page) => db.read(() => pageOf(db, reviewer, show, page)),
    sentBack: (taskId, evaluator) => db.read(() => sentBackOf(db, taskId, evaluator)),
  };
}

/** Reviews that a later one replaces. There are few: the index holds revisions alone. */
const replaced = `
  SELECT reviews.seq FROM review_facts AS later JOIN reviews ON reviews.id = later.json ->> '$.revises'
  WHERE later.json ->> '$.revises' IS NOT NULL`;

/** Inspections that send a review back, and that neither their reviewer nor the evaluator has answered with a newer record. */
const sentBack = `
  FROM ledger JOIN reviews ON reviews.id = ledger.json ->> '$.reviewId'
  WHERE ledger.kind = 'inspection' AND ledger.json ->> '$.decision.kind' = 'send-back'
    AND reviews.seq NOT IN (${replaced})
    AND NOT EXISTS (
      SELECT 1 FROM ledger AS later WHERE later.kind = 'inspection'
        AND later.json ->> '$.reviewId' = ledger.json ->> '$.reviewId'
        AND later.author = ledger.author AND later.seq > ledger.seq)`;

/** Ids of the tasks on which something that `:evaluator` submitted was sent back. */
export const sentBackTasks = `SELECT reviews.task_id ${sentBack} AND reviews.evaluator = :evaluator`;

/** Reviews that `:reviewer` has inspected, and those that a settlement names: worked out once, not once a row. */
const inspected = `
  SELECT reviews.seq FROM ledger JOIN reviews ON reviews.id = ledger.json ->> '$.reviewId'
  WHERE ledger.kind = 'inspection' AND ledger.author = :reviewer`;
const settled = `
  SELECT reviews.seq FROM ledger, json_each(ledger.json, '$.reviews') AS named
  JOIN reviews ON reviews.id = named.value ->> '$.id' WHERE ledger.kind = 'settlement'`;

const conditions: Readonly<Record<InspectShow, string>> = {
  unresolved: `facts.seq NOT IN (${inspected}) AND facts.seq NOT IN (${settled})`,
  overridden: `json_array_length(facts.json, '$.overrides') > 0`,
  fast: `facts.json ->> '$.activeMs' < ${veryFastMs}`,
  all: 'TRUE',
};

const state = `
  coalesce(
    (SELECT json ->> '$.decision.kind' FROM ledger WHERE kind = 'inspection' AND author = :reviewer
      AND json ->> '$.reviewId' = facts.json ->> '$.id' ORDER BY seq DESC LIMIT 1),
    (SELECT 'settled' WHERE facts.seq IN (${settled})),
    (SELECT 'draft' FROM unfinished WHERE kind = 'inspection' AND author = :reviewer
      AND subject = facts.json ->> '$.id'),
    'open')`;

function pageOf(
  db: Database,
  reviewer: string,
  show: InspectShow,
  { limit, after }: { readonly limit: number; readonly after?: string },
): InspectPage {
  const where = `facts.seq NOT IN (${replaced}) AND ${conditions[show]}`;
  // A parameter that the statement does not name is an error.
  const who = show === 'unresolved' ? { reviewer } : {};
  const later = after === undefined ? '' : 'AND facts.seq < (SELECT seq FROM reviews WHERE id = :after)';
  const rows = db.all(
    `SELECT facts.json, facts.task_id, facts.evaluator, tasks.title, tasks.language, ${state} AS state
     FROM review_facts AS facts LEFT JOIN tasks ON tasks.id = facts.task_id
     WHERE ${where} ${later} ORDER BY facts.seq DESC LIMIT :limit`,
    { reviewer, limit, ...(after === undefined ? {} : { after }) },
  );
  const total = db.get(`SELECT count(*) AS count FROM review_facts AS facts WHERE ${where}`, who)!;
  return { entries: rows.map(entryOf), total: integerOf(total, 'count') };
}

function entryOf(row: Row): InspectEntry {
  const facts = valueOf(row) as Pick<InspectEntry, 'activeMs' | 'submittedAt'> & {
    id: string;
    overrides: readonly unknown[];
    revises?: string;
  };
  const taskId = textOf(row, 'task_id');
  const isListed = row['title'] !== null;
  return {
    reviewId: facts.id,
    taskId,
    title: isListed ? textOf(row, 'title') : taskId,
    language: isListed ? textOf(row, 'language') : undefined,
    evaluator: textOf(row, 'evaluator'),
    submittedAt: facts.submittedAt,
    activeMs: facts.activeMs,
    overrides: facts.overrides.length,
    isRevision: facts.revises !== undefined,
    state: textOf(row, 'state') as InspectState,
  };
}

function sentBackOf(db: Database, taskId: string, evaluator: string): Inspection[] {
  const select = `SELECT ledger.json ${sentBack} AND ledger.task_id = :taskId AND reviews.evaluator = :evaluator`;
  return db
    .all(`${select} ORDER BY ledger.seq`, { taskId, evaluator })
    .map((row) => valueOf(row) as Inspection);
}
