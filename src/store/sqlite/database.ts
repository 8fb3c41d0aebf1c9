import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { tiebreakError } from '../../core/errors.ts';
import { parseJson } from '../../core/text/exactNumber.ts';
import { DamagedRow, isBusy, isMissing, storeError } from '../errors.ts';
import { migrate, refuseOthers } from './migrations.ts';

export interface DatabaseOptions {
  /**
   * How long an operation is retried while another program holds the database, in milliseconds. After that it rejects
   * with `store-locked`.
   */
  readonly waitMs?: number;
}

interface StepOptions<Step> {
  readonly signal?: AbortSignal;
  readonly onStep?: (step: Step) => void;
}

/** How long SQLite itself waits for a lock, in milliseconds. Short, because this wait blocks the process. */
const frozenMs = 15;
const defaultWaitMs = 5_000;

/** Whether a commit is flushed to the disk by SQLite itself. */
type Synchronous = 'FULL' | 'NORMAL';

/** A row as SQLite returns it. */
export type Row = Record<string, unknown>;
/** By name, or by position for a statement that runs a hundred thousand times: positions are a third faster. */
type Parameters = Record<string, SQLInputValue> | readonly SQLInputValue[];

/**
 * One connection. Every operation is synchronous inside and runs as one transaction. Reads see one snapshot. Writes begin
 * IMMEDIATE, so that a lock never makes them fail half-way. While another program holds the database, operations are
 * retried without blocking the process. Writes run in the order of the calls.
 */
export class Database {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #waitMs: number;
  readonly #statements = new Map<string, StatementSync>();
  /** Settles when the transaction in steps is over; `undefined` if there is none. Nothing else runs inside it. */
  #steps: Promise<void> | undefined;
  /** Settles when the last waiting write is done; `undefined` if no write waits. */
  #pending: Promise<unknown> | undefined;

  private constructor(db: DatabaseSync, path: string, waitMs: number) {
    this.#db = db;
    this.path = path;
    this.#waitMs = waitMs;
  }

  /** Opens or creates the file (`:memory:` for no file) and migrates its tables. */
  static async open(path: string, { waitMs = defaultWaitMs }: DatabaseOptions = {}): Promise<Database> {
    makeFolder(path);
    return await patiently(path, waitMs, () => new Database(connect(path), path, waitMs));
  }

  /** Runs a query in its own snapshot. */
  async read<T>(operation: () => T): Promise<T> {
    while (this.#steps !== undefined) await this.#steps;
    return await patiently(this.path, this.#waitMs, () => this.#transaction('BEGIN', operation));
  }

  /** Runs a change as one transaction: on the disk when this resolves, rolled back when this rejects. */
  write<T>(operation: () => T): Promise<T> {
    return this.#write(operation, 'FULL');
  }

  /**
   * As `write`, but the thread does not wait for the disk, which can take longer than the change itself. A crash of this
   * process keeps the change from the return on, a power cut once this has resolved.
   */
  async writeThenFlush<T>(operation: () => T): Promise<T> {
    const result = await this.#write(operation, 'NORMAL');
    if (this.path !== ':memory:') await this.#flushJournal();
    return result;
  }

  /** Changes temporary tables, which belong to this connection alone and need no lock of the file. */
  stage(operation: () => void): Promise<void> {
    return this.read(operation);
  }

  /**
   * Runs a long change as one transaction in steps: the generator yields after each, and the process does other work before
   * the next. `onStep` receives what it yields. Other operations of this connection wait until it is over. Rejects with the signal's reason if it is aborted,
   * and then, as after every error, rolls back.
   */
  writeInSteps<Step, T>(steps: () => Generator<Step, T>, options: StepOptions<Step> = {}): Promise<T> {
    const run = () => this.#inSteps(steps, options);
    const result = this.#pending === undefined ? run() : this.#pending.then(run);
    this.#remember(result);
    return result;
  }

  /** Every row of a query. For use inside `read` and `write`. */
  all(sql: string, parameters: Parameters = {}): Row[] {
    return this.#statement(sql).all(...bound(parameters));
  }

  /** The first row of a query. For use inside `read` and `write`. */
  get(sql: string, parameters: Parameters = {}): Row | undefined {
    return this.#statement(sql).get(...bound(parameters));
  }

  /** Changes rows and returns their number. For use inside `write`. */
  run(sql: string, parameters: Parameters = {}): number {
    return Number(this.#statement(sql).run(...bound(parameters)).changes);
  }

  /** Waits for pending writes and closes the file. */
  async close(): Promise<void> {
    await this.#pending;
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
  }

  #write<T>(operation: () => T, synchronous: Synchronous): Promise<T> {
    const attempt = () =>
      patiently(this.path, this.#waitMs, () =>
        this.#synchronously(synchronous, () => this.#transaction('BEGIN IMMEDIATE', operation)),
      );
    // If no write waits, the change is made before this returns, so that a last save before shutdown is not lost.
    const result = this.#pending === undefined ? attempt() : this.#pending.then(attempt);
    this.#remember(result);
    return result;
  }

  /** With `NORMAL`, a commit is in the journal, but not yet flushed to the disk. */
  #synchronously<T>(synchronous: Synchronous, change: () => T): T {
    if (synchronous === 'FULL') return change();
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      return change();
    } finally {
      if (this.#db.isOpen) this.#db.exec('PRAGMA synchronous = FULL');
    }
  }

  /** Flushes what was committed, outside of this thread. SQLite holds no lock on this file that closing it would release. */
  async #flushJournal(): Promise<void> {
    try {
      const journal = await open(`${this.path}-wal`, 'r+');
      try {
        await journal.datasync();
      } finally {
        await journal.close();
      }
    } catch (error) {
      // Without a journal everything is in the database, where SQLite has flushed it.
      if (!isMissing(error)) throw storeError(error, this.path);
    }
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #transaction<T>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', operation: () => T): T {
    this.#db.exec(begin);
    try {
      const result = operation();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // After some errors, such as a full disk, SQLite has already rolled back.
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  async #inSteps<Step, T>(
    steps: () => Generator<Step, T>,
    { signal, onStep }: StepOptions<Step>,
  ): Promise<T> {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    await patiently(this.path, this.#waitMs, () => {
      this.#db.exec('BEGIN IMMEDIATE');
      this.#steps = promise;
    });
    try {
      const running = steps();
      for (;;) {
        signal?.throwIfAborted();
        const step = running.next();
        if (step.done === true) {
          this.#db.exec('COMMIT');
          return step.value;
        }
        onStep?.(step.value);
        await nextTurn();
      }
    } catch (error) {
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw storeError(error, this.path);
    } finally {
      this.#steps = undefined;
      release();
    }
  }

