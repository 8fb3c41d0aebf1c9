import { orderFault, reviewLink, verifyLinks, type ChainLink, type ChainNoun } from '../core/chain.ts';
import { tiebreakError } from '../core/errors.ts';
import type { ExchangeRecord } from '../core/exchange/record.ts';
import { recordHash, type LedgerEntry } from '../core/ledger.ts';
import type { Review } from '../core/review.ts';
import { readStretches } from './fileLines.ts';
import { sealFault } from './sealedFile.ts';
import type { Store } from './store.ts';

/** The records of a file that are final, in its order. */
export interface FinalRecords {
  readonly reviews: Review[];
  readonly ledger: LedgerEntry[];
}

/** A record of the file, with the hash that stands beside it. */
interface Found {
  readonly record: Extract<ExchangeRecord, { hash: string }> & { kind: ChainNoun };
  readonly link: ChainLink;
  readonly line: number;
}

/** What each line of a final record holds, and hardly any other. */
const hashField = '"hash"';

/**
 * The final records that a file holds, after every chain was walked that they make with those of the store. Rejects
 * with `exchange-tampered`, which names the first record that does not hold, and with `file-unreadable`.
 */
export async function checkedRecords(store: Store, path: string): Promise<FinalRecords> {
  const found = await recordsOfFile(path);
  const faults: Fault[] = [];
  const seal = await sealFault(path);
  if (seal !== undefined) faults.push({ ...seal, record: nameOf(found, seal.line) });
  for (const [kind, some] of Map.groupBy(found.values(), ({ record }) => record.kind)) {
    const fault = chainFault(some, await storedLinks(store, kind), kind);
    // Where both see the same record, the chain tells more.
    if (fault !== undefined) faults.unshift(fault);
  }
  const first = faults.toSorted((one, other) => one.line - other.line)[0];
  if (first !== undefined) throw tampered(path, first);
  const records = [...found.values()].map(({ record }) => record);
  return {
    reviews: records.flatMap((record) => (record.kind === 'review' ? [record.review] : [])),
    ledger: records.flatMap((record) => (record.kind === 'review' ? [] : [entryOf(record)])),
  };
}

/** A record that does not hold; line 0 stands for one of the database. */
interface Fault {
  readonly line: number;
  readonly record: string;
  readonly reason: string;
}

function chainFault(
  found: readonly Found[],
  stored: readonly ChainLink[],
  kind: ChainNoun,
): Fault | undefined {
  const links = found.map(({ link }) => link);
  const ids = new Set(links.map(({ id }) => id));
  const recorded = new Map(found.map(({ link, record }) => [link.id, record.hash]));
  const others = stored.filter(({ id }) => !ids.has(id));
  const fault = verifyLinks([...links, ...others], kind, recorded) ?? orderFault(links, kind);
  if (fault === undefined) return undefined;
  const line = found.find(({ link }) => link.id === fault.recordId)?.line ?? 0;
  return { line, record: `${kind} ${fault.recordId}`, reason: fault.reason };
}

function nameOf(found: ReadonlyMap<string, Found>, line: number): string {
  const there = found.values().find((candidate) => candidate.line === line);
  return there === undefined ? 'the record of this line' : `${there.record.kind} ${there.link.id}`;
}

async function storedLinks(store: Store, kind: ChainNoun): Promise<ChainLink[]> {
  if (kind === 'review') return (await store.reviews()).map(reviewLink);
  return (await store.ledger({ kind })).map(({ record }) => ledgerLink(record));
}

function ledgerLink(record: LedgerEntry['record']): ChainLink {
  const { id, author, prevHash } = record;
  return { id, author, prevHash, hash: recordHash(record) };
}

/** By id. A record that stands twice is taken once. */
async function recordsOfFile(path: string): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for await (const { items } of readStretches(path, hashField)) {
    for (const item of items) {
      if (item.kind !== 'record' || !('hash' in item.record) || item.record.kind === 'end') continue;
      const { record, line } = item;
      const link = record.kind === 'review' ? reviewLink(record.review) : ledgerLink(record.record);
      const known = found.get(link.id);
      if (known !== undefined && known.record.hash !== record.hash) {
        const reason = `it stands in line ${known.line} with other content`;
        throw tampered(path, { line, record: `${record.kind} ${link.id}`, reason });
      }
      found.set(link.id, known ?? { record, link, line });
    }
  }
  return found;
}

function entryOf(line: Exclude<Found['record'], { kind: 'review' }>): LedgerEntry {
  const { kind, record } = line;
  return { kind, record } as LedgerEntry;
}

function tampered(path: string, { line, record, reason }: Fault): Error {
  return tiebreakError('exchange-tampered', {
    what: `the file is refused, for ${record} does not hold: ${reason}`,
    where: line === 0 ? 'the database' : `${path}:${line}`,
    mend: 'Export the file again from where the reviews were made, and leave its lines as they are',
  });
}
