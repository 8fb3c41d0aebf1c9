import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import { sentBackTasks } from './inspect.ts';
import type {
  QueueEntry,
  QueueFilter,
  QueuePage,
  QueueSort,
  QueueSummary,
  Store,
  TaskState,
} from './store.ts';

/** The part of the store that lists tasks by where they stand for one evaluator. */
export function queueMethods(db: Database): Pick<Store, 'queue' | 'queueSummary' | 'nextTask' | 'place'> {
  return {
    queue: (filter, sort, page) => db.read(() => pageOf(db, filter, sort, page)),
    queueSummary: (evaluator) => db.read(() => summaryOf(db, evaluator)),
    nextTask: (filter, sort, afterTaskId) => db.read(() => nextOf(db, filter, sort, afterTaskId)),
    place: (taskId, filter, sort) => db.read(() => placeIn(db, taskId, filter, sort)),
  };
}

/** Ranks of the states in the order by state; stored nowhere. */
const states: readonly TaskState[] = ['sent-back', 'draft', 'open', 'skipped', 'submitted'];
const unfinished: readonly TaskState[] = ['sent-back', 'open', 'draft'];

/** Where a task stands is worked out from the records themselves, so it can never disagree with them. */
const standing = `
  CASE
    WHEN skips.task_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id) THEN 3
    WHEN drafts.task_id IS NOT NULL AND skips.task_id IS NULL THEN 1
    WHEN tasks.id IN (${sentBackTasks}) THEN 0
    WHEN EXISTS (
      SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id) THEN 4
    ELSE 2
  END`;

const source = `
  FROM tasks
  LEFT JOIN drafts ON drafts.evaluator = :evaluator AND drafts.task_id = tasks.id
  LEFT JOIN skips ON skips.evaluator = :evaluator AND skips.task_id = tasks.id`;

const sortKeys: Readonly<Record<QueueSort, string>> = {
  position: 'tasks.position',
  title: 'tasks.search',
  language: 'tasks.language',
  state: standing,
};

interface Condition {
  readonly sql: string;
  readonly parameters: Record<string, string | number>;
}

function pageOf(
  db: Database,
  filter: QueueFilter,
  sort: QueueSort,
  page: { offset: number; limit: number },
): QueuePage {
  const condition = conditionOf(filter);
  const { evaluator } = filter;
  const rows = db.all(
    `SELECT tasks.*, ${standing} AS state ${source} WHERE ${condition.sql}
     ORDER BY ${sortKeys[sort]}, tasks.position LIMIT :limit OFFSET :offset`,
    { evaluator, ...condition.parameters, ...page },
  );
  return { entries: rows.map(entryOf), total: countOf(db, evaluator, condition) };
}

function entryOf(row: Row): QueueEntry {
  return {
    taskId: textOf(row, 'id'),
    title: textOf(row, 'title'),
    language: textOf(row, 'language'),
    tags: valueOf(row, 'tags') as string[],
    state: states[integerOf(row, 'state')]!,
    position: integerOf(row, 'position'),
  };
}

/** Each part of the filter as one condition; what the filter leaves out costs nothing. */
function conditionOf(filter: QueueFilter): Condition {
  const parts = ['TRUE'];
  const parameters: Record<string, string | number> = {};
  if (filter.languages !== undefined) {
    parts.push('tasks.language IN (SELECT value FROM json_each(:languages))');
    parameters['languages'] = JSON.stringify(filter.languages);
  }
  if (filter.tags !== undefined) {
    const tagged = 'SELECT position FROM task_tags WHERE tag IN (SELECT value FROM json_each(:tags))';
    parts.push(`tasks.position IN (${tagged})`);
    parameters['tags'] = JSON.stringify(filter.tags);
  }
  if (filter.states !== undefined) {
    parts.push(`${standing} IN (SELECT value FROM json_each(:states))`);
    parameters['states'] = JSON.stringify(filter.states.map((state) => states.indexOf(state)));
  }
  const words = filter.text?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  words.forEach((word, index) => {
    parts.push(`instr(tasks.search, :word${index}) > 0`);
    parameters[`word${index}`] = word;
  });
  return { sql: parts.join(' AND '), parameters };
}

