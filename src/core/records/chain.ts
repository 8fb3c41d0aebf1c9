import { contentHash } from '../text/hash.ts';
import type { LedgerKind, LedgerRecord } from './ledger.ts';
import { authorOf } from '../review/author.ts';
import type { Review } from '../review/review.ts';

/** The name of a record's kind in messages. */
export type ChainNoun = 'review' | LedgerKind;

/** The first broken link of a chain. */
export interface ChainFault {
  readonly kind: ChainNoun;
  readonly recordId: string;
  /** 1-based position in the chain, as far as the chain could be followed. */
  readonly index: number;
  /** What is wrong, as a sentence without a final full stop. */
  readonly reason: string;
}

/** A record that never changes after it is submitted. */
export type FinalRecord = Review | LedgerRecord;

/** SHA-256 of the record's canonical JSON: the `prevHash` of the author's next record of the same kind. */
export function recordHash(record: FinalRecord): string {
  return contentHash(record);
}

/** A record as a link of its author's chain. */
export interface ChainLink {
  readonly id: string;
  readonly author: string;
  readonly hash: string;
  readonly prevHash: string;
}

export function chainLink(record: FinalRecord): ChainLink {
  const { id, prevHash } = record;
  return { id, author: authorOf(record), hash: recordHash(record), prevHash };
}

/**
 * Walks every chain in `links`, in any order, and returns the first fault, or `undefined` if all links are valid.
 *
 * Each author has one chain per kind and store, so records merged from two machines contain two chains of one author.
 * The successor of a record detects that the record is changed or missing. The last record has no successor: `recorded`
 * gives the hash that was stored when a record was submitted (id → hash), and each record in it is compared with its hash.
 */
export function verifyLinks(
  links: readonly ChainLink[],
  kind: ChainNoun,
  recorded: ReadonlyMap<string, string> = new Map(),
): ChainFault | undefined {
  const byHash = new Map(links.map((link) => [linkKey(link.author, link.hash), link]));
  const places = placesOf(links, byHash);
  const followers = new Map<string, string>();
  for (const link of links) {
    const reason =
      contentFault(link.hash, recorded.get(link.id)) ??
      linkFault(link, byHash, kind) ??
      forkFault(link, followers, kind);
    if (reason !== undefined) return { kind, recordId: link.id, index: places.get(link.id) ?? 1, reason };
  }
  return undefined;
}

/**
 * The first link that comes before its predecessor. Records are written in the order of their chains, so somebody moved
 * this record. Ignores links whose predecessor is missing; `verifyLinks` reports those.
 */
export function orderFault(links: readonly ChainLink[], kind: ChainNoun): ChainFault | undefined {
  const places = new Map(links.map((link, at) => [linkKey(link.author, link.hash), at]));
  const at = links.findIndex(
    ({ author, prevHash }, place) => (places.get(linkKey(author, prevHash)) ?? -1) > place,
  );
  if (at === -1) return undefined;
  return {
    kind,
    recordId: links[at]!.id,
    index: at + 1,
    reason: `it comes before the ${kind} that it follows`,
  };
}

function contentFault(hash: string, recorded: string | undefined): string | undefined {
  if (recorded === undefined || recorded === hash) return undefined;
  return 'its content was changed after it was submitted';
}

function linkFault(
  link: ChainLink,
  byHash: ReadonlyMap<string, ChainLink>,
  kind: ChainNoun,
): string | undefined {
  if (link.prevHash === '' || byHash.has(linkKey(link.author, link.prevHash))) return undefined;
  return `the ${kind} before it is missing or was changed`;
}

/** Two records name the same predecessor: somebody inserted one of them. */
function forkFault(link: ChainLink, followers: Map<string, string>, kind: ChainNoun): string | undefined {
  if (link.prevHash === '') return undefined;
  const key = linkKey(link.author, link.prevHash);
  const other = followers.get(key);
  followers.set(key, link.id);
  return other === undefined ? undefined : `it follows the same ${kind} as "${other}"`;
}

/** Record id → 1-based position, counted from the start of its chain or from the first link that can be followed. */
function placesOf(links: readonly ChainLink[], byHash: ReadonlyMap<string, ChainLink>): Map<string, number> {
  const places = new Map<string, number>();
  for (const link of links) {
    const path: ChainLink[] = [];
    let at: ChainLink | undefined = link;
    while (at !== undefined && !places.has(at.id)) {
      path.push(at);
      // Set before counting, so that records with the same id cannot cause an endless loop.
      places.set(at.id, 0);
      at = byHash.get(linkKey(at.author, at.prevHash));
    }
    let place = at === undefined ? 0 : places.get(at.id)!;
    for (const member of path.toReversed()) places.set(member.id, (place += 1));
  }
  return places;
}

function linkKey(author: string, hash: string): string {
  return `${hash} ${author}`;
}
