import type { Task } from '../../core/task/task.ts';
import type { CalibrationSettings } from '../../core/calibration/gold.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import { sentBackTasks } from './inspect.ts';
import {
  inject,
  isMixing,
  reserveView,
  toCome,
  upcomingInjected,
  type Condition,
  type Mixing,
} from './mixing.ts';
import { findTask } from './tasks.ts';
import type {
  QueueEntry,
  QueueFilter,
  QueuePage,
  QueueOrder,
  QueueSort,
  QueueSummary,
  Store,
  TaskState,
} from '../store.ts';

/** The store's methods that list tasks with their state for one evaluator. */
export function queueMethods(
  db: Database,
): Pick<Store, 'queue' | 'queueSummary' | 'queueFiles' | 'nextTask' | 'upcomingTask' | 'place'> {
  return {
    queue: (filter, order, page) => db.read(() => pageOf(db, filter, order, page)),
    queueSummary: (evaluator, calibration, order = 'position') =>
      db.read(() => summaryOf(db, evaluator, calibration, order)),
    queueFiles: (filter) => db.read(() => filesOf(db, filter)),
    nextTask: (filter, order, afterTaskId) =>
      mixingOf(filter, order)
        ? db.write(() => injectedOrNext(db, filter, order, afterTaskId))
        : db.read(() => nextOf(db, filter, order, afterTaskId)),
    upcomingTask: (filter, order, inHand) => db.read(() => upcoming(db, filter, order, inHand)),
    place: (taskId, filter, order) => db.read(() => placeIn(db, taskId, filter, order)),
  };
}

/** The states in the order of the sort by state; the ranks are not stored. */
const states: readonly TaskState[] = ['sent-back', 'draft', 'open', 'skipped', 'submitted'];
const unfinished: readonly TaskState[] = ['sent-back', 'open', 'draft'];

/** A task's state is computed from the records, so that it always agrees with them. */
const stateSql = `
  CASE
    WHEN skips.task_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id) THEN 3
    WHEN drafts.task_id IS NOT NULL AND skips.task_id IS NULL THEN 1
    WHEN tasks.id IN (${sentBackTasks}) THEN 0
    WHEN EXISTS (
      SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id) THEN 4
    ELSE 2
  END`;

/** The joins that `stateSql` needs. */
const stateJoins = `
  LEFT JOIN drafts ON drafts.evaluator = :evaluator AND drafts.task_id = tasks.id
  LEFT JOIN skips ON skips.evaluator = :evaluator AND skips.task_id = tasks.id`;

const reviewedTasks = 'SELECT task_id FROM reviews WHERE evaluator = :evaluator';

/** Ids of the tasks whose state has to be computed. Of the others, those that the evaluator reviewed are submitted, the rest open. */
const unclearTasks = `
  SELECT task_id FROM drafts WHERE evaluator = :evaluator
  UNION SELECT task_id FROM skips WHERE evaluator = :evaluator
  UNION ${sentBackTasks}`;

