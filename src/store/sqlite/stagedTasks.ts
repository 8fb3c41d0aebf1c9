import { duplicateOf } from '../../core/task/duplicate.ts';
import type { Task } from '../../core/task/task.ts';
import type { ImportChoice, ImportCounts } from '../store.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import { hasVerdicts, reserveTask } from './reserve.ts';
import { columnsOf, isReviewed, isSame, nextPosition, setUnknownFile, updateTask } from './taskRows.ts';

/** Number of tasks per step: a step takes some 20 ms. */
const stepSize = 1_000;

/**
 * Creates the temporary table of staged tasks. SQLite keeps it in a file of its own, outside the database, which
 * disappears with the connection, also if the process is killed.
 */
export function createStagedTasks(db: Database): void {
  db.run(`CREATE TEMP TABLE staged_tasks (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    tags TEXT NOT NULL,
    search TEXT NOT NULL,
    json TEXT NOT NULL,
    may_reserve INTEGER NOT NULL
  ) STRICT`);
}

export function dropStagedTasks(db: Database): void {
  db.run('DROP TABLE IF EXISTS temp.staged_tasks');
}

/** Adds tasks to the temporary table; `first` is the number of tasks before them. For use inside `stage`. */
export function stageTasks(db: Database, tasks: readonly Task[], first: number): void {
  for (const [index, task] of tasks.entries()) {
    const { title, language, tags, search } = columnsOf(task);
    const mayReserve = task.gold !== undefined || duplicateOf(task) !== undefined;
    db.run('INSERT INTO temp.staged_tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
      first + index,
      task.id,
      title,
      language,
      tags,
      search,
      JSON.stringify(task),
      mayReserve ? 1 : 0,
    ]);
  }
}

/** Stores the staged tasks and yields their number after each step. For use inside a write. */
export function* mergeTasks(
  db: Database,
  { file, onlyNewTasks = false }: ImportChoice,
): Generator<number, ImportCounts> {
  const counts = { added: 0, unchanged: 0, updated: 0, refused: [] as string[] };
  const total = integerOf(db.get('SELECT coalesce(max(n) + 1, 0) AS total FROM temp.staged_tasks')!, 'total');
  const base = nextPosition(db);
  const indexes = total > base ? dropIndexes(db) : [];
  const mayHaveVerdict = hasVerdicts(db);
  for (let from = 0; from < total; from += stepSize) {
    const range = { from, to: from + stepSize };
    for (const row of base === 0 ? [] : db.all(knownTasks, range)) {
      if (!onlyNewTasks) mergeKnown(db, row, file, mayHaveVerdict, counts);
      db.run('DELETE FROM temp.staged_tasks WHERE n = ?', [integerOf(row, 'n')]);
    }
    counts.added += insertStaged(db, { ...range, base }, file);
    reserveStaged(db, range, mayHaveVerdict);
    yield Math.min(stepSize, total - from);
  }
  for (const sql of indexes) db.run(sql);
  return counts;
}

/**
 * Drops the indexes of tasks and returns the statements that create them again: to sort all rows at once is faster than to
 * insert each, if most rows are new.
 */
function dropIndexes(db: Database): string[] {
  const made =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'tasks' AND sql IS NOT NULL";
  return db.all(made).map((row) => {
    db.run(`DROP INDEX ${textOf(row, 'name')}`);
    return textOf(row, 'sql');
  });
}

const inRange = 'n >= :from AND n < :to';

/** Staged tasks whose id is stored. CROSS JOIN makes SQLite look up each staged task instead of reading all stored tasks. */
const knownTasks = `
  SELECT n, staged.id, staged.json, tasks.position, task_bodies.json AS stored
  FROM temp.staged_tasks AS staged CROSS JOIN tasks ON tasks.id = staged.id JOIN task_bodies USING (position)
  WHERE ${inRange} ORDER BY n`;

/** Stores a task whose id is known: a reviewed task stays as it was judged. */
function mergeKnown(
  db: Database,
  row: Row,
  file: string | undefined,
  mayHaveVerdict: boolean,
  counts: { unchanged: number; updated: number; refused: string[] },
): void {
  const [id, json, position] = [textOf(row, 'id'), textOf(row, 'json'), integerOf(row, 'position')];
  if (isSame(textOf(row, 'stored'), json)) {
    if (file !== undefined) setUnknownFile(db, position, file);
    counts.unchanged += 1;
  } else if (isReviewed(db, id)) {
    counts.refused.push(id);
  } else {
    updateTask(db, position, valueOf(row) as Task, file, mayHaveVerdict);
    counts.updated += 1;
  }
}

/** Inserts the staged tasks of a range with one statement per table; their order becomes the order of import. */
function insertStaged(
  db: Database,
  range: { from: number; to: number; base: number },
  file: string | undefined,
): number {
  const added = db.run(
    `INSERT INTO tasks (position, id, title, language, tags, search, file)
     SELECT :base + n, id, title, language, tags, search, :file FROM temp.staged_tasks WHERE ${inRange} ORDER BY n`,
    { ...range, file: file ?? null },
  );
  db.run(
    `INSERT INTO task_bodies SELECT :base + n, json FROM temp.staged_tasks WHERE ${inRange} ORDER BY n`,
    range,
  );
  db.run(
    `INSERT OR IGNORE INTO task_tags
     SELECT tag.value, :base + n FROM temp.staged_tasks, json_each(tags) AS tag WHERE ${inRange} ORDER BY 1, 2`,
    range,
  );
  return added;
}

/** Adds the gold tasks and duplicates among the new tasks to the reserve. */
function reserveStaged(db: Database, range: { from: number; to: number }, mayHaveVerdict: boolean): void {
  const judged = "EXISTS (SELECT 1 FROM ledger WHERE task_id = staged.id AND kind = 'gold')";
  const isReserved = mayHaveVerdict ? `(may_reserve OR ${judged})` : 'may_reserve';
  const select = `SELECT json FROM temp.staged_tasks AS staged WHERE ${inRange} AND ${isReserved} ORDER BY n`;
  for (const row of db.all(select, range)) reserveTask(db, valueOf(row) as Task, mayHaveVerdict);
}
