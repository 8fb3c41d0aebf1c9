import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { tiebreakError } from '../core/errors.ts';
import { DamagedRow, isBusy, storeError } from './errors.ts';
import { migrate, refuseOthers } from './migrations.ts';

export interface DatabaseOptions {
  /**
   * How long an operation is tried again while another program holds the database, in milliseconds, before it
   * rejects with `store-locked`.
   */
  readonly waitMs?: number;
}

/** How long SQLite itself waits for a lock: this freezes the process, so it is short. */
const frozenMs = 15;
const defaultWaitMs = 5_000;

/** A row as SQLite gives it. */
export type Row = Record<string, unknown>;
/** By name, or by place where a statement runs a hundred thousand times: that is a third faster. */
type Parameters = Record<string, SQLInputValue> | readonly SQLInputValue[];

/**
 * One connection. Every operation is synchronous inside and runs as one transaction: reads see one snapshot, writes
 * begin IMMEDIATE so that they never fail half-way for a lock. While another program holds the database they are
 * tried again without freezing the process. Writes are carried out in the order in which they were asked for.
 */
export class Database {
  readonly path: string;
  readonly #db: DatabaseSync;
  readonly #waitMs: number;
  readonly #statements = new Map<string, StatementSync>();
  /** Settles when the last write that has to wait is over; `undefined` when none waits. */
  #pending: Promise<unknown> | undefined;

  private constructor(db: DatabaseSync, path: string, waitMs: number) {
    this.#db = db;
    this.path = path;
    this.#waitMs = waitMs;
  }

  /** Opens or creates the file (`:memory:` for none) and brings its tables up to date. */
  static async open(path: string, { waitMs = defaultWaitMs }: DatabaseOptions = {}): Promise<Database> {
    makeFolder(path);
    return await patiently(path, waitMs, () => new Database(connect(path), path, waitMs));
  }

  /** Runs a query in a snapshot of its own. */
  read<T>(operation: () => T): Promise<T> {
    return patiently(this.path, this.#waitMs, () => this.#transaction('BEGIN', operation));
  }

  /** Runs a change: all of it is on the disk when this resolves, none of it when it rejects. */
  write<T>(operation: () => T): Promise<T> {
    const attempt = () =>
      patiently(this.path, this.#waitMs, () => this.#transaction('BEGIN IMMEDIATE', operation));
    // With nothing waiting the change is made before this returns, so that a last save before the end is not lost.
    const result = this.#pending === undefined ? attempt() : this.#pending.then(attempt);
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

  /** Changes rows and returns how many. For use inside `write`. */
  run(sql: string, parameters: Parameters = {}): number {
    return Number(this.#statement(sql).run(...bound(parameters)).changes);
  }

  /** Waits for the writes asked for and closes the file. */
  async close(): Promise<void> {
    await this.#pending;
    this.#statements.clear();
    if (this.#db.isOpen) this.#db.close();
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
      // SQLite has rolled back by itself after some errors, such as a full disk.
      if (this.#db.isOpen && this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
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

/** The named parameters and after them those by place, as node:sqlite takes both. */
function bound(parameters: Parameters): [Record<string, SQLInputValue>, ...SQLInputValue[]] {
  return isList(parameters) ? [{}, ...parameters] : [parameters];
}

function isList(parameters: Parameters): parameters is readonly SQLInputValue[] {
  return Array.isArray(parameters);
}

/** A column that holds text; anything else means the file is damaged. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DamagedRow(`column "${column}" holds no text`);
  return value;
}

/** A column that holds a whole number; anything else means the file is damaged. */
export function integerOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DamagedRow(`column "${column}" holds no number`);
  return value;
}

/** The value in a column of JSON, which this store wrote from a value of that type. */
export function valueOf(row: Row, column = 'json'): unknown {
  try {
    return JSON.parse(textOf(row, column));
  } catch (error) {
    throw new DamagedRow(`column "${column}" holds no JSON`, { cause: error });
  }
}

function connect(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: frozenMs });
  try {
    // In one snapshot: another window may be making the tables at this moment.
    db.exec('BEGIN');
    refuseOthers(db, path);
    db.exec('COMMIT');
    // Pages are set for a new file. A task takes some kilobytes, of which larger pages waste less.
    db.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL');
    // FULL: a commit is flushed to the disk, so what was acknowledged survives a power cut as well as a crash.
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    // 16 MB of cached pages, 32 MB of journal between checkpoints: large imports write each page less often.
    db.exec(
      'PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864',
    );
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Tries an operation until no other program is in its way, at most `waitMs`; the first try is made at once. */
async function patiently<T>(path: string, waitMs: number, operation: () => T): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (!isBusy(error) || performance.now() - start >= waitMs) throw storeError(error, path);
    }
    // A random pause keeps two windows from meeting again at the same moment.
    await delay(10 + Math.random() * 30);
  }
}

function makeFolder(path: string): void {
  if (path === ':memory:') return;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    const facts = {
      what: 'the folder of the database cannot be made',
      where: path,
      mend: 'Check the path and your rights on it, or choose another file',
    };
    throw tiebreakError('store-cannot-open', facts, { cause: error });
  }
}