  #remember(result: Promise<unknown>): void {
    const forget = (): void => {
      if (this.#pending === over) this.#pending = undefined;
    };
    const over = result.then(forget, forget);
    this.#pending = over;
  }
}

/** The parameters in the form that node:sqlite takes: named parameters first, then positional parameters. */
function bound(parameters: Parameters): [Record<string, SQLInputValue>, ...SQLInputValue[]] {
  return isList(parameters) ? [{}, ...parameters] : [parameters];
}

function isList(parameters: Parameters): parameters is readonly SQLInputValue[] {
  return Array.isArray(parameters);
}

/** The text in a column. Throws DamagedRow for any other type. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamagedRow(`column "${column}" does not contain text`);
  return value;
}

/** The number in a column. Throws DamagedRow for any other type. */
export function integerOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DamagedRow(`column "${column}" does not contain a number`);
  return value;
}

/** The parsed value of a JSON column. Throws DamagedRow for invalid JSON. */
export function valueOf(row: Row, column = 'json'): unknown {
  try {
    return parseJson(textOf(row, column));
  } catch (error) {
    throw new DamagedRow(`column "${column}" does not contain JSON`, { cause: error });
  }
}

function connect(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: frozenMs });
  try {
    // In one snapshot: another window may be creating the tables at the same time.
    db.exec('BEGIN');
    refuseOthers(db, path);
    db.exec('COMMIT');
    // The page size applies only to a new file. A task takes some kilobytes, so larger pages waste less space.
    db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
    // FULL: each commit is flushed to the disk, so acknowledged data survives a power cut and a crash.
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    // 16 MB of page cache and 32 MB of journal between checkpoints: large imports write each page less often.
    db.exec(
      'PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864',
    );
    // 256 MB of temporary tables stay in memory; an import collects its tasks there.
    db.exec('PRAGMA temp.cache_size = -262144');
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Retries an operation for at most `waitMs` while another program holds the database; the first attempt is immediate. */
async function patiently<T>(path: string, waitMs: number, operation: () => T): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (!isBusy(error) || performance.now() - start >= waitMs) throw storeError(error, path);
    }
    // A random pause, so that two windows do not collide again.
    await delay(10 + Math.random() * 30);
  }
}

function makeFolder(path: string): void {
  if (path === ':memory:') return;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    const facts = {
      what: 'the folder of the database cannot be created',
      where: path,
      remedy: 'Check the path and its permissions, or choose another file',
    };
    throw tiebreakError('store-cannot-open', facts, { cause: error });
  }
}
