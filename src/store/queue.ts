import type { CalibrationSettings } from '../core/gold.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import { sentBackTasks } from './inspect.ts';
import { deal, isMixing, reserveView, toCome, type Mixing } from './mixing.ts';
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
    queueSummary: (evaluator, calibration, sort = 'position') =>
      db.read(() => summaryOf(db, evaluator, calibration, sort)),
    nextTask: (filter, sort, afterTaskId) =>
      mixingOf(filter, sort)
        ? db.write(() => dealtOrNext(db, filter, sort, afterTaskId))
        : db.read(() => nextOf(db, filter, sort, afterTaskId)),
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

const everyTask = `
  FROM tasks
  LEFT JOIN drafts ON drafts.evaluator = :evaluator AND drafts.task_id = tasks.id
  LEFT JOIN skips ON skips.evaluator = :evaluator AND skips.task_id = tasks.id`;

/** Tasks that a filter admits, as pieces of SQL. */
interface Selection {
  readonly from: string;
  readonly where: string;
  /** Where a task stands in the order that nothing else decides. */
  readonly position: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

function sortKeyOf(sort: QueueSort, { position }: Selection): string {
  return { position, title: 'tasks.search', language: 'tasks.language', state: standing }[sort];
}

function pageOf(
  db: Database,
  filter: QueueFilter,
  sort: QueueSort,
  page: { offset: number; limit: number },
): QueuePage {
  const selection = selectionOf(db, filter);
  const { from, where, position, parameters } = selection;
  const order = `ORDER BY ${sortKeyOf(sort, selection)}, ${position}`;
  // Where every row must be sorted, only the few that are shown are read in full.
  const shown = `SELECT tasks.position ${from} WHERE ${where} ${order} LIMIT :limit OFFSET :offset`;
  const rows = db.all(
    `SELECT tasks.*, ${standing} AS state ${from} WHERE tasks.position IN (${shown}) ${order}`,
    { ...parameters, ...page },
  );
  return { entries: rows.map(entryOf), total: countOf(db, selection) + hiddenOf(db, filter, sort) };
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

/** The tasks that the evaluator may know of and that the filter admits. */
function selectionOf(db: Database, filter: QueueFilter): Selection {
  const { joins, listed, position } = reserveView(db, filter.calibration);
  const { where, parameters } = narrowed(filter);
  const stated =
    filter.states && `${standing} IN (${filter.states.map((state) => states.indexOf(state)).join(', ')})`;
  return {
    from: `${everyTask}${joins}`,
    where: [listed, where, stated ?? 'TRUE'].join(' AND '),
    position,
    parameters: { ...parameters, evaluator: filter.evaluator },
  };
}

/** What the filter asks of a task itself, each part as one condition; what it leaves out costs nothing. */
function narrowed(filter: QueueFilter): Pick<Mixing, 'where' | 'parameters'> {
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
  const words = filter.text?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  words.forEach((word, index) => {
    parts.push(`instr(tasks.search, :word${index}) > 0`);
    parameters[`word${index}`] = word;
  });
  return { where: parts.join(' AND '), parameters };
}

function summaryOf(
  db: Database,
  evaluator: string,
  calibration: CalibrationSettings | undefined,
  sort: QueueSort,
): QueueSummary {
  const filter: QueueFilter = { evaluator, ...(calibration && { calibration }) };
  const { from, where, parameters } = selectionOf(db, filter);
  const standings = db.all(
    `SELECT ${standing} AS state, count(*) AS count ${from} WHERE ${where} GROUP BY state`,
    parameters,
  );
  const counted = new Map(
    standings.map((row) => [states[integerOf(row, 'state')]!, integerOf(row, 'count')]),
  );
  return {
    states: {
      open: (counted.get('open') ?? 0) + hiddenOf(db, filter, sort),
      draft: counted.get('draft') ?? 0,
      'sent-back': counted.get('sent-back') ?? 0,
      submitted: counted.get('submitted') ?? 0,
      skipped: counted.get('skipped') ?? 0,
    },
    languages: countsOf(db, 'SELECT language AS name, count(*) AS count FROM tasks'),
    tags: countsOf(db, 'SELECT tag AS name, count(*) AS count FROM task_tags'),
  };
}

/** By name, duplicates left out: with each that is made they would grow. */
function countsOf(db: Database, select: string): { name: string; count: number }[] {
  const duplicates =
    "SELECT position FROM reserve JOIN tasks ON tasks.id = reserve.task_id WHERE use = 'duplicate'";
  return db
    .all(`${select} WHERE position NOT IN (${duplicates}) GROUP BY name ORDER BY name`)
    .map((row) => ({ name: textOf(row, 'name'), count: integerOf(row, 'count') }));
}

/** The next task, or what is dealt in its place. */
function dealtOrNext(
  db: Database,
  filter: QueueFilter,
  sort: QueueSort,
  afterTaskId: string | undefined,
): string | undefined {
  const next = nextOf(db, filter, sort, afterTaskId);
  const mixing = mixingOf(filter, sort);
  if (sort === 'state' && next !== undefined && isBegun(db, filter.evaluator, next)) return next;
  return (next !== undefined && mixing && deal(db, mixing, next)) || next;
}

function nextOf(
  db: Database,
  filter: QueueFilter,
  sort: QueueSort,
  afterTaskId: string | undefined,
): string | undefined {
  const wanted = filter.states ?? unfinished;
  const selection = selectionOf(db, {
    ...filter,
    states: wanted.filter((state) => unfinished.includes(state)),
  });
  const place = afterTaskId === undefined ? undefined : placeOf(db, sort, afterTaskId, selection);
  const later = place && firstOf(db, sort, afterPlace(selection, sort, place));
  return later ?? firstOf(db, sort, selection);
}

/** The 1-based index of a task among those that the filter admits; 0 where it is not one of them. */
function placeIn(
  db: Database,
  taskId: string,
  filter: QueueFilter,
  sort: QueueSort,
): { index: number; total: number } {
  const selection = selectionOf(db, filter);
  const listed = countOf(db, selection);
  const total = listed + hiddenOf(db, filter, sort);
  const isOne = firstOf(db, sort, {
    ...selection,
    where: `${selection.where} AND tasks.id = :taskId`,
    parameters: { ...selection.parameters, taskId },
  });
  const place = isOne === undefined ? undefined : placeOf(db, sort, taskId, selection);
  if (place === undefined) return { index: 0, total };
  return { index: listed - countOf(db, afterPlace(selection, sort, place)), total };
}

/** Gold tasks and duplicates that will be dealt before the open tasks that the filter admits are done. */
function hiddenOf(db: Database, filter: QueueFilter, sort: QueueSort): number {
  const mixing = mixingOf(filter, sort);
  const isAsked = filter.states?.includes('open') ?? true;
  if (mixing === undefined || !isAsked) return 0;
  return toCome(db, mixing);
}

/** By title and by language a task that is dealt would not stand where the next one is looked for: none is. */
function mixingOf(filter: QueueFilter, sort: QueueSort): Mixing | undefined {
  const { evaluator, calibration } = filter;
  const fits = sort === 'position' || sort === 'state';
  return fits && isMixing(calibration) ? { evaluator, calibration, ...narrowed(filter) } : undefined;
}

/** Drafts come first in the order by state, and nothing open among them. */
function isBegun(db: Database, evaluator: string, taskId: string): boolean {
  const select = 'SELECT 1 FROM drafts WHERE evaluator = :evaluator AND task_id = :taskId';
  return db.get(select, { evaluator, taskId }) !== undefined;
}

function countOf(db: Database, { from, where, parameters }: Omit<Selection, 'position'>): number {
  return integerOf(db.get(`SELECT count(*) AS count ${from} WHERE ${where}`, parameters)!, 'count');
}

/** Where a task stands in the order, whether or not the filter admits it. */
function placeOf(db: Database, sort: QueueSort, taskId: string, selection: Selection): Row | undefined {
  const { from, position, parameters } = selection;
  const select = `SELECT ${sortKeyOf(sort, selection)} AS sort_key, ${position} AS position ${from} WHERE tasks.id = :taskId`;
  return db.get(select, { evaluator: parameters['evaluator']!, taskId });
}

/** Narrows a selection to what comes after a place in the order. */
function afterPlace(selection: Selection, sort: QueueSort, place: Row): Selection {
  const key = place['sort_key'];
  const sortKey = typeof key === 'number' ? key : textOf(place, 'sort_key');
  const { where, position, parameters } = selection;
  return {
    ...selection,
    where: `${where} AND (${sortKeyOf(sort, selection)}, ${position}) > (:sortKey, :afterPosition)`,
    parameters: { ...parameters, sortKey, afterPosition: integerOf(place, 'position') },
  };
}

function firstOf(db: Database, sort: QueueSort, selection: Selection): string | undefined {
  const { from, where, position, parameters } = selection;
  const row = db.get(
    `SELECT tasks.id ${from} WHERE ${where} ORDER BY ${sortKeyOf(sort, selection)}, ${position} LIMIT 1`,
    parameters,
  );
  return row && textOf(row, 'id');
}
