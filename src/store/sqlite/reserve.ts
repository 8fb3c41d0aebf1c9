import { duplicateOf } from '../../core/task/duplicate.ts';
import { fits, type GoldVerdict } from '../../core/calibration/gold.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { Preference } from '../../core/task/preference.ts';
import type { Task } from '../../core/task/task.ts';
import { textOf, valueOf, type Database } from './database.ts';
import type { ReserveTask, Store } from '../store.ts';

/** The store's method for the reserve: gold tasks, whose verdict is known, and duplicates. */
export function reserveMethods(db: Database): Pick<Store, 'reserve'> {
  return { reserve: () => db.read(() => everyReserve(db)) };
}

/** Whether this store has any gold verdict: checked once for many tasks, because few tasks have a verdict. */
export function hasVerdicts(db: Database): boolean {
  return db.get("SELECT 1 FROM ledger WHERE kind = 'gold' LIMIT 1") !== undefined;
}

/** Adds a new or changed task to the reserve if it is a gold task or a duplicate. */
export function reserveTask(db: Database, task: Task, mayHaveVerdict: boolean): void {
  const repeats = duplicateOf(task);
  if (repeats !== undefined) return put(db, { taskId: task.id, use: 'duplicate', repeats });
  const verdict = mayHaveVerdict ? verdictOn(db, task) : undefined;
  const known = verdict ?? (task.gold && { ...task.gold, use: 'calibration' as const });
  if (known !== undefined && known.use !== 'none' && fits(known.preference, task))
    put(db, { taskId: task.id, use: known.use }, known.preference);
}

/** Updates the reserve for a gold verdict that was decided or withdrawn, if the stored task is the judged version. */
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

/** The last gold verdict on this version of the task. */
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

/** A verdict, spelled as in `review_facts`. */
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
