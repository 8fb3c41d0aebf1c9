import { canonicalJson } from '../../core/text/canonicalJson.ts';
import { parseJson } from '../../core/text/exactNumber.ts';
import type { Task } from '../../core/task/task.ts';
import { taskTitle } from '../../core/task/title.ts';
import { integerOf, type Database } from './database.ts';
import { dropReserve, hasVerdicts, reserveTask } from './reserve.ts';

/* The rows of a task: what the queue reads, its content, and its tags. */

/** Adds a task that is not yet stored. For use inside `write`. */
export function addTask(db: Database, task: Task): void {
  const position = nextPosition(db);
  const { title, language, tags, search } = columnsOf(task);
  db.run('INSERT INTO tasks (position, id, title, language, tags, search) VALUES (?, ?, ?, ?, ?, ?)', [
    position,
    task.id,
    title,
    language,
    tags,
    search,
  ]);
  db.run('INSERT INTO task_bodies VALUES (?, ?)', [position, JSON.stringify(task)]);
  insertTags(db, position, task);
  reserveTask(db, task, hasVerdicts(db));
}

/** Replaces the content of a stored task. For use inside `write`. */
export function updateTask(
  db: Database,
  position: number,
  task: Task,
  file: string | undefined,
  mayHaveVerdict: boolean,
): void {
  deleteTags(db, position);
  const set = 'title = :title, language = :language, tags = :tags, search = :search, file = :file';
  db.run(`UPDATE tasks SET ${set} WHERE position = :position`, {
    position,
    ...columnsOf(task),
    file: file ?? null,
  });
  db.run('UPDATE task_bodies SET json = :json WHERE position = :position', {
    position,
    json: JSON.stringify(task),
  });
  insertTags(db, position, task);
  dropReserve(db, task.id);
  reserveTask(db, task, mayHaveVerdict);
}

/** The position after the last task. */
export function nextPosition(db: Database): number {
  return integerOf(db.get('SELECT coalesce(max(position) + 1, 0) AS next FROM tasks')!, 'next');
}

/** Compares the texts first, which are nearly always equal if the content is equal; parses them only if they differ. */
export function isSame(stored: string, json: string): boolean {
  return stored === json || canonicalJson(parseJson(stored)) === canonicalJson(parseJson(json));
}

export function isReviewed(db: Database, id: string): boolean {
  return db.get('SELECT 1 FROM reviews WHERE task_id = :id LIMIT 1', { id }) !== undefined;
}

/** Names the file of a task whose file is unknown: it was imported before files were recorded. */
export function setUnknownFile(db: Database, position: number, file: string): void {
  db.run('UPDATE tasks SET file = ? WHERE position = ? AND file IS NULL', [file, position]);
}

function insertTags(db: Database, position: number, task: Task): void {
  for (const tag of task.tags ?? []) db.run('INSERT OR IGNORE INTO task_tags VALUES (?, ?)', [tag, position]);
}

/** Finds the rows by the tags in the task's own row. An index by task would help only here and slow down every import. */
export function deleteTags(db: Database, position: number): void {
  const listed = 'SELECT value FROM tasks, json_each(tags) WHERE position = :position';
  db.run(`DELETE FROM task_tags WHERE tag IN (${listed}) AND position = :position`, { position });
}

/** The columns that the queue shows, filters and sorts by. */
export function columnsOf(task: Task): { title: string; language: string; tags: string; search: string } {
  const title = taskTitle(task);
  const tags = task.tags ?? [];
  return {
    title,
    language: task.language,
    tags: JSON.stringify(tags),
    search: [title, task.id, ...tags].join('\n').toLowerCase(),
  };
}
