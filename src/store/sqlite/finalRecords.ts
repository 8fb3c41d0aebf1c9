import {
  chainLink,
  recordHash,
  verifyLinks,
  type ChainFault,
  type ChainNoun,
  type FinalRecord,
} from '../../core/records/chain.ts';
import { tiebreakError } from '../../core/errors.ts';
import { authorOf } from '../../core/review/author.ts';
import { canonicalJson } from '../../core/text/canonicalJson.ts';
import { plainJson } from '../../core/text/exactNumber.ts';
import { DamagedRow } from '../errors.ts';
import type { RecordImportCounts } from '../store.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';

/**
 * The tables of one kind of final record. Records are only added, never changed. `chains` has a row per author: the
 * number of records, and the last record submitted here (the head), so that a record removed from the end is detected
 * too. Imported records keep their own links and never become the head. If an imported record follows the head, the next
 * record made here starts a new chain, so that a restored copy and its original do not fork.
 */
export interface RecordTables<Stored extends FinalRecord> {
  readonly kind: ChainNoun;
  readonly records: 'reviews' | 'ledger';
  readonly chains: 'chains' | 'ledger_chains';
  /** The column of both tables that names the author. */
  readonly author: 'evaluator' | 'author';
  /** Column → value that selects this kind in both tables; empty if the tables have only this kind. */
  readonly ofKind: Readonly<Record<string, string>>;
  /** Adds the row of a record. */
  insert(db: Database, record: Stored, hash: string): void;
}

/** A record before the store has linked it to its author's chain. */
type Unchained<Stored> = Omit<Stored, 'prevHash'>;

/**
 * Adds a record to its author's chain; for use inside `write`. A retry with the same id and content, for instance after a
 * crash, returns the stored record. Throws `store-conflict` for the same id with other content.
 */
export function addRecord<Stored extends FinalRecord>(
  db: Database,
  tables: RecordTables<Stored>,
  unchained: Unchained<Stored>,
): { readonly record: Stored; readonly isNew: boolean } {
  const known = storedRecord(db, tables, unchained.id);
  if (known !== undefined) return { record: sameAgain(tables, known, unchained), isNew: false };
  const chain = chainOf(tables, unchained as Stored);
  const head = db.get(`SELECT head_hash FROM ${tables.chains} WHERE ${condition(chain)}`, chain);
  const prevHash = head === undefined ? '' : textOf(head, 'head_hash');
  const record = plainJson({ ...unchained, prevHash }) as Stored;
  const hash = insertCounted(db, tables, record);
  const set = 'head_id = :id, head_hash = :hash';
  db.run(`UPDATE ${tables.chains} SET ${set} WHERE ${condition(chain)}`, { ...chain, id: record.id, hash });
  return { record, isNew: true };
}

/** Adds a record made elsewhere unchanged and updates the counts; for use inside `write`. */
export function importRecord<Stored extends FinalRecord>(
  db: Database,
  tables: RecordTables<Stored>,
  record: Stored,
  counts: Counting,
): void {
  const known = storedRecord(db, tables, record.id);
  if (known === undefined) {
    insertCounted(db, tables, plainJson(record) as Stored);
    leaveChain(db, tables, record);
    counts.added += 1;
  } else if (isSame(known, record)) counts.unchanged += 1;
  else counts.refused.push(record.id);
}

/** A mutable `RecordImportCounts`. */
export interface Counting extends RecordImportCounts {
  added: number;
  unchanged: number;
  readonly refused: string[];
}

export function noCounts(): Counting {
  return { added: 0, unchanged: 0, refused: [] };
}

/** Walks every chain of the kind; for use inside `read`. */
export function verifyRecords<Stored extends FinalRecord>(
  db: Database,
  tables: RecordTables<Stored>,
): ChainFault | undefined {
  const { records, ofKind, kind } = tables;
  const select = `SELECT hash, json FROM ${records} WHERE ${condition(ofKind)} ORDER BY seq`;
  const rows = db.all(select, ofKind);
  const links = rows.map((row) => chainLink(recordOf(row)));
  const recorded = new Map(links.map(({ id }, at) => [id, textOf(rows[at]!, 'hash')]));
  return verifyLinks(links, kind, recorded) ?? missingRecords(db, tables);
}

