import { canonicalJson } from '../../core/text/canonicalJson.ts';
import { toolchainKey, type Run } from '../../core/run/run.ts';
import { integerOf, valueOf, type Database } from './database.ts';
import type { Counting } from './finalRecords.ts';
import type { Store } from '../store.ts';

/** Number of runs that `runs()` reads at a time. */
const pageSize = 100;

type RunMethod = 'saveRun' | 'cachedRun' | 'latestRuns' | 'runs';

/** The store's methods for runs, which are found by task or by the hashes of their inputs. */
export function runMethods(db: Database): Pick<Store, RunMethod> {
  return {
    saveRun: (run) => db.write(() => saveRun(db, run, !run.cancelled)),
    runs: () => everyRun(db),
    cachedRun: (key) =>
      db.read(() => {
        const where =
          'code_hash = :codeHash AND cases_hash = :casesHash AND toolchain = :toolchain AND reusable = 1';
        const row = db.get(`SELECT json FROM runs WHERE ${where} ORDER BY seq DESC LIMIT 1`, key);
        return row && (valueOf(row) as Run);
      }),
    latestRuns: (taskId) =>
      db.read(() => {
        const latest = `SELECT max(seq) FROM runs, json_each(runs.json, '$.results') AS result
          WHERE task_id = :taskId GROUP BY answer_id, code_hash, json_extract(result.value, '$.caseId')`;
        return db
          .all(`SELECT json FROM runs WHERE seq IN (${latest}) ORDER BY seq`, { taskId })
          .map((row) => valueOf(row) as Run);
      }),
  };
}

async function* everyRun(db: Database): AsyncGenerator<Run> {
  let after = -1;
  for (;;) {
    const page = await db.read(() => pageAfter(db, after));
    if (page.length === 0) return;
    for (const { run } of page) yield run;
    after = page.at(-1)!.seq;
  }
}

function pageAfter(db: Database, after: number): { seq: number; run: Run }[] {
  const select = 'SELECT seq, json FROM runs WHERE seq > :after ORDER BY seq LIMIT :pageSize';
  return db
    .all(select, { after, pageSize })
    .map((row) => ({ seq: integerOf(row, 'seq'), run: valueOf(row) as Run }));
}

/** Adds an imported run; for use inside a write. */
export function importRun(db: Database, run: Run, counts: Counting): void {
  const row = db.get('SELECT json FROM runs WHERE id = :id', { id: run.id });
  if (row === undefined) {
    saveRun(db, run, false);
    counts.added += 1;
  } else if (canonicalJson(valueOf(row)) === canonicalJson(run)) counts.unchanged += 1;
  else counts.refused.push(run.id);
}

/** Saves a run; `cachedRun` returns it only if it is reusable. Saving a run again replaces the record and makes it the latest. */
function saveRun(db: Database, run: Run, isReusable: boolean): void {
  db.run(
    `INSERT OR REPLACE INTO runs (id, task_id, answer_id, code_hash, cases_hash, toolchain, reusable, json)
     VALUES (:id, :taskId, :answerId, :codeHash, :casesHash, :toolchain, :reusable, :json)`,
    {
      id: run.id,
      taskId: run.taskId,
      answerId: run.answerId,
      codeHash: run.codeHash,
      casesHash: run.casesHash,
      toolchain: toolchainKey(run.toolchain),
      reusable: isReusable ? 1 : 0,
      json: JSON.stringify(run),
    },
  );
}
