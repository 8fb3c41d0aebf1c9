import { textOf, valueOf, type Database, type Row } from './database.ts';
import type { Store, TaskFacts } from '../store.ts';

/** The store's method for the task data that figures need. SQLite measures the answers, so that their texts stay unread. */
export function taskFactsMethods(db: Database): Pick<Store, 'taskFacts'> {
  return { taskFacts: () => db.read(() => db.all(reviewedTasks).map(factsOf)) };
}

const reviewedTasks = `
  SELECT tasks.id, tasks.language,
    (SELECT json_group_object(answer.value ->> '$.id', length(answer.value ->> '$.text'))
      FROM json_each(task_bodies.json, '$.answers') AS answer) AS lengths
  FROM tasks JOIN task_bodies USING (position)
  WHERE tasks.id IN (SELECT task_id FROM review_facts)`;

function factsOf(row: Row): TaskFacts {
  return {
    taskId: textOf(row, 'id'),
    language: textOf(row, 'language'),
    lengths: valueOf(row, 'lengths') as Record<string, number>,
  };
}
