import type { Inspection } from '../core/inspection.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import {
  veryFastMs,
  type InspectEntry,
  type InspectFilter,
  type InspectListing,
  type InspectPage,
  type InspectShow,
  type InspectSort,
  type InspectState,
  type Store,
} from './store.ts';

/** The part of the store that lists reviews by where they stand for one reviewer. */
export function inspectMethods(db: Database): Pick<Store, 'inspectList' | 'sentBack'> {
  return {
    inspectList: (filter, sort, page) => db.read(() => list(db, filter, sort, page)),
    sentBack: (taskId, evaluator) => db.read(() => sentBackOf(db, taskId, evaluator)),
  };
}

/** Inspections that send a review back, and that neither their reviewer nor the evaluator has answered with a newer record. */
const sentBack = `
  FROM ledger JOIN review_facts AS facts ON facts.id = ledger.subject
  WHERE ledger.kind = 'inspection' AND ledger.json ->> '$.decision.kind' = 'send-back' AND facts.revised = 0
    AND NOT EXISTS (
      SELECT 1 FROM ledger AS later WHERE later.kind = 'inspection' AND later.subject = ledger.subject
        AND later.author = ledger.author AND later.seq > ledger.seq)`;

/** Ids of the tasks on which something that `:evaluator` submitted was sent back. */
export const sentBackTasks = `SELECT facts.task_id ${sentBack} AND facts.evaluator = :evaluator`;

/** Ids of the reviews that `:reviewer` has inspected, and of those that a settlement names: worked out once, not once a row. */
const inspected = `SELECT subject FROM ledger WHERE kind = 'inspection' AND author = :reviewer`;
const settled = `
  SELECT named.value ->> '$.id' FROM ledger, json_each(ledger.json, '$.reviews') AS named
  WHERE ledger.kind = 'settlement'`;

const conditions: Readonly<Record<InspectShow, string>> = {
  unresolved: `facts.id NOT IN (${inspected}) AND facts.id NOT IN (${settled})`,
  overridden: 'facts.overrides > 0',
  fast: `facts.active_ms < ${veryFastMs}`,
  'gold-missed': 'facts.verdict <> (SELECT verdict FROM reserve WHERE reserve.task_id = facts.task_id)',
  all: 'TRUE',
};

/** Each order, and what lies after the review `:after` in it. A task with one review has no agreement and comes last. */
const orders: Readonly<Record<InspectSort, { readonly by: string; readonly after: string }>> = {
  newest: {
    by: 'facts.seq DESC',
    after: 'facts.seq < (SELECT seq FROM review_facts WHERE id = :after)',
  },
  agreement: {
    by: 'facts.agreement NULLS LAST, facts.task_id, facts.seq',
    after: `(ifnull(facts.agreement, 2), facts.task_id, facts.seq)
      > (SELECT ifnull(agreement, 2), task_id, seq FROM review_facts WHERE id = :after)`,
  },
  fastest: {
    by: 'facts.active_ms, facts.seq',
    after: '(facts.active_ms, facts.seq) > (SELECT active_ms, seq FROM review_facts WHERE id = :after)',
  },
};

const state = `
  coalesce(
    (SELECT json ->> '$.decision.kind' FROM ledger WHERE kind = 'inspection' AND author = :reviewer
      AND subject = facts.id ORDER BY seq DESC LIMIT 1),
    (SELECT 'settled' WHERE facts.id IN (${settled})),
    (SELECT 'draft' FROM unfinished WHERE kind = 'inspection' AND author = :reviewer AND subject = facts.id),
    'open')`;

function list(
  db: Database,
  { reviewer, show }: InspectFilter,
  sort: InspectSort,
  { limit, after }: InspectPage,
): InspectListing {
  const where = `facts.revised = 0 AND ${conditions[show]}`;
  // A parameter that the statement does not name is an error.
  const who = show === 'unresolved' ? { reviewer } : {};
  const later = after === undefined ? '' : `AND ${orders[sort].after}`;
  const rows = db.all(
    `SELECT facts.json, facts.evaluator, facts.task_id, facts.active_ms, facts.overrides, facts.agreement,
       tasks.title, tasks.language, ${state} AS state,
       (SELECT count(*) FROM review_facts WHERE task_id = facts.task_id AND revised = 0) AS reviews_of_task
     FROM review_facts AS facts LEFT JOIN tasks ON tasks.id = facts.task_id
     WHERE ${where} ${later} ORDER BY ${orders[sort].by} LIMIT :limit`,
    { reviewer, limit, ...(after === undefined ? {} : { after }) },
  );
  const total = db.get(`SELECT count(*) AS total FROM review_facts AS facts WHERE ${where}`, who)!;
  return { entries: rows.map(entryOf), total: integerOf(total, 'total') };
}

function entryOf(row: Row): InspectEntry {
  const facts = valueOf(row) as { id: string; submittedAt: string; revises?: string };
  const { agreement } = row;
  const taskId = textOf(row, 'task_id');
  const isListed = row['title'] !== null;
  return {
    reviewId: facts.id,
    taskId,
    title: isListed ? textOf(row, 'title') : taskId,
    language: isListed ? textOf(row, 'language') : undefined,
    evaluator: textOf(row, 'evaluator'),
    submittedAt: facts.submittedAt,
    activeMs: integerOf(row, 'active_ms'),
    overrides: integerOf(row, 'overrides'),
    reviewsOfTask: integerOf(row, 'reviews_of_task'),
    agreement: typeof agreement === 'number' ? agreement : undefined,
    isRevision: facts.revises !== undefined,
    state: textOf(row, 'state') as InspectState,
  };
}

function sentBackOf(db: Database, taskId: string, evaluator: string): Inspection[] {
  const select = `SELECT ledger.json ${sentBack} AND facts.task_id = :taskId AND facts.evaluator = :evaluator`;
  return db
    .all(`${select} ORDER BY ledger.seq`, { taskId, evaluator })
    .map((row) => valueOf(row) as Inspection);
}
