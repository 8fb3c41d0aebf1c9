import { orderFault, verifyLinks, type ChainLink, type ChainNoun } from '../core/chain.ts';
import type { LedgerEntry } from '../core/ledger.ts';
import type { Review } from '../core/review.ts';
import { originFaults, type Origin } from './authorFile.ts';
import { recordsOfFile, tampered, type Fault, type Found } from './fileRecords.ts';
import { claimFaults } from './recordClaims.ts';
import { sealFault } from './sealedFile.ts';
import type { Store } from './store.ts';
import { storedLinks } from './storedLinks.ts';

/** The records of a file that are final, in its order. */
export interface FinalRecords {
  readonly reviews: Review[];
  readonly ledger: LedgerEntry[];
}

/**
 * The final records that a file holds, after every chain was walked that they make with those of the store; with an
 * `origin`, after they were held against what a file of that author must hold as well. Rejects with
 * `exchange-tampered`, which names the first record that does not hold, and with `file-unreadable`.
 */
export async function checkedRecords(store: Store, path: string, origin?: Origin): Promise<FinalRecords> {
  const records = await recordsOfFile(path);
  const { found } = records;
  const authors = new Set([...found.values()].map(({ link }) => link.author));
  if (origin !== undefined) authors.add(origin.author);
  const stored = await storedLinks(store, authors);
  const faults: Fault[] = [];
  const seal = await sealFault(path);
  if (seal !== undefined) faults.push({ ...seal, record: nameOf(found, seal.line) });
  for (const [kind, some] of Map.groupBy(found.values(), ({ record }) => record.kind)) {
    const ofKind = stored.filter((link) => link.kind === kind);
    const fault = chainFault(some, ofKind, kind);
    // Where both see the same record, the chain tells more.
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
  // What is known already stays as it is stored, and what is new has to follow that.
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
  return there === undefined ? 'the record of this line' : `${there.record.kind} ${there.link.id}`;
}

function entryOf(line: Exclude<Found['record'], { kind: 'review' }>): LedgerEntry {
  const { kind, record } = line;
  return { kind, record } as LedgerEntry;
}
