import type { ChainFault } from '../../core/records/chain.ts';
import type { Json } from '../../core/text/json.ts';
import {
  ledgerKinds,
  type LedgerEntry,
  type LedgerKind,
  type LedgerRecord,
  type UnchainedRecord,
} from '../../core/records/ledger.ts';
import { textOf, valueOf, type Database } from './database.ts';
import {
  addRecord,
  importRecord,
  recordOf,
  verifyRecords,
  type Counting,
  type RecordTables,
} from './finalRecords.ts';
import { reserveByVerdict } from './reserve.ts';
import type { LedgerFilter, Store, UnfinishedKey } from '../store.ts';

type LedgerMethod = 'record' | 'ledger' | 'saveUnfinished' | 'unfinished';

/** The store's methods for inspections, settlements, gold verdicts and ideals, with one chain per kind and author. */
export function ledgerMethods(db: Database): Pick<Store, LedgerMethod> {
  return {
    record: (kind, record) => db.write(() => add(db, kind, record)),
    ledger: (filter = {}) => db.read(() => entriesOf(db, filter)),
    saveUnfinished: (key, work) => db.writeThenFlush(() => keep(db, key, work)),
    unfinished: (key) => db.read(() => findUnfinished(db, key)),
  };
}

/** Walks every chain of the ledger; for use inside `read`. */
export function verifyLedger(db: Database): ChainFault | undefined {
  for (const kind of ledgerKinds) {
    const fault = verifyRecords(db, tablesOf(kind));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function tablesOf(kind: LedgerKind): RecordTables<LedgerRecord> {
  return {
    kind,
    records: 'ledger',
    chains: 'ledger_chains',
    author: 'author',
    ofKind: { kind },
    insert(db, record, hash) {
      const { id, author, taskId } = record;
      db.run(
        `INSERT INTO ledger (kind, id, author, task_id, subject, hash, json)
         VALUES (:kind, :id, :author, :taskId, :subject, :hash, :json)`,
        { kind, id, author, taskId, subject: subjectOf(record), hash, json: JSON.stringify(record) },
      );
      if (kind === 'gold') reserveByVerdict(db, record as LedgerRecord<'gold'>);
    },
  };
}

function add<Kind extends LedgerKind>(
  db: Database,
  kind: Kind,
  unchained: UnchainedRecord<Kind>,
): LedgerRecord<Kind> {
  const { record, isNew } = addRecord(db, tablesOf(kind), unchained);
  if (isNew) {
    const work = { kind, author: record.author, subject: subjectOf(record) };
    db.run('DELETE FROM unfinished WHERE kind = :kind AND author = :author AND subject = :subject', work);
  }
  return record as LedgerRecord<Kind>;
}

/** Adds an imported record; for use inside a write. */
export function importEntry(db: Database, { kind, record }: LedgerEntry, counts: Counting): void {
  importRecord(db, tablesOf(kind), record, counts);
}

/** The id of the review or task that a record is about. */
function subjectOf(record: LedgerRecord): string {
  return 'reviewId' in record ? record.reviewId : record.taskId;
}

function entriesOf<Kind extends LedgerKind>(
  db: Database,
  { kind, taskId, author, id }: LedgerFilter<Kind>,
): LedgerEntry<Kind>[] {
  const parts = ['TRUE'];
  if (kind !== undefined) parts.push('kind = :kind');
  if (taskId !== undefined) parts.push('task_id = :taskId');
  if (author !== undefined) parts.push('author = :author');
  if (id !== undefined) parts.push('id = :id');
  const parameters: Record<string, string> = {
    ...(kind !== undefined && { kind }),
    ...(taskId !== undefined && { taskId }),
    ...(author !== undefined && { author }),
    ...(id !== undefined && { id }),
  };
  const select = `SELECT kind, json FROM ledger WHERE ${parts.join(' AND ')} ORDER BY seq`;
  return db
    .all(select, parameters)
    .map((row) => ({ kind: textOf(row, 'kind'), record: recordOf(row) }) as LedgerEntry<Kind>);
}

function keep(db: Database, key: UnfinishedKey, work: Json): void {
  db.run(
    `INSERT INTO unfinished VALUES (:kind, :author, :subject, :json)
     ON CONFLICT (kind, author, subject) DO UPDATE SET json = excluded.json`,
    { ...key, json: JSON.stringify(work) },
  );
}

function findUnfinished(db: Database, key: UnfinishedKey): Json | undefined {
  const where = 'kind = :kind AND author = :author AND subject = :subject';
  const row = db.get(`SELECT json FROM unfinished WHERE ${where}`, { ...key });
  return row && (valueOf(row) as Json);
}
