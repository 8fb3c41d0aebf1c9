import { ledgerLink, verifyLinks, type ChainFault } from '../core/chain.ts';
import { tiebreakError } from '../core/errors.ts';
import { canonicalJson } from '../core/canonicalJson.ts';
import type { Json } from '../core/json.ts';
import {
  ledgerKinds,
  recordHash,
  type LedgerEntry,
  type LedgerKind,
  type LedgerRecord,
  type UnchainedRecord,
} from '../core/ledger.ts';
import { integerOf, textOf, valueOf, type Database, type Row } from './database.ts';
import { DamagedRow } from './errors.ts';
import { reserveByVerdict } from './reserve.ts';
import type { LedgerFilter, RecordImportCounts, Store, UnfinishedKey } from './store.ts';

type LedgerMethod = 'record' | 'ledger' | 'importLedger' | 'saveUnfinished' | 'unfinished';

/**
 * The part of the store that keeps inspections, settlements, gold verdicts and ideals. They are only ever added, like
 * reviews, with one chain a kind and author; `ledger_chains` tells how many there are and which was made here last.
 */
export function ledgerMethods(db: Database): Pick<Store, LedgerMethod> {
  return {
    record: (kind, record) => db.write(() => add(db, kind, record)),
    ledger: (filter = {}) => db.read(() => entriesOf(db, filter)),
    importLedger: (entries) => db.write(() => importAll(db, entries)),
    saveUnfinished: (key, work) => db.write(() => keep(db, key, work)),
    unfinished: (key) => db.read(() => findUnfinished(db, key)),
  };
}

/** Walks every chain of the ledger; for use inside `read`. */
export function verifyLedger(db: Database): ChainFault | undefined {
  for (const kind of ledgerKinds) {
    const rows = db.all('SELECT hash, json FROM ledger WHERE kind = :kind ORDER BY seq', { kind });
    const links = rows.map((row) => ledgerLink(recordOf(row)));
    const recorded = new Map(links.map(({ id }, at) => [id, textOf(rows[at]!, 'hash')]));
    const fault = verifyLinks(links, kind, recorded) ?? missingRecords(db, kind);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function add<Kind extends LedgerKind>(
  db: Database,
  kind: Kind,
  unchained: UnchainedRecord<Kind>,
): LedgerRecord<Kind> {
  const known = storedRecord(db, unchained.id);
  if (known !== undefined) return sameAgain(known, unchained) as LedgerRecord<Kind>;
  const key = { kind, author: unchained.author };
  const head = db.get('SELECT head_hash FROM ledger_chains WHERE kind = :kind AND author = :author', key);
  const prevHash = head === undefined ? '' : textOf(head, 'head_hash');
  const record = plain({ ...unchained, prevHash }) as unknown as LedgerRecord<Kind>;
  const hash = insert(db, kind, record);
  db.run(
    'UPDATE ledger_chains SET head_id = :id, head_hash = :hash WHERE kind = :kind AND author = :author',
    {
      ...key,
      id: record.id,
      hash,
    },
  );
  db.run('DELETE FROM unfinished WHERE kind = :kind AND author = :author AND subject = :subject', {
    ...key,
    subject: subjectOf(record),
  });
  return record;
}

/** A record that was acknowledged and is handed in again, for instance after a crash: the stored one answers it. */
function sameAgain(known: LedgerRecord, unchained: object): LedgerRecord {
  if (isSame(known, { ...unchained, prevHash: known.prevHash })) return known;
  throw tiebreakError('store-conflict', {
    what: 'a record with this id and other content is there already',
    where: `record ${known.id}`,
    mend: 'Hand in the change as a new record that revises it',
  });
}

function importAll(db: Database, entries: readonly LedgerEntry[]): RecordImportCounts {
  const counts = { added: 0, unchanged: 0, refused: [] as string[] };
  for (const { kind, record } of entries) {
    const known = storedRecord(db, record.id);
    if (known === undefined) {
      insert(db, kind, plain(record));
      leaveChain(db, kind, record);
      counts.added += 1;
    } else if (isSame(known, record)) counts.unchanged += 1;
    else counts.refused.push(record.id);
  }
  return counts;
}

/** Where a record from elsewhere follows the last one made here, what is made here from now on is a chain of its own. */
function leaveChain(db: Database, kind: LedgerKind, { author, prevHash }: LedgerRecord): void {
  const isHead = "kind = :kind AND author = :author AND head_hash <> '' AND head_hash = :prevHash";
  const parameters = { kind, author, prevHash };
  db.run(`UPDATE ledger_chains SET head_id = NULL, head_hash = '' WHERE ${isHead}`, parameters);
}

/** Adds a record and counts it; returns its hash. */
function insert(db: Database, kind: LedgerKind, record: LedgerRecord): string {
  const hash = recordHash(record);
  const { id, author, taskId } = record;
  db.run(
    `INSERT INTO ledger (kind, id, author, task_id, subject, hash, json)
     VALUES (:kind, :id, :author, :taskId, :subject, :hash, :json)`,
    { kind, id, author, taskId, subject: subjectOf(record), hash, json: JSON.stringify(record) },
  );
  db.run(
    `INSERT INTO ledger_chains (kind, author, records) VALUES (:kind, :author, 1)
     ON CONFLICT (kind, author) DO UPDATE SET records = records + 1`,
    { kind, author },
  );
  if (kind === 'gold') reserveByVerdict(db, record as LedgerRecord<'gold'>);
  return hash;
}

/** What a record is on: a review, or a task. */
function subjectOf(record: LedgerRecord): string {
  return 'reviewId' in record ? record.reviewId : record.taskId;
}

function storedRecord(db: Database, id: string): LedgerRecord | undefined {
  const row = db.get('SELECT json FROM ledger WHERE id = :id', { id });
  return row && recordOf(row);
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

/** The record of a row. Throws DamagedRow for JSON that can be none. */
function recordOf(row: Row): LedgerRecord {
  const value = valueOf(row);
  const isRecord =
    typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
  if (!isRecord) throw new DamagedRow('column "json" holds no record');
  return value as LedgerRecord;
}

/** Records that are gone without leaving a broken link: the last of a chain has no successor that misses it. */
function missingRecords(db: Database, kind: LedgerKind): ChainFault | undefined {
  const row = db.get(
    `SELECT chains.records, count(ledger.id) AS present, ifnull(max(ledger.id), '') AS last,
      ifnull(head_id, '') AS head, ifnull(max(ledger.id = head_id), 0) AS has_head
    FROM ledger_chains AS chains LEFT JOIN ledger USING (kind, author)
    WHERE chains.kind = :kind
    GROUP BY chains.author HAVING present <> chains.records OR (head <> '' AND NOT has_head) LIMIT 1`,
    { kind },
  );
  if (row === undefined) return undefined;
  const missing = integerOf(row, 'records') - integerOf(row, 'present');
  const recordId = textOf(row, integerOf(row, 'has_head') === 1 ? 'last' : 'head');
  const reason = `${missing} of the author's records are missing from the end of the chain`;
  return { kind, recordId, index: integerOf(row, 'records'), reason };
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

/** Exactly what will be read back: JSON leaves out members that are `undefined`. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function isSame(known: LedgerRecord, other: object): boolean {
  return canonicalJson(known) === canonicalJson(plain(other));
}
