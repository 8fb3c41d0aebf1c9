import type { DatabaseSync } from 'node:sqlite';
import { tiebreakError } from '../core/errors.ts';

/** Marks the file as Tiebreak's: "Tbrk" in ASCII. */
const applicationId = 0x5462726b;

/**
 * Each step brings a database from its index to the next version. A step that was released is never edited; a change
 * is a new step.
 *
 * The queue reads only `tasks`, which is narrow: 100,000 rows are some megabytes. `search` holds title, id and tags in
 * lower case, one a line; it begins with the title and so gives the order by title too. Reviews name tasks without a
 * foreign key: they outlive a task that is taken out, and may be imported without it. `review_facts` holds of each
 * review what lists and figures read, which is a small part; a trigger fills it, from reviews that were there too.
 * `agreement` is the share of pairs of the task's reviews in force that say the same.
 * `subject` of a final record is the review that an inspection is on, else the task.
 * `reserve` holds the tasks that are not plain work, with the known verdict as `review_facts` spells it, or the task
 * that they repeat. `dealt` says which of them an evaluator got, after so many submitted tasks, and before which task.
 */
const steps: readonly string[] = [
  `
  CREATE TABLE tasks (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    tags TEXT NOT NULL,
    search TEXT NOT NULL
  ) STRICT;
  CREATE INDEX tasks_by_language ON tasks (language);
  CREATE INDEX tasks_by_search ON tasks (search);

  CREATE TABLE task_bodies (
    position INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
    json TEXT NOT NULL
  ) STRICT;

  CREATE TABLE task_tags (
    tag TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE drafts (
    evaluator TEXT NOT NULL,
    task_id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (evaluator, task_id)
  ) STRICT;

  CREATE TABLE skips (
    evaluator TEXT NOT NULL,
    task_id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (evaluator, task_id)
  ) STRICT;

  CREATE TABLE reviews (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    evaluator TEXT NOT NULL,
    task_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX reviews_by_standing ON reviews (evaluator, task_id);
  CREATE INDEX reviews_by_task ON reviews (task_id);

  CREATE TABLE chains (
    evaluator TEXT PRIMARY KEY,
    records INTEGER NOT NULL,
    head_id TEXT,
    head_hash TEXT NOT NULL DEFAULT ''
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE runs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    task_id TEXT NOT NULL,
    answer_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    cases_hash TEXT NOT NULL,
    toolchain TEXT NOT NULL,
    reusable INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX runs_by_content ON runs (code_hash, cases_hash, toolchain, reusable);
  CREATE INDEX runs_by_answer ON runs (task_id, answer_id);
  `,
  `
  CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    task_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash TEXT NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ledger_by_task ON ledger (task_id, kind);
  CREATE INDEX ledger_by_subject ON ledger (subject, kind);
  CREATE INDEX ledger_by_author ON ledger (kind, author);

  CREATE TABLE ledger_chains (
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    records INTEGER NOT NULL,
    head_id TEXT,
    head_hash TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, author)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE unfinished (
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    subject TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (kind, author, subject)
  ) STRICT;

  CREATE TABLE review_facts (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    evaluator TEXT NOT NULL,
    task_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    active_ms INTEGER NOT NULL,
    overrides INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    agreement REAL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_facts_by_standing ON review_facts (evaluator, task_id);
  CREATE INDEX review_facts_by_task ON review_facts (task_id, revised, verdict);
  CREATE INDEX review_facts_by_time ON review_facts (revised, active_ms, seq);
  CREATE INDEX review_facts_by_agreement ON review_facts (revised, agreement, task_id, seq, evaluator, id);

  CREATE TRIGGER review_facts_of AFTER INSERT ON reviews WHEN json_valid(new.json) BEGIN
    INSERT INTO review_facts VALUES (
      new.seq, new.id, new.evaluator, new.task_id,
      ifnull(new.json ->> '$.preference.kind', '') || ' ' || ifnull(new.json ->> '$.preference.winner', ''),
      ifnull(new.json ->> '$.activeMs', 0), ifnull(json_array_length(new.json, '$.overrides'), 0),
      EXISTS (SELECT 1 FROM review_facts WHERE evaluator = new.evaluator AND task_id = new.task_id
        AND json ->> '$.revises' = new.id),
      NULL, json_object(
      'id', new.json -> '$.id', 'taskId', new.json -> '$.taskId', 'evaluator', new.json -> '$.evaluator',
      'shown', new.json -> '$.shown', 'preference', new.json -> '$.preference', 'scores', new.json -> '$.scores',
      'activeMs', new.json -> '$.activeMs', 'submittedAt', new.json -> '$.submittedAt',
      'overrides', new.json -> '$.overrides'
    ));
    UPDATE review_facts SET json = json_set(json, '$.revises', new.json -> '$.revises')
      WHERE seq = new.seq AND new.json -> '$.revises' IS NOT NULL;
    UPDATE review_facts SET revised = 1 WHERE id = new.json ->> '$.revises';
    UPDATE review_facts SET agreement = (
      SELECT CASE WHEN sum(n) > 1 THEN sum(n * (n - 1.0)) / (sum(n) * (sum(n) - 1)) END FROM (
        SELECT count(*) AS n FROM review_facts WHERE task_id = new.task_id AND revised = 0 GROUP BY verdict
      )
    ) WHERE task_id = new.task_id AND revised = 0;
  END;
  CREATE TEMP TABLE kept AS SELECT * FROM reviews ORDER BY seq;
  DELETE FROM reviews;
  INSERT INTO reviews SELECT * FROM kept ORDER BY seq;
  DROP TABLE kept;
  `,
  `
  CREATE INDEX ledger_sent_back ON ledger (seq)
    WHERE kind = 'inspection' AND json ->> '$.decision.kind' = 'send-back';
  CREATE INDEX ledger_settled ON ledger (seq) WHERE kind = 'settlement';
  `,
  `
  CREATE TABLE reserve (
    task_id TEXT PRIMARY KEY,
    use TEXT NOT NULL,
    verdict TEXT,
    repeats TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dealt (
    evaluator TEXT NOT NULL,
    place INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    position REAL NOT NULL,
    PRIMARY KEY (evaluator, place)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX dealt_tasks ON dealt (evaluator, task_id);

  INSERT INTO reserve
    SELECT id, 'calibration',
      json ->> '$.gold.preference.kind' || ' ' || ifnull(json ->> '$.gold.preference.winner', ''), NULL
    FROM tasks JOIN task_bodies USING (position) WHERE instr(json, '"gold":{') > 0 AND json_valid(json)
      AND json ->> '$.gold.preference.kind' IS NOT NULL;
  INSERT OR REPLACE INTO reserve
    SELECT id, 'duplicate', NULL, json ->> '$.source.tiebreakDuplicateOf'
    FROM tasks JOIN task_bodies USING (position) WHERE instr(json, '"tiebreakDuplicateOf"') > 0
      AND json_valid(json) AND json ->> '$.source.tiebreakDuplicateOf' IS NOT NULL;
  INSERT OR REPLACE INTO reserve
    SELECT task_id, ledger.json ->> '$.use',
      ledger.json ->> '$.preference.kind' || ' ' || ifnull(ledger.json ->> '$.preference.winner', ''), NULL
    FROM ledger JOIN tasks ON tasks.id = task_id WHERE kind = 'gold' ORDER BY seq;
  `,
  `
  CREATE TABLE checks (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    json TEXT NOT NULL
  ) STRICT;
  `,
];

/**
 * Throws `store-newer` for a database that a later Tiebreak has written and `store-foreign` for another program's.
 * Changes nothing, so that it can be asked before the file is touched.
 */
export function refuseOthers(db: DatabaseSync, path: string): void {
  const version = pragma(db, 'user_version');
  const isOurs = pragma(db, 'application_id') === applicationId;
  if (!isOurs && (version !== 0 || !isEmpty(db))) {
    throw tiebreakError('store-foreign', {
      what: 'the file is a database of another program',
      where: path,
      mend: 'Choose another file; Tiebreak leaves this one untouched',
    });
  }
  if (version > steps.length) {
    throw tiebreakError('store-newer', {
      what: `a newer Tiebreak has written the database (version ${version}; this one reads up to ${steps.length})`,
      where: path,
      mend: 'Update Tiebreak, or choose another file',
    });
  }
}

/** Brings the database to this version's tables, in one transaction; a new file becomes a Tiebreak database. */
export function migrate(db: DatabaseSync, path: string): void {
  if (pragma(db, 'user_version') === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Asked again inside: another window may have migrated while this one waited.
    refuseOthers(db, path);
    for (const step of steps.slice(pragma(db, 'user_version'))) db.exec(step);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}
