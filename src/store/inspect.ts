import { integerOf, textOf, type Database, type Row } from './database.ts';
import type { InspectEntry, InspectFilter, InspectSort, Store } from './store.ts';

const orders: Readonly<Record<InspectSort, string>> = {
  newest: 'facts.seq DESC',
  agreement: 'facts.agreement NULLS LAST, facts.task_id, facts.seq',
  fastest: 'facts.active_ms, facts.seq',
};

const conditions: Readonly<Record<keyof InspectFilter, string>> = {
  unresolved: `facts.agreement < 1 AND NOT EXISTS (
    SELECT 1 FROM ledger WHERE ledger.task_id = facts.task_id AND kind = 'settlement'
      AND json ->> '$.source' <> 'unresolved')`,
  overridden: 'facts.overrides > 0',
  fasterThanMs: 'facts.active_ms < :fasterThanMs',
  waitingFor: `facts.evaluator <> :waitingFor AND facts.id NOT IN (
    SELECT subject FROM ledger WHERE kind = 'inspection' AND author = :waitingFor)`,
  reviewIds: 'facts.id IN (SELECT value FROM json_each(:reviewIds))',
  evaluator: 'facts.evaluator = :evaluator',
};

/** The part of the store that lists submitted reviews for reviewers. */
export function inspectMethods(db: Database): Pick<Store, 'inspectList'> {
  return {
    inspectList: (filter, sort, page) => db.read(() => list(db, filter, sort, page)),
  };
}

function list(
  db: Database,
  filter: InspectFilter,
  sort: InspectSort,
  { offset, limit }: { offset: number; limit: number },
): { entries: InspectEntry[]; total: number } {
  const names = (Object.keys(conditions) as (keyof InspectFilter)[]).filter((name) => isAsked(filter[name]));
  const where = ['facts.revised = 0', ...names.map((name) => conditions[name])].join(' AND ');
  const parameters = Object.fromEntries(
    names.flatMap((name) => {
      const value = filter[name];
      if (typeof value === 'string' || typeof value === 'number') return [[name, value]];
      return Array.isArray(value) ? [[name, JSON.stringify(value)]] : [];
    }),
  );
  const count = db.get(`SELECT count(*) AS total FROM review_facts AS facts WHERE ${where}`, parameters);
  const rows = db.all(
    `SELECT facts.seq, facts.id, facts.task_id, facts.evaluator, facts.active_ms, facts.overrides,
       facts.agreement
     FROM review_facts AS facts WHERE ${where} ORDER BY ${orders[sort]} LIMIT :limit OFFSET :offset`,
    { ...parameters, limit, offset },
  );
  return { entries: rows.map((row) => entryOf(db, row)), total: integerOf(count!, 'total') };
}

function isAsked(value: InspectFilter[keyof InspectFilter]): boolean {
  return value !== undefined && value !== false;
}

function entryOf(db: Database, row: Row): InspectEntry {
  const [id, taskId] = [textOf(row, 'id'), textOf(row, 'task_id')];
  const task = db.get('SELECT title, language FROM tasks WHERE id = :taskId', { taskId });
  const ofTask = 'SELECT count(*) AS reviews FROM review_facts WHERE task_id = :taskId AND revised = 0';
  const inspection = db.get(
    `SELECT json ->> '$.decision.kind' AS decision FROM ledger
     WHERE subject = :id AND kind = 'inspection' ORDER BY seq DESC LIMIT 1`,
    { id },
  );
  return {
    reviewId: id,
    taskId,
    title: task === undefined ? taskId : textOf(task, 'title'),
    language: task && textOf(task, 'language'),
    evaluator: textOf(row, 'evaluator'),
    activeMs: integerOf(row, 'active_ms'),
    overrides: integerOf(row, 'overrides'),
    reviewsOfTask: integerOf(db.get(ofTask, { taskId })!, 'reviews'),
    agreement: agreementIn(row),
    decision: inspection && (textOf(inspection, 'decision') as InspectEntry['decision']),
  };
}

/** A share, or nothing where the task has one review. */
function agreementIn(row: Row): number | undefined {
  const { agreement } = row;
  return typeof agreement === 'number' ? agreement : undefined;
}
