import type { Inspection } from '../../core/inspection/inspection.ts';
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
} from '../store.ts';

/** The store's methods that list reviews with their state for one reviewer. */
export function inspectMethods(db: Database): Pick<Store, 'inspectList' | 'sentBack'> {
  return {
    inspectList: (filter, sort, page) => db.read(() => list(db, filter, sort, page)),
    sentBack: (taskId, evaluator) => db.read(() => sentBackOf(db, taskId, evaluator)),
  };
}

/** Inspections that send a review back and are still in effect: neither a newer inspection nor a revision replaces them. */
const sentBack = `
  FROM ledger JOIN review_facts AS facts ON facts.id = ledger.subject
  WHERE ledger.kind = 'inspection' AND ledger.json ->> '$.decision.kind' = 'send-back' AND facts.revised = 0
    AND NOT EXISTS (
      SELECT 1 FROM ledger AS later WHERE later.kind = 'inspection' AND later.subject = ledger.subject
        AND later.author = ledger.author AND later.seq > ledger.seq)`;

/** Ids of the tasks with a sent-back review of `:evaluator`. */
export const sentBackTasks = `SELECT facts.task_id ${sentBack} AND facts.evaluator = :evaluator`;

/** Ids of the reviews that `:reviewer` has inspected, and of those that a settlement names. Evaluated once, not once per row. */
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

const overriddenIndex = 'INDEXED BY review_facts_overridden';
const everyReview = 'SELECT count(*) FROM review_facts AS facts WHERE facts.revised = 0';

/** The number of reviews of each list, read from indexes, and for the largest list from the reviews that it leaves out. */
const totals: Readonly<Record<InspectShow, string>> = {
  unresolved: `(${everyReview}) - (${everyReview} AND facts.id IN (${inspected} UNION ${settled}))`,
  overridden: `(
    SELECT count(*) FROM review_facts AS facts ${overriddenIndex}
    WHERE facts.revised = 0 AND ${conditions.overridden})`,
  fast: `(${everyReview} AND ${conditions.fast})`,
  'gold-missed': `(
    SELECT count(*) FROM reserve CROSS JOIN review_facts AS facts ON facts.task_id = reserve.task_id
    WHERE facts.revised = 0 AND facts.verdict <> reserve.verdict)`,
  all: `(${everyReview})`,
};

/**
 * A part of an order that an index gives: the condition for its reviews, and for those after `:after`. The index is named,
 * because SQLite would choose one for `revised`, to which nearly all reviews belong, and sort them.
 */
interface Stretch {
  readonly index: string;
  readonly of: string;
  readonly by: string;
  readonly after: string;
}

const cursor = (columns: string): string => `(SELECT ${columns} FROM review_facts WHERE id = :after)`;

/** The stretches of each order. A task with one review has no agreement and comes last. */
const orders: Readonly<Record<InspectSort, readonly Stretch[]>> = {
  newest: [{ index: 'NOT INDEXED', of: 'TRUE', by: 'facts.seq DESC', after: `facts.seq < ${cursor('seq')}` }],
  agreement: [
    {
      index: 'INDEXED BY review_facts_by_agreement',
      of: 'facts.agreement IS NOT NULL',
      by: 'facts.agreement, facts.task_id, facts.seq',
      after: `(facts.agreement, facts.task_id, facts.seq) > ${cursor('agreement, task_id, seq')}`,
    },
    {
      index: 'INDEXED BY review_facts_by_agreement',
      of: 'facts.agreement IS NULL',
      by: 'facts.task_id, facts.seq',
      after: `(${cursor('agreement')} IS NOT NULL OR (facts.task_id, facts.seq) > ${cursor('task_id, seq')})`,
    },
  ],
  fastest: [
    {
      index: 'INDEXED BY review_facts_by_time',
      of: 'TRUE',
      by: 'facts.active_ms, facts.seq',
      after: `(facts.active_ms, facts.seq) > ${cursor('active_ms, seq')}`,
    },
  ],
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
  const rows: Row[] = [];
  for (const stretch of orders[sort]) {
    if (rows.length < limit)
      rows.push(
        ...rowsOf(db, reviewer, show, stretch, { limit: limit - rows.length, ...(after && { after }) }),
      );
  }
  // node:sqlite rejects a parameter that the statement does not name.
  const who = show === 'unresolved' ? { reviewer } : {};
  const total = db.get(`SELECT ${totals[show]} AS total`, who)!;
  return { entries: rows.map(entryOf), total: integerOf(total, 'total') };
}

function rowsOf(
  db: Database,
  reviewer: string,
  show: InspectShow,
  stretch: Stretch,
  { limit, after }: InspectPage,
): Row[] {
  // The reviews with an override are few, and their index has the order of `newest`.
  const index = show === 'overridden' && stretch === orders.newest[0] ? overriddenIndex : stretch.index;
  const later = after === undefined ? '' : `AND ${stretch.after}`;
  return db.all(
    `SELECT facts.json, facts.evaluator, facts.task_id, facts.active_ms, facts.overrides, facts.agreement,
       tasks.title, tasks.language, ${state} AS state,
       (SELECT count(*) FROM review_facts WHERE task_id = facts.task_id AND revised = 0) AS reviews_of_task
     FROM review_facts AS facts ${index} LEFT JOIN tasks ON tasks.id = facts.task_id
     WHERE facts.revised = 0 AND ${conditions[show]} AND ${stretch.of} ${later} ORDER BY ${stretch.by} LIMIT :limit`,
    { reviewer, limit, ...(after === undefined ? {} : { after }) },
  );
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
