import { orderFault, verifyLinks, type ChainLink, type ChainNoun } from '../../core/records/chain.ts';
import type { LedgerEntry } from '../../core/records/ledger.ts';
import type { Review } from '../../core/review/review.ts';
import { originFaults, type Origin } from './authorFile.ts';
import { tampered, type Fault, type FileRecords, type Found } from './fileRecords.ts';
import { claimFaults } from './recordClaims.ts';
import type { Store } from '../../store/store.ts';
import { storedLinks } from './storedLinks.ts';

/** The final records of a file, in the order of the file. */
export interface FinalRecords {
  readonly reviews: Review[];
  readonly ledger: LedgerEntry[];
}

/**
 * The final records of a file, after verifying every chain that they form with the records in the store. With an `origin`
 * they are also checked against the records that a file of that author must contain. Rejects with `exchange-tampered`,
 * which names the first invalid record.
 */
export async function checkedRecords(
  store: Store,
  path: string,
  records: FileRecords,
  origin?: Origin,
): Promise<FinalRecords> {
  const { found, sealFault } = records;
  const authors = new Set([...found.values()].map(({ link }) => link.author));
  if (origin !== undefined) authors.add(origin.author);
  const stored = await storedLinks(store, authors);
  const faults: Fault[] = [];
  if (sealFault !== undefined) faults.push({ ...sealFault, record: nameOf(found, sealFault.line) });
  for (const [kind, some] of Map.groupBy(found.values(), ({ record }) => record.kind)) {
    const ofKind = stored.filter((link) => link.kind === kind);
    const fault = chainFault(some, ofKind, kind);
    // If both checks report the same record, the chain's reason is more precise.
    if (fault !== undefined) faults.unshift(fault);
  }
  faults.push(...(await claimFaults(store, found, stored)));
  if (origin !== undefined) faults.unshift(...originFaults(records, stored, origin));
  const first = faults.toSorted((one, other) => one.line - other.line)[0];
  if (first !== undefined) throw tampered(path, first);
  const whole = [...found.values()].map(({ record }) => record);
  return {
    reviews: whole.flatMap((record) => (record.kind === 'review' ? [record.review] : [])),
    ledger: whole.flatMap((record) => (record.kind === 'review' ? [] : [entryOf(record)])),
  };
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
  // Known records stay as stored, and new records have to follow them.
  const known = new Set(stored.map(({ id }) => id));
  const fault =
    verifyLinks([...links, ...others], kind, recorded) ??
    orderFault(links, kind) ??
    verifyLinks([...stored, ...links.filter(({ id }) => !known.has(id))], kind);
  if (fault === undefined) return undefined;
  const line = found.find(({ link }) => link.id === fault.recordId)?.line ?? 0;
  return { line, record: `${kind} ${fault.recordId}`, reason: fault.reason };
}

function nameOf(found: ReadonlyMap<string, Found>, line: number): string {
  const there = found.values().find((candidate) => candidate.line === line);
  return there === undefined ? 'the record on this line' : `${there.record.kind} ${there.link.id}`;
}

function entryOf(line: Exclude<Found['record'], { kind: 'review' }>): LedgerEntry {
  const { kind, record } = line;
  return { kind, record } as LedgerEntry;
}
