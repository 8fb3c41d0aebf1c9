import { duplicateOf } from '../core/duplicate.ts';
import { fits, type GoldVerdict } from '../core/gold.ts';
import { contentHash } from '../core/hash.ts';
import type { Preference } from '../core/preference.ts';
import type { Task } from '../core/task.ts';
import { textOf, valueOf, type Database } from './database.ts';
import type { ReserveTask, Store } from './store.ts';

/** The part of the store that knows which tasks are not plain work: those whose verdict is known, and duplicates. */
export function reserveMethods(db: Database): Pick<Store, 'reserve'> {
  return { reserve: () => db.read(() => everyReserve(db)) };
}

/** Whether a verdict on any task was ever decided here: asked once for many tasks, of which few have one. */
export function hasVerdicts(db: Database): boolean {
  return db.get("SELECT 1 FROM ledger WHERE kind = 'gold' LIMIT 1") !== undefined;
}

/** Notes of a task that came in or was changed what it is in reserve for. */
export function reserveTask(db: Database, task: Task, mayHaveVerdict: boolean): void {
  const repeats = duplicateOf(task);
  if (repeats !== undefined) return put(db, { taskId: task.id, use: 'duplicate', repeats });
  const verdict = mayHaveVerdict ? verdictOn(db, task) : undefined;
  const known = verdict ?? (task.gold && { ...task.gold, use: 'calibration' as const });
  if (known !== undefined && known.use !== 'none' && fits(known.preference, task))
    put(db, { taskId: task.id, use: known.use }, known.preference);
}

/** Notes a verdict that was decided or taken back, where it is on the task as it is here. */
export function reserveByVerdict(db: Database, { taskId, taskHash, use, preference }: GoldVerdict): void {
  const row = db.get('SELECT json FROM tasks JOIN task_bodies USING (position) WHERE id = :taskId', {
    taskId,
  });
  const task = row && (valueOf(row) as Task);
  if (task === undefined || contentHash(task) !== taskHash || !fits(preference, task)) return;
  if (use === 'none') dropReserve(db, taskId);
  else put(db, { taskId, use }, preference);
}

export function dropReserve(db: Database, taskId: string): void {
  db.run('DELETE FROM reserve WHERE task_id = :taskId', { taskId });
}

/** The last verdict that was decided on the task as it is. */
function verdictOn(db: Database, task: Task): GoldVerdict | undefined {
  const select = "SELECT json FROM ledger WHERE task_id = :taskId AND kind = 'gold' ORDER BY seq DESC";
  const verdicts = db.all(select, { taskId: task.id }).map((row) => valueOf(row) as GoldVerdict);
  if (verdicts.length === 0) return undefined;
  const hash = contentHash(task);
  return verdicts.find(({ taskHash }) => taskHash === hash);
}

function put(db: Database, { taskId, use, repeats }: ReserveTask, reference?: Preference): void {
  db.run('INSERT OR REPLACE INTO reserve VALUES (:taskId, :use, :verdict, :repeats)', {
    taskId,
    use,
    verdict: reference === undefined ? null : verdictText(reference),
    repeats: repeats ?? null,
  });
}

/** A verdict as `review_facts` spells it. */
function verdictText(preference: Preference): string {
  return `${preference.kind} ${preference.kind === 'better' ? preference.winner : ''}`;
}

function everyReserve(db: Database): ReserveTask[] {
  const select = 'SELECT reserve.* FROM reserve JOIN tasks ON tasks.id = task_id ORDER BY tasks.position';
  return db.all(select).map((row) => ({
    taskId: textOf(row, 'task_id'),
    use: textOf(row, 'use') as ReserveTask['use'],
    ...(row['repeats'] !== null && { repeats: textOf(row, 'repeats') }),
  }));
}
