import { swappedDuplicate } from '../core/duplicate.ts';
import type { CalibrationSettings } from '../core/gold.ts';
import { mixedToCome, nextPick } from '../core/mixing.ts';
import type { Task } from '../core/task.ts';
import { integerOf, textOf, valueOf, type Database } from './database.ts';
import { addTask, isTask } from './tasks.ts';

/** Whose work gold tasks and duplicates are mixed into, and a condition on `tasks` that they have to fit. */
export interface Mixing {
  readonly evaluator: string;
  readonly calibration: CalibrationSettings;
  readonly where: string;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** How the queue of an evaluator is read where some tasks are in reserve, as pieces of SQL. */
export interface ReserveView {
  readonly joins: string;
  /** Tasks that the evaluator may know of. */
  readonly listed: string;
  /** Where a task stands in the order of import, or was dealt. */
  readonly position: string;
}

const everything: ReserveView = { joins: '', listed: 'TRUE', position: 'tasks.position' };

const isReviewed = `EXISTS (
  SELECT 1 FROM reviews WHERE reviews.evaluator = :evaluator AND reviews.task_id = tasks.id)`;

/**
 * What was dealt to the evaluator, or that they have worked on, is in the queue like any other task. Beyond that
 * duplicates and the qualification set are not, nor are gold tasks where they are mixed in.
 */
export function reserveView(db: Database, calibration: CalibrationSettings | undefined): ReserveView {
  if (db.get('SELECT 1 FROM reserve LIMIT 1') === undefined) return everything;
  const isMixedIn = (calibration?.goldShare ?? 0) > 0;
  const withheld = isMixedIn ? 'TRUE' : "use IN ('qualification', 'duplicate')";
  // Worked out once, not once a row; the cross join goes through the reserve, which is small, and not through the tasks.
  const hidden = `
    SELECT tasks.position FROM reserve CROSS JOIN tasks ON tasks.id = reserve.task_id
    WHERE ${withheld} AND NOT ${isReviewed} ${['dealt', 'drafts', 'skips'].map(isNotIn).join(' ')}`;
  const hasDealtAny = db.get('SELECT 1 FROM dealt LIMIT 1') !== undefined;
  return {
    joins: hasDealtAny ? ' LEFT JOIN dealt ON dealt.evaluator = :evaluator AND dealt.task_id = tasks.id' : '',
    listed: `tasks.position NOT IN (${hidden})`,
    position: hasDealtAny ? 'coalesce(dealt.position, tasks.position)' : 'tasks.position',
  };
}

/** The evaluator has nothing on the task in a table. */
function isNotIn(table: string): string {
  return `AND NOT EXISTS (
    SELECT 1 FROM ${table} WHERE ${table}.evaluator = :evaluator AND ${table}.task_id = tasks.id)`;
}

/** Whether anything is mixed in at all. */
export function isMixing(calibration: CalibrationSettings | undefined): calibration is CalibrationSettings {
  return calibration !== undefined && (calibration.goldShare > 0 || calibration.duplicateShare > 0);
}

/**
 * Deals a gold task or a duplicate in place of the open task `work`, where its turn has come, and returns its id. It
 * then stands in the queue just before that task. At most one is dealt a place, and one at a time: whoever leaves it
 * does not get the next. For use inside `write`.
 */
export function deal(db: Database, mixing: Mixing, work: string): string | undefined {
  const { evaluator, calibration } = mixing;
  const done = doneBy(db, evaluator);
  if (hasDealt(db, evaluator, done.length) || !isNewWork(db, evaluator, work)) return undefined;
  const supply = {
    done,
    work: [work],
    gold: unseenGold(db, mixing),
    repeatable: repeatable(db, mixing),
  };
  const pick = nextPick(supply, evaluator, calibration);
  if (pick === undefined || pick.kind === 'work') return undefined;
  const taskId = pick.kind === 'duplicate' ? addDuplicate(db, pick.of, mixing) : pick.taskId;
  db.run(
    `INSERT INTO dealt SELECT :evaluator, :place, :taskId, position - 1.0 / (:place + 2) FROM tasks WHERE id = :work`,
    { evaluator, place: done.length, taskId, work },
  );
  return taskId;
}

/** How many will be dealt before the open tasks are done: they count as left, so that no count gives them away. */
export function toCome(db: Database, mixing: Mixing): number {
  const { evaluator, calibration } = mixing;
  const done = doneBy(db, evaluator);
  const places = new Map(done.map((taskId, place) => [taskId, place]));
  const stock = {
    // One that was dealt at this place has it.
    done: done.length + (hasDealt(db, evaluator, done.length) ? 1 : 0),
    work: newWork(db, mixing),
    gold: unseenGold(db, mixing).length,
    repeatable: repeatable(db, mixing).map((taskId) => places.get(taskId)!),
  };
  return mixedToCome(stock, evaluator, calibration);
}

/** How many tasks are to be done that were neither dealt nor skipped; a revision is no new work. */
function newWork(db: Database, { evaluator, calibration, where, parameters }: Mixing): number {
  const begun = ['reviews', 'skips', 'dealt'].map(
    (table) => `SELECT task_id FROM ${table} WHERE ${table}.evaluator = :evaluator`,
  );
  const select = `
    SELECT count(*) AS work FROM tasks WHERE ${reserveView(db, calibration).listed} AND ${where}
      AND tasks.position NOT IN (SELECT position FROM tasks WHERE id IN (${begun.join(' UNION ')}))`;
  return integerOf(db.get(select, { evaluator, ...parameters })!, 'work');
}

/** Every task that the evaluator has submitted, by when they first did. */
function doneBy(db: Database, evaluator: string): string[] {
  const select =
    'SELECT task_id FROM review_facts WHERE evaluator = :evaluator GROUP BY task_id ORDER BY min(seq)';
  return db.all(select, { evaluator }).map((row) => textOf(row, 'task_id'));
}

/** Whether one was dealt at this place, or an earlier one is still to do. */
function hasDealt(db: Database, evaluator: string, place: number): boolean {
  const select = `
    SELECT 1 FROM dealt JOIN tasks ON tasks.id = dealt.task_id
    LEFT JOIN skips ON skips.evaluator = dealt.evaluator AND skips.task_id = dealt.task_id
    WHERE dealt.evaluator = :evaluator
      AND (dealt.place = :place OR (skips.task_id IS NULL AND NOT ${isReviewed})) LIMIT 1`;
  return db.get(select, { evaluator, place }) !== undefined;
}

/** A revision is nothing that one could be dealt in place of, nor is one that was dealt. */
function isNewWork(db: Database, evaluator: string, taskId: string): boolean {
  const select = `
    SELECT 1 FROM tasks LEFT JOIN dealt ON dealt.evaluator = :evaluator AND dealt.task_id = tasks.id
    WHERE tasks.id = :taskId AND dealt.task_id IS NULL AND NOT ${isReviewed}`;
  return db.get(select, { evaluator, taskId }) !== undefined;
}

function unseenGold(db: Database, { evaluator, where, parameters }: Mixing): string[] {
  const select = `
    SELECT tasks.id FROM reserve CROSS JOIN tasks ON tasks.id = reserve.task_id
    WHERE use IN ('calibration', 'training') AND NOT ${isReviewed}
      ${['dealt', 'drafts', 'skips'].map(isNotIn).join(' ')} AND ${where} ORDER BY tasks.position`;
  return db.all(select, { evaluator, ...parameters }).map((row) => textOf(row, 'id'));
}

/** Plain work that the evaluator has ranked and that does not come a second time yet. */
function repeatable(db: Database, { evaluator, calibration, where, parameters }: Mixing): string[] {
  if (calibration.duplicateShare === 0) return [];
  const select = `
    SELECT DISTINCT tasks.id FROM review_facts CROSS JOIN tasks ON tasks.id = review_facts.task_id
    WHERE review_facts.evaluator = :evaluator AND verdict <> ' '
      AND tasks.id NOT IN (SELECT task_id FROM reserve)
      AND tasks.id NOT IN (
        SELECT repeats FROM reserve WHERE repeats IS NOT NULL AND (
          task_id IN (SELECT task_id FROM dealt WHERE dealt.evaluator = :evaluator)
          OR task_id IN (SELECT task_id FROM reviews WHERE reviews.evaluator = :evaluator)))
      AND ${where} ORDER BY tasks.position`;
  return db.all(select, { evaluator, ...parameters }).map((row) => textOf(row, 'id'));
}

function addDuplicate(db: Database, taskId: string, { evaluator, calibration: { seed } }: Mixing): string {
  const row = db.get('SELECT json FROM tasks JOIN task_bodies USING (position) WHERE id = :taskId', {
    taskId,
  });
  const duplicate = swappedDuplicate(valueOf(row!) as Task, evaluator, seed, (id) => isTask(db, id));
  addTask(db, duplicate);
  return duplicate.id;
}
