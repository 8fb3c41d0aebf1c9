import type { DatabaseSync } from 'node:sqlite';
import { tiebreakError } from '../../core/errors.ts';

/** Marks the file as Tiebreak's: "Tbrk" in ASCII. */
const applicationId = 0x5462726b;

/**
 * Each step migrates a database from the version of its index to the next version. A released step is never edited; add a
 * new step instead.
 *
 * The queue reads only `tasks`, whose rows are small: 100,000 rows are a few megabytes. `search` has the title, id and
 * tags in lower case, one per line; because the title comes first, `search` also gives the order by title. Reviews name
 * tasks without a foreign key: a review outlives a removed task and may be imported without it. `review_facts` has the
 * small part of each review that lists and figures read; a trigger fills it, and the migration fills it for old reviews.
 * `agreement` is the share of pairs of the task's reviews in effect that agree.
 * `subject` of a final record is the inspected review for an inspection, else the task.
 * `reserve` has the gold tasks, with the known verdict spelled as in `review_facts`, and the duplicates, with the task
 * that they repeat. `injected` records each task injected for an evaluator: after how many submissions and before which task.
 * `file` is the name of the file that a task was imported from, without its folder, and NULL if no file is known. An
 * injected task is shown with the file of the task that it was injected before, so that its own does not reveal it.
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
  `
  CREATE TABLE times (
    person TEXT NOT NULL,
    task_id TEXT NOT NULL,
    work TEXT NOT NULL,
    started_at TEXT NOT NULL,
    day TEXT NOT NULL,
    active_ms INTEGER NOT NULL,
    idle_ms INTEGER NOT NULL,
    PRIMARY KEY (person, task_id, work, started_at, day)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE tasks ADD COLUMN file TEXT;
  ALTER TABLE dealt ADD COLUMN file TEXT;
  CREATE INDEX tasks_by_file ON tasks (file);
  `,
  `
  ALTER TABLE dealt RENAME TO injected;
  DROP INDEX dealt_tasks;
  CREATE UNIQUE INDEX injected_tasks ON injected (evaluator, task_id);
  `,
  `
  CREATE INDEX review_facts_overridden ON review_facts (seq) WHERE revised = 0 AND overrides > 0;
  `,
];

/**
 * Throws `store-newer` if a later version of Tiebreak wrote the database, and `store-foreign` if another program wrote it.
 * Changes nothing, so that callers can check before they touch the file.
 */
export function refuseOthers(db: DatabaseSync, path: string): void {
  const version = pragma(db, 'user_version');
  const isOurs = pragma(db, 'application_id') === applicationId;
  if (!isOurs && (version !== 0 || !isEmpty(db))) {
    throw tiebreakError('store-foreign', {
      what: 'the file is a database of another program',
      where: path,
      remedy: 'Choose another file; Tiebreak does not change this file',
    });
  }
  if (version > steps.length) {
    throw tiebreakError('store-newer', {
      what: `a newer Tiebreak wrote the database (version ${version}; this Tiebreak reads versions up to ${steps.length})`,
      where: path,
      remedy: 'Update Tiebreak, or choose another file',
    });
  }
}

/** Brings the database to this version's tables, in one transaction; a new file becomes a Tiebreak database. */
export function migrate(db: DatabaseSync, path: string): void {
  if (pragma(db, 'user_version') === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Check again inside the transaction: another window may have migrated while this window waited.
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
