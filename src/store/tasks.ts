import { canonicalJson } from '../core/canonicalJson.ts';
import type { Task } from '../core/task.ts';
import { taskTitle } from '../core/title.ts';
import { integerOf, textOf, valueOf, type Database } from './database.ts';
import { dropReserve, hasVerdicts, reserveTask } from './reserve.ts';
import type { ImportCounts, Store } from './store.ts';

/** How many tasks `tasks()` reads at a time. */
const pageSize = 200;

/** The part of the store that keeps the tasks themselves. */
export function taskMethods(db: Database): Pick<Store, 'importTasks' | 'task' | 'tasks' | 'removeTasks'> {
  return {
    importTasks: (tasks) => db.write(() => importAll(db, tasks)),
    task: (taskId) => db.read(() => findTask(db, taskId)),
    tasks: () => everyTask(db),
    removeTasks: (taskIds) =>
      db.write(() => taskIds.reduce((count, taskId) => count + remove(db, taskId), 0)),
  };
}

function importAll(db: Database, tasks: readonly Task[]): ImportCounts {
  const counts = { added: 0, unchanged: 0, updated: 0 };
  const refused: string[] = [];
  const mayHaveVerdict = hasVerdicts(db);
  let position = nextPosition(db);
  for (const task of tasks) {
    const json = JSON.stringify(task);
    const known = storedTask(db, task.id);
    if (known === undefined) {
      insert(db, position, task, json);
      reserveTask(db, task, mayHaveVerdict);
      position += 1;
      counts.added += 1;
    } else if (isSame(known.json, json)) {
      counts.unchanged += 1;
    } else if (isReviewed(db, task.id)) {
      refused.push(task.id);
    } else {
      update(db, known.position, task, json);
      dropReserve(db, task.id);
      reserveTask(db, task, mayHaveVerdict);
      counts.updated += 1;
    }
  }
  return { ...counts, refused };
}

/** Adds a task that is not there. For use inside `write`. */
export function addTask(db: Database, task: Task): void {
  insert(db, nextPosition(db), task, JSON.stringify(task));
  reserveTask(db, task, hasVerdicts(db));
}

export function isTask(db: Database, id: string): boolean {
  return db.get('SELECT 1 FROM tasks WHERE id = :id', { id }) !== undefined;
}

function nextPosition(db: Database): number {
  return integerOf(db.get('SELECT coalesce(max(position) + 1, 0) AS next FROM tasks')!, 'next');
}

function storedTask(db: Database, id: string): { position: number; json: string } | undefined {
  const row = db.get('SELECT position, json FROM tasks JOIN task_bodies USING (position) WHERE id = ?', [id]);
  return row && { position: integerOf(row, 'position'), json: textOf(row, 'json') };
}

/** The texts are nearly always equal or different in content; only a difference is worth a closer look. */
function isSame(stored: string, json: string): boolean {
  return stored === json || canonicalJson(JSON.parse(stored)) === canonicalJson(JSON.parse(json));
}

function isReviewed(db: Database, id: string): boolean {
  return db.get('SELECT 1 FROM reviews WHERE task_id = :id LIMIT 1', { id }) !== undefined;
}

function insert(db: Database, position: number, task: Task, json: string): void {
  const { title, language, tags, search } = columnsOf(task);
  db.run('INSERT INTO tasks VALUES (?, ?, ?, ?, ?, ?)', [position, task.id, title, language, tags, search]);
  db.run('INSERT INTO task_bodies VALUES (?, ?)', [position, json]);
  insertTags(db, position, task);
}

function update(db: Database, position: number, task: Task, json: string): void {
  deleteTags(db, position);
  const set = 'title = :title, language = :language, tags = :tags, search = :search';
  db.run(`UPDATE tasks SET ${set} WHERE position = :position`, { position, ...columnsOf(task) });
  db.run('UPDATE task_bodies SET json = :json WHERE position = :position', { position, json });
  insertTags(db, position, task);
}

function remove(db: Database, id: string): number {
  const known = storedTask(db, id);
  if (known === undefined) return 0;
  deleteTags(db, known.position);
  dropReserve(db, id);
  return db.run('DELETE FROM tasks WHERE position = :position', { position: known.position });
}

function insertTags(db: Database, position: number, task: Task): void {
  for (const tag of task.tags ?? []) db.run('INSERT OR IGNORE INTO task_tags VALUES (?, ?)', [tag, position]);
}

/** By the tags that the task's own row lists: an index by task would only serve this, and slow every import. */
function deleteTags(db: Database, position: number): void {
  const listed = 'SELECT value FROM tasks, json_each(tags) WHERE position = :position';
  db.run(`DELETE FROM task_tags WHERE tag IN (${listed}) AND position = :position`, { position });
}

/** What the queue shows, filters and sorts by, apart from the task's text. */
function columnsOf(task: Task): { title: string; language: string; tags: string; search: string } {
  const title = taskTitle(task);
  const tags = task.tags ?? [];
  return {
    title,
    language: task.language,
    tags: JSON.stringify(tags),
    search: [title, task.id, ...tags].join('\n').toLowerCase(),
  };
}

function findTask(db: Database, id: string): Task | undefined {
  const row = db.get('SELECT json FROM tasks JOIN task_bodies USING (position) WHERE id = :id', { id });
  return row && (valueOf(row) as Task);
}

async function* everyTask(db: Database): AsyncGenerator<Task> {
  let after = -1;
  for (;;) {
    const page = await db.read(() => pageAfter(db, after));
    if (page.length === 0) return;
    for (const { task } of page) yield task;
    after = page.at(-1)!.position;
  }
}

function pageAfter(db: Database, after: number): { position: number; task: Task }[] {
  const select =
    'SELECT position, json FROM task_bodies WHERE position > :after ORDER BY position LIMIT :pageSize';
  return db
    .all(select, { after, pageSize })
    .map((row) => ({ position: integerOf(row, 'position'), task: valueOf(row) as Task }));
}