/** SQL fragments that select the tasks that match a filter. */
interface Selection {
  readonly from: string;
  readonly where: string;
  /** Position of a task, which breaks ties in every order. */
  readonly position: string;
  /** Name of a task's file of import, or NULL. */
  readonly file: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** The SQL expressions that a selection is ordered by; the position is the last. */
function keysOf(order: QueueOrder, { position, file }: Selection): string[] {
  const keys: Record<QueueSort, string> = {
    position,
    title: 'tasks.search',
    language: 'tasks.language',
    state: stateSql,
    // The last character of Unicode sorts after every name.
    file: `ifnull(${file}, char(0x10FFFF))`,
  };
  return [...sortsOf(order).map((sort) => keys[sort]), position];
}

function sortsOf(order: QueueOrder): readonly QueueSort[] {
  return typeof order === 'string' ? [order] : order;
}

function pageOf(
  db: Database,
  filter: QueueFilter,
  order: QueueOrder,
  page: { offset: number; limit: number },
): QueuePage {
  const selection = selectionOf(db, filter);
  const { from, where, file, parameters } = selection;
  const by = `ORDER BY ${keysOf(order, selection).join(', ')}`;
  // Every row may have to be sorted, but only the shown rows are read in full.
  const shown = `SELECT tasks.position ${from} WHERE ${where} ${by} LIMIT :limit OFFSET :offset`;
  const rows = db.all(
    `SELECT tasks.*, ${file} AS shown_file, ${stateSql} AS state ${from} WHERE tasks.position IN (${shown}) ${by}`,
    { ...parameters, ...page },
  );
  return { entries: rows.map(entryOf), total: matching(db, filter) + hiddenOf(db, filter, order) };
}

function filesOf(db: Database, filter: QueueFilter): (string | null)[] {
  const { from, where, file, parameters } = selectionOf(db, filter);
  const select = `SELECT DISTINCT ${file} AS file ${from} WHERE ${where} ORDER BY file NULLS LAST`;
  return db.all(select, parameters).map((row) => (row['file'] === null ? null : textOf(row, 'file')));
}

function entryOf(row: Row): QueueEntry {
  return {
    taskId: textOf(row, 'id'),
    title: textOf(row, 'title'),
    language: textOf(row, 'language'),
    tags: valueOf(row, 'tags') as string[],
    state: states[integerOf(row, 'state')]!,
    ...(row['shown_file'] !== null && { file: textOf(row, 'shown_file') }),
    position: integerOf(row, 'position'),
  };
}

/** The tasks that the evaluator may see and that match the filter. */
function selectionOf(db: Database, filter: QueueFilter): Selection {
  const selection = inAnyState(db, filter);
  if (filter.states === undefined) return selection;
  const wanted = filter.states.map((state) => states.indexOf(state)).join(', ');
  return { ...selection, where: `${selection.where} AND ${stateSql} IN (${wanted})` };
}

/** The tasks that the evaluator may see and that match the rest of the filter, in any state. */
function inAnyState(db: Database, filter: QueueFilter): Selection {
  const { joins, listed, position, file } = reserveView(db, filter.calibration);
  const { where, parameters } = both(narrowed(filter), fromFiles(filter, file));
  return {
    from: `FROM tasks${stateJoins}${joins}`,
    where: `${listed} AND ${where}`,
    position,
    file,
    parameters: { ...parameters, evaluator: filter.evaluator },
  };
}

/** The filter's condition on the file of import. `file` is the SQL expression of the file's name. */
function fromFiles({ files }: QueueFilter, file: string): Condition {
  if (files === undefined) return { where: 'TRUE', parameters: {} };
  const isNamed = `${file} IN (SELECT value FROM json_each(:files))`;
  return {
    where: files.includes(null) ? `(${isNamed} OR ${file} IS NULL)` : isNamed,
    parameters: { files: JSON.stringify(files.filter((name) => name !== null)) },
  };
}

function both(one: Condition, other: Condition): Condition {
  return {
    where: `${one.where} AND ${other.where}`,
    parameters: { ...one.parameters, ...other.parameters },
  };
}

/**
 * The filter's conditions on what a task says; a field that the filter omits adds no condition. The file of import is not
 * among them: a calibration task is injected beside tasks of another file.
 */
function narrowed(filter: QueueFilter): Condition {
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
  order: QueueOrder,
): QueueSummary {
  const filter: QueueFilter = { evaluator, ...(calibration && { calibration }) };
  const counts = countByState(db, filter);
  return {
    states: { ...counts, open: counts.open + hiddenOf(db, filter, order) },
    languages: countsOf(db, 'SELECT language AS name, count(*) AS count FROM tasks'),
    tags: countsOf(db, 'SELECT tag AS name, count(*) AS count FROM task_tags'),
  };
}

/** Number of tasks that match the filter. */
function matching(db: Database, filter: QueueFilter): number {
  const counts = countByState(db, filter);
  return [...new Set(filter.states ?? states)].reduce((sum, state) => sum + counts[state], 0);
}

/**
 * Number of tasks in each state that match the rest of the filter. The state is computed only for the few tasks for which
 * it is unclear: the others are counted in sets.
 */
function countByState(db: Database, filter: QueueFilter): Record<TaskState, number> {
  const selection = inAnyState(db, filter);
  const { from, where, parameters } = selection;
  const rows = db.all(
    `SELECT ${stateSql} AS state, tasks.id IN (${reviewedTasks}) AS is_reviewed, count(*) AS count
     ${from} WHERE ${where} AND tasks.id IN (${unclearTasks}) GROUP BY 1, 2`,
    parameters,
  );
  const counts = { open: 0, draft: 0, 'sent-back': 0, submitted: 0, skipped: 0 };
  const countIn = (condition: string) =>
    countOf(db, { ...selection, from: from.replace(stateJoins, ''), where: `${where} AND ${condition}` });
  let submitted = countIn(`tasks.id IN (${reviewedTasks})`);
  // Every statement has to name the parameters that it is given.
  let others = countIn(':evaluator IS NOT NULL') - submitted;
  for (const row of rows) {
    const count = integerOf(row, 'count');
    counts[states[integerOf(row, 'state')]!] += count;
    if (integerOf(row, 'is_reviewed') === 1) submitted -= count;
    else others -= count;
  }
  return { ...counts, submitted: counts.submitted + submitted, open: counts.open + others };
}

/** Counts by name, without duplicates: otherwise each new duplicate would increase a count. */
function countsOf(db: Database, select: string): { name: string; count: number }[] {
  const duplicates =
    "SELECT position FROM reserve JOIN tasks ON tasks.id = reserve.task_id WHERE use = 'duplicate'";
  return db
    .all(`${select} WHERE position NOT IN (${duplicates}) GROUP BY name ORDER BY name`)
    .map((row) => ({ name: textOf(row, 'name'), count: integerOf(row, 'count') }));
}

/** The next task, or the task that is injected before it. */
function injectedOrNext(
  db: Database,
  filter: QueueFilter,
  order: QueueOrder,
  afterTaskId: string | undefined,
): string | undefined {
  const next = nextOf(db, filter, order, afterTaskId);
  if (next === undefined) return undefined;
  const mixing = mixingBefore(db, next, filter, order);
  return (mixing && inject(db, mixing, next)) ?? next;
}

/** What is injected before a task that is next. */
function mixingBefore(
  db: Database,
  next: string,
  filter: QueueFilter,
  order: QueueOrder,
): Mixing | undefined {
  const comesFirst = sortsOf(order).includes('state') && isBegun(db, filter.evaluator, next);
  return comesFirst ? undefined : mixingOf(filter, order);
}

function upcoming(db: Database, filter: QueueFilter, order: QueueOrder, inHand: string): Task | undefined {
  const next = nextOf(db, filter, order, inHand);
  // The task in hand is next only if no other task remains.
  if (next === undefined || next === inHand) return undefined;
  const mixing = mixingBefore(db, next, filter, order);
  return (mixing && upcomingInjected(db, mixing, next, inHand)) ?? findTask(db, next);
}

function nextOf(
  db: Database,
  filter: QueueFilter,
  order: QueueOrder,
  afterTaskId: string | undefined,
): string | undefined {
  const wanted = filter.states ?? unfinished;
  const selection = selectionOf(db, {
    ...filter,
    states: wanted.filter((state) => unfinished.includes(state)),
  });
  const place = afterTaskId === undefined ? undefined : placeOf(db, order, afterTaskId, selection);
  const later = place && firstOf(db, order, afterPlace(selection, order, place));
  return later ?? firstOf(db, order, selection);
}

/** The 1-based index of a task among the tasks that match the filter; 0 if it does not match. */
function placeIn(
  db: Database,
  taskId: string,
  filter: QueueFilter,
  order: QueueOrder,
): { index: number; total: number } {
  const selection = selectionOf(db, filter);
  const listed = matching(db, filter);
  const total = listed + hiddenOf(db, filter, order);
  const isOne = firstOf(db, order, {
    ...selection,
    where: `${selection.where} AND tasks.id = :taskId`,
    parameters: { ...selection.parameters, taskId },
  });
  const place = isOne === undefined ? undefined : placeOf(db, order, taskId, selection);
  if (place === undefined) return { index: 0, total };
  return { index: listed - countOf(db, afterPlace(selection, order, place)), total };
}

/** Number of gold tasks and duplicates that will be injected before the open tasks of the filter are done. */
function hiddenOf(db: Database, filter: QueueFilter, order: QueueOrder): number {
  const mixing = mixingOf(filter, order);
  const isAsked = filter.states?.includes('open') ?? true;
  if (mixing === undefined || !isAsked) return 0;
  return toCome(db, mixing);
}

/** Nothing is injected in the orders by title and language: there an injected task would not come before the next task. */
function mixingOf(filter: QueueFilter, order: QueueOrder): Mixing | undefined {
  const { evaluator, calibration } = filter;
  const reveals = sortsOf(order).some((sort) => sort === 'title' || sort === 'language');
  if (reveals || !isMixing(calibration)) return undefined;
  const condition = narrowed(filter);
  return { evaluator, calibration, ...condition, work: both(condition, fromFiles(filter, 'tasks.file')) };
}

/** Whether the task has a draft. In the order by state drafts come first, and nothing is injected before a draft. */
function isBegun(db: Database, evaluator: string, taskId: string): boolean {
  const select = 'SELECT 1 FROM drafts WHERE evaluator = :evaluator AND task_id = :taskId';
  return db.get(select, { evaluator, taskId }) !== undefined;
}

function countOf(db: Database, { from, where, parameters }: Selection): number {
  return integerOf(db.get(`SELECT count(*) AS count ${from} WHERE ${where}`, parameters)!, 'count');
}

/** The position of a task in the order, whether or not it matches the filter: the values of the order's keys. */
function placeOf(
  db: Database,
  order: QueueOrder,
  taskId: string,
  selection: Selection,
): (string | number)[] | undefined {
  const keys = keysOf(order, selection);
  const columns = keys.map((key, index) => `${key} AS key${index}`).join(', ');
  const row = db.get(`SELECT ${columns} ${selection.from} WHERE tasks.id = :taskId`, {
    evaluator: selection.parameters['evaluator']!,
    taskId,
  });
  return row && keys.map((_, index) => row[`key${index}`] as string | number);
}

/** Restricts a selection to the tasks after a position in the order. */
function afterPlace(selection: Selection, order: QueueOrder, place: readonly (string | number)[]): Selection {
  const { where, parameters } = selection;
  const names = place.map((_, index) => `:after${index}`).join(', ');
  return {
    ...selection,
    where: `${where} AND (${keysOf(order, selection).join(', ')}) > (${names})`,
    parameters: {
      ...parameters,
      ...Object.fromEntries(place.map((value, index) => [`after${index}`, value])),
    },
  };
}

function firstOf(db: Database, order: QueueOrder, selection: Selection): string | undefined {
  const { from, where, parameters } = selection;
  const keys = keysOf(order, selection).join(', ');
  const row = db.get(`SELECT tasks.id ${from} WHERE ${where} ORDER BY ${keys} LIMIT 1`, parameters);
  return row && textOf(row, 'id');
}
