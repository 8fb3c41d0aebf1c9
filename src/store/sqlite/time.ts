import type { WorkedTime } from '../../core/review/workedTime.ts';
import type { Store } from '../store.ts';
import type { Database } from './database.ts';

const records = {
  review: `(SELECT reviews.id FROM reviews WHERE reviews.evaluator = person AND reviews.task_id = times.task_id
    AND json_valid(reviews.json) AND reviews.json ->> '$.startedAt' = started_at)`,
  ledger: `(SELECT ledger.id FROM ledger WHERE ledger.kind = work AND ledger.author = person
    AND ledger.task_id = times.task_id AND json_valid(ledger.json) AND ledger.json ->> '$.startedAt' = started_at)`,
};

/** An entry as the query gives it. */
interface Row extends WorkedTime {
  readonly title: string | null;
  readonly recordId: string | null;
}

/** The store's methods for the time that people spent on tasks. */
export function timeMethods(db: Database): Pick<Store, 'addTime' | 'worked'> {
  return {
    addTime: (times) =>
      db.write(() => {
        for (const time of times)
          db.run(
            `INSERT INTO times VALUES (:person, :taskId, :work, :startedAt, :day, :activeMs, :idleMs)
             ON CONFLICT DO UPDATE SET active_ms = active_ms + excluded.active_ms, idle_ms = idle_ms + excluded.idle_ms`,
            { ...time },
          );
      }),
    worked: ({ person, taskId }) =>
      db.read(() =>
        db
          .all(
            `SELECT json_object('person', person, 'taskId', times.task_id, 'work', work, 'startedAt', started_at,
               'day', day, 'activeMs', active_ms, 'idleMs', idle_ms, 'title', tasks.title,
               'recordId', CASE work WHEN 'review' THEN ${records.review} ELSE ${records.ledger} END) AS json
             FROM times LEFT JOIN tasks ON tasks.id = times.task_id
             WHERE (:person IS NULL OR person = :person) AND (:taskId IS NULL OR times.task_id = :taskId)
             ORDER BY day, started_at`,
            { person: person ?? null, taskId: taskId ?? null },
          )
          .map((row) => JSON.parse(String(row['json'])) as Row)
          .map(({ title, recordId, ...time }) => ({
            ...time,
            title: title ?? undefined,
            recordId: recordId ?? undefined,
          })),
      ),
  };
}