function summaryOf(db: Database, evaluator: string): QueueSummary {
  const standings = db.all(`SELECT ${standing} AS state, count(*) AS count ${source} GROUP BY state`, {
    evaluator,
  });
  const counted = new Map(
    standings.map((row) => [states[integerOf(row, 'state')]!, integerOf(row, 'count')]),
  );
  return {
    states: {
      open: counted.get('open') ?? 0,
      draft: counted.get('draft') ?? 0,
      'sent-back': counted.get('sent-back') ?? 0,
      submitted: counted.get('submitted') ?? 0,
      skipped: counted.get('skipped') ?? 0,
    },
    languages: countsOf(
      db.all('SELECT language AS name, count(*) AS count FROM tasks GROUP BY name ORDER BY name'),
    ),
    tags: countsOf(
      db.all('SELECT tag AS name, count(*) AS count FROM task_tags GROUP BY name ORDER BY name'),
    ),
  };
}

function countsOf(rows: readonly Row[]): { name: string; count: number }[] {
  return rows.map((row) => ({ name: textOf(row, 'name'), count: integerOf(row, 'count') }));
}

function nextOf(
  db: Database,
  filter: QueueFilter,
  sort: QueueSort,
  afterTaskId: string | undefined,
): string | undefined {
  const wanted = filter.states ?? unfinished;
  const condition = conditionOf({ ...filter, states: wanted.filter((state) => unfinished.includes(state)) });
  const place = afterTaskId === undefined ? undefined : placeOf(db, filter.evaluator, sort, afterTaskId);
  const later = place && firstOf(db, filter.evaluator, sort, afterPlace(condition, sort, place));
  return later ?? firstOf(db, filter.evaluator, sort, condition);
}

/** The 1-based index of a task among those that the filter admits; 0 where it is not one of them. */
function placeIn(
  db: Database,
  taskId: string,
  filter: QueueFilter,
  sort: QueueSort,
): { index: number; total: number } {
  const { evaluator } = filter;
  const condition = conditionOf(filter);
  const total = countOf(db, evaluator, condition);
  const isOne = firstOf(db, evaluator, sort, {
    sql: `${condition.sql} AND tasks.id = :taskId`,
    parameters: { ...condition.parameters, taskId },
  });
  const place = isOne === undefined ? undefined : placeOf(db, evaluator, sort, taskId);
  if (place === undefined) return { index: 0, total };
  return { index: total - countOf(db, evaluator, afterPlace(condition, sort, place)), total };
}

function countOf(db: Database, evaluator: string, { sql, parameters }: Condition): number {
  const row = db.get(`SELECT count(*) AS count ${source} WHERE ${sql}`, { evaluator, ...parameters })!;
  return integerOf(row, 'count');
}

/** Where a task stands in the order, whether or not the filter admits it. */
function placeOf(db: Database, evaluator: string, sort: QueueSort, taskId: string): Row | undefined {
  const select = `SELECT ${sortKeys[sort]} AS sort_key, tasks.position AS position ${source} WHERE tasks.id = :taskId`;
  return db.get(select, { evaluator, taskId });
}

/** Narrows a condition to what comes after a place in the order. */
function afterPlace({ sql, parameters }: Condition, sort: QueueSort, place: Row): Condition {
  const key = place['sort_key'];
  const sortKey = typeof key === 'number' ? key : textOf(place, 'sort_key');
  return {
    sql: `${sql} AND (${sortKeys[sort]}, tasks.position) > (:sortKey, :afterPosition)`,
    parameters: { ...parameters, sortKey, afterPosition: integerOf(place, 'position') },
  };
}

function firstOf(
  db: Database,
  evaluator: string,
  sort: QueueSort,
  { sql, parameters }: Condition,
): string | undefined {
  const row = db.get(
    `SELECT tasks.id ${source} WHERE ${sql} ORDER BY ${sortKeys[sort]}, tasks.position LIMIT 1`,
    { evaluator, ...parameters },
  );
  return row && textOf(row, 'id');
}