/** The record of a row. Throws DamagedRow for JSON that cannot be a record. */
export function recordOf(row: Row): FinalRecord {
  const value = valueOf(row);
  const isRecord =
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
  if (!isRecord) throw new DamagedRow('column "json" does not contain a record');
  return value as FinalRecord;
}

/** An SQL condition that every column has its value; the values are bound by column name. */
function condition(values: Readonly<Record<string, string>>): string {
  const parts = Object.keys(values).map((column) => `${column} = :${column}`);
  return parts.length === 0 ? 'TRUE' : parts.join(' AND ');
}

function chainOf<Stored extends FinalRecord>(
  { ofKind, author }: RecordTables<Stored>,
  record: Stored,
): Record<string, string> {
  return { ...ofKind, [author]: authorOf(record) };
}

function storedRecord<Stored extends FinalRecord>(
  db: Database,
  { records }: RecordTables<Stored>,
  id: string,
): Stored | undefined {
  const row = db.get(`SELECT json FROM ${records} WHERE id = :id`, { id });
  return row && (recordOf(row) as Stored);
}

function sameAgain<Stored extends FinalRecord>(
  { kind }: RecordTables<Stored>,
  known: Stored,
  unchained: Unchained<Stored>,
): Stored {
  if (isSame(known, { ...unchained, prevHash: known.prevHash })) return known;
  const noun = kind === 'review' ? kind : 'record';
  throw tiebreakError('store-conflict', {
    what: `a ${noun} with this id but other content was already submitted`,
    where: `${noun} ${known.id}`,
    remedy: `Submit the change as a new ${noun} that revises it`,
  });
}

/** Adds a record and updates the count of its chain; returns the record's hash. */
function insertCounted<Stored extends FinalRecord>(
  db: Database,
  tables: RecordTables<Stored>,
  record: Stored,
): string {
  const hash = recordHash(record);
  tables.insert(db, record, hash);
  const chain = chainOf(tables, record);
  const columns = Object.keys(chain);
  const values = columns.map((column) => `:${column}`);
  db.run(
    `INSERT INTO ${tables.chains} (${columns.join(', ')}, records) VALUES (${values.join(', ')}, 1)
     ON CONFLICT (${columns.join(', ')}) DO UPDATE SET records = records + 1`,
    chain,
  );
  return hash;
}

/** If an imported record follows the head, clears the head: the next record made here starts a new chain. */
function leaveChain<Stored extends FinalRecord>(
  db: Database,
  tables: RecordTables<Stored>,
  record: Stored,
): void {
  const chain = chainOf(tables, record);
  const isHead = `${condition(chain)} AND head_hash <> '' AND head_hash = :prevHash`;
  db.run(`UPDATE ${tables.chains} SET head_id = NULL, head_hash = '' WHERE ${isHead}`, {
    ...chain,
    prevHash: record.prevHash,
  });
}

/** Detects records removed from the end of a chain, which leave no broken link because they have no successor. */
function missingRecords<Stored extends FinalRecord>(
  db: Database,
  { kind, records, chains, author, ofKind }: RecordTables<Stored>,
): ChainFault | undefined {
  const key = [...Object.keys(ofKind), author].join(', ');
  const row = db.get(
    `SELECT counted.records, count(kept.id) AS present, ifnull(max(kept.id), '') AS last,
      ifnull(head_id, '') AS head, ifnull(max(kept.id = head_id), 0) AS has_head
    FROM ${chains} AS counted LEFT JOIN ${records} AS kept USING (${key})
    WHERE ${condition(ofKind)}
    GROUP BY ${author} HAVING present <> counted.records OR (head <> '' AND NOT has_head) LIMIT 1`,
    ofKind,
  );
  if (row === undefined) return undefined;
  const missing = integerOf(row, 'records') - integerOf(row, 'present');
  const recordId = textOf(row, integerOf(row, 'has_head') === 1 ? 'last' : 'head');
  const whose = kind === 'review' ? "evaluator's reviews" : "author's records";
  const reason = `${missing} of the ${whose} are missing from the end of the chain`;
  return { kind, recordId, index: integerOf(row, 'records'), reason };
}

function isSame(known: object, other: object): boolean {
  return canonicalJson(known) === canonicalJson(plainJson(other));
}
