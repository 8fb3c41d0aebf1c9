import { swappedDuplicate } from '../../core/task/duplicate.ts';
import type { CalibrationSettings } from '../../core/calibration/gold.ts';
import { mixedToCome, nextPick } from '../../core/calibration/mixing.ts';
import type { Task } from '../../core/task/task.ts';
import { integerOf, textOf, type Database } from './database.ts';
import { addTask } from './taskRows.ts';
import { findTask, isTask } from './tasks.ts';

/** An SQL condition on tasks, and the values of its parameters. */
export interface Condition {
  readonly where: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** The evaluator whose queue gets gold tasks and duplicates, and the condition that the injected tasks must meet. */
export interface Mixing extends Condition {
  readonly evaluator: string;
  readonly calibration: CalibrationSettings;
  /** The condition that the evaluator's other tasks must meet. */
  readonly work: Condition;
}

/** SQL fragments for reading an evaluator's queue without the tasks in reserve. */
export interface ReserveView {
  readonly joins: string;
  /** Condition for tasks that the evaluator may see. */
  readonly listed: string;
  /** Position of a task in the order of import, or the position at which it was injected. */
  readonly position: string;
  /** Name of a task's file of import, or of the file of the task that it was injected before. */
  readonly file: string;
}

const everything: ReserveView = {
  joins: '',
  listed: 'TRUE',
  position: 'tasks.position',
  file: 'tasks.file',
};

const isReviewed = `EXISTS (
  SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id)`;

/**
 * The queue lists every task that was injected for the evaluator or that the evaluator has worked on. Of the other tasks,
 * it hides duplicates and the qualification set, and also gold tasks if gold tasks are mixed in.
 */
export function reserveView(db: Database, calibration: CalibrationSettings | undefined): ReserveView {
  if (db.get('SELECT 1 FROM reserve LIMIT 1') === undefined) return everything;
  const isMixedIn = (calibration?.goldShare ?? 0) > 0;
  const withheld = isMixedIn ? 'TRUE' : "use IN ('qualification', 'duplicate')";
  // Evaluated once, not once per row. The cross join makes SQLite scan the reserve, which is small, instead of the tasks.
  const hidden = `
    SELECT tasks.position FROM reserve CROSS JOIN tasks ON tasks.id = reserve.task_id
    WHERE ${withheld} AND NOT ${isReviewed} ${['injected', 'drafts', 'skips'].map(isNotIn).join(' ')}`;
  const hasInjectedAny = db.get('SELECT 1 FROM injected LIMIT 1') !== undefined;
  return {
    joins: hasInjectedAny
      ? ' LEFT JOIN injected ON injected.evaluator = :evaluator AND injected.task_id = tasks.id'
      : '',
    listed: `tasks.position NOT IN (${hidden})`,
    position: hasInjectedAny ? 'coalesce(injected.position, tasks.position)' : 'tasks.position',
    file: hasInjectedAny ? 'iif(injected.task_id IS NULL, tasks.file, injected.file)' : 'tasks.file',
  };
}

/** Condition: the evaluator has no row for the task in the table. */
function isNotIn(table: string): string {
  return `AND NOT EXISTS (
    SELECT 1 FROM ${table} WHERE ${table}.evaluator = :evaluator AND ${table}.task_id = tasks.id)`;
}

/** Whether gold tasks or duplicates are mixed in. */
export function isMixing(calibration: CalibrationSettings | undefined): calibration is CalibrationSettings {
  return calibration !== undefined && (calibration.goldShare > 0 || calibration.duplicateShare > 0);
}

/**
 * Injects a gold task or a duplicate before the open task `work` if its turn has come, and returns the id of the injected
 * task. At most one task is injected per position. If the evaluator leaves it unfinished, no further task is injected.
 * For use inside `write`.
 */
export function inject(db: Database, mixing: Mixing, work: string): string | undefined {
  const { evaluator } = mixing;
  const done = doneBy(db, evaluator);
  const task = injectable(db, mixing, work, { done });
  if (task === undefined) return undefined;
  const { id: taskId } = task;
  // A new duplicate.
  if (!isTask(db, taskId)) addTask(db, task);
  db.run(
    `INSERT INTO injected (evaluator, place, task_id, position, file)
      SELECT :evaluator, :place, :taskId, position - 1.0 / (:place + 2), file FROM tasks WHERE id = :work`,
    { evaluator, place: done.length, taskId, work },
  );
  return taskId;
}

/** The task that will be injected before the open task `work` once the task in hand is submitted. Changes nothing. */
export function upcomingInjected(
  db: Database,
  mixing: Mixing,
  work: string,
  inHand: string,
): Task | undefined {
  const done = doneBy(db, mixing.evaluator);
  return injectable(db, mixing, work, { done: done.includes(inHand) ? done : [...done, inHand], inHand });
}

/** The task to inject before the open task `work`: a gold task, or a new duplicate. A task in hand counts as finished. */
function injectable(
  db: Database,
  mixing: Mixing,
  work: string,
  { done, inHand = '' }: { readonly done: readonly string[]; readonly inHand?: string },
): Task | undefined {
  const { evaluator, calibration } = mixing;
  if (hasInjected(db, evaluator, done.length, inHand) || !isNewWork(db, evaluator, work)) return undefined;
  const supply = { done, work: [work], gold: unseenGold(db, mixing), repeatable: repeatable(db, mixing) };
  const pick = nextPick(supply, evaluator, calibration);
  if (pick === undefined || pick.kind === 'work') return undefined;
  return pick.kind === 'duplicate' ? newDuplicate(db, pick.of, mixing) : findTask(db, pick.taskId);
}

/** Number of tasks that will be injected before the open tasks are done. They count as remaining, so that no count reveals them. */
export function toCome(db: Database, mixing: Mixing): number {
  const { evaluator, calibration } = mixing;
  const done = doneBy(db, evaluator);
  const places = new Map(done.map((taskId, place) => [taskId, place]));
  const stock = {
    // An injected task already takes this position.
    done: done.length + (hasInjected(db, evaluator, done.length) ? 1 : 0),
    work: newWork(db, mixing),
    gold: unseenGold(db, mixing).length,
    repeatable: repeatable(db, mixing).map((taskId) => places.get(taskId)!),
  };
  return mixedToCome(stock, evaluator, calibration);
}

/** Number of remaining tasks that were neither injected nor skipped; a revision is not new work. */
function newWork(db: Database, { evaluator, calibration, work }: Mixing): number {
  const begun = ['reviews', 'skips', 'injected'].map(
    (table) => `SELECT task_id FROM ${table} WHERE ${table}.evaluator = :evaluator`,
  );
  const select = `
    SELECT count(*) AS work FROM tasks WHERE ${reserveView(db, calibration).listed} AND ${work.where}
      AND tasks.position NOT IN (SELECT position FROM tasks WHERE id IN (${begun.join(' UNION ')}))`;
  return integerOf(db.get(select, { evaluator, ...work.parameters })!, 'work');
}

/** Every task that the evaluator has submitted, ordered by the first submission. */
function doneBy(db: Database, evaluator: string): string[] {
  const select =
    'SELECT task_id FROM review_facts WHERE evaluator = :evaluator GROUP BY task_id ORDER BY min(seq)';
  return db.all(select, { evaluator }).map((row) => textOf(row, 'task_id'));
}

/** Whether a task was injected at this position, or another injected task than the one in hand is unfinished. */
function hasInjected(db: Database, evaluator: string, place: number, inHand = ''): boolean {
  const select = `
    SELECT 1 FROM injected JOIN tasks ON tasks.id = injected.task_id
    LEFT JOIN skips ON skips.evaluator = injected.evaluator AND skips.task_id = injected.task_id
    WHERE injected.evaluator = :evaluator
      AND (injected.place = :place OR (
        skips.task_id IS NULL AND injected.task_id <> :inHand AND NOT ${isReviewed})) LIMIT 1`;
  return db.get(select, { evaluator, place, inHand }) !== undefined;
}

/** Whether a task may be injected before this task: not before a revision and not before another injected task. */
function isNewWork(db: Database, evaluator: string, taskId: string): boolean {
  const select = `
    SELECT 1 FROM tasks LEFT JOIN injected ON injected.evaluator = :evaluator AND injected.task_id = tasks.id
    WHERE tasks.id = :taskId AND injected.task_id IS NULL AND NOT ${isReviewed}`;
  return db.get(select, { evaluator, taskId }) !== undefined;
}

function unseenGold(db: Database, { evaluator, where, parameters }: Mixing): string[] {
  const select = `
    SELECT tasks.id FROM reserve CROSS JOIN tasks ON tasks.id = reserve.task_id
    WHERE use IN ('calibration', 'training') AND NOT ${isReviewed}
      ${['injected', 'drafts', 'skips'].map(isNotIn).join(' ')} AND ${where} ORDER BY tasks.position`;
  return db.all(select, { evaluator, ...parameters }).map((row) => textOf(row, 'id'));
}

/** Ordinary tasks that the evaluator has ranked and that have no duplicate yet. */
function repeatable(db: Database, { evaluator, calibration, where, parameters }: Mixing): string[] {
  if (calibration.duplicateShare === 0) return [];
  const select = `
    SELECT DISTINCT tasks.id FROM review_facts CROSS JOIN tasks ON tasks.id = review_facts.task_id
    WHERE review_facts.evaluator = :evaluator AND verdict <> ' '
      AND tasks.id NOT IN (SELECT task_id FROM reserve)
      AND tasks.id NOT IN (
        SELECT repeats FROM reserve WHERE repeats IS NOT NULL AND (
          task_id IN (SELECT task_id FROM injected WHERE injected.evaluator = :evaluator)
          OR task_id IN (SELECT task_id FROM reviews WHERE reviews.evaluator = :evaluator)))
      AND ${where} ORDER BY tasks.position`;
  return db.all(select, { evaluator, ...parameters }).map((row) => textOf(row, 'id'));
}

function newDuplicate(db: Database, taskId: string, { evaluator, calibration: { seed } }: Mixing): Task {
  return swappedDuplicate(findTask(db, taskId)!, evaluator, seed, (id) => isTask(db, id));
}
