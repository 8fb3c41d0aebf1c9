import type { Task } from '../../core/task/task.ts';
import { integerOf, valueOf, type Database } from './database.ts';
import { dropReserve } from './reserve.ts';
import { deleteTags } from './taskRows.ts';
import type { Store } from '../store.ts';

/** Number of tasks that `tasks()` reads at a time. */
const pageSize = 200;

/** The store's methods for tasks. */
export function taskMethods(db: Database): Pick<Store, 'task' | 'tasks' | 'removeTasks'> {
  return {
    task: (taskId) => db.read(() => findTask(db, taskId)),
    tasks: () => everyTask(db),
    removeTasks: (taskIds) =>
      db.write(() => taskIds.reduce((count, taskId) => count + remove(db, taskId), 0)),
  };
}

export function isTask(db: Database, id: string): boolean {
  return db.get('SELECT 1 FROM tasks WHERE id = :id', { id }) !== undefined;
}

function remove(db: Database, id: string): number {
  const row = db.get('SELECT position FROM tasks WHERE id = :id', { id });
  if (row === undefined) return 0;
  const position = integerOf(row, 'position');
  deleteTags(db, position);
  dropReserve(db, id);
  return db.run('DELETE FROM tasks WHERE position = :position', { position });
}

export function findTask(db: Database, id: string): Task | undefined {
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
