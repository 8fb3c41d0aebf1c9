import { contentHash } from './hash.ts';
import { recordHash, type LedgerKind, type LedgerRecord } from './ledger.ts';
import type { Review } from './review.ts';

/** What a record of a chain is called where it is told of. */
export type ChainNoun = 'review' | LedgerKind;

/** The first link of a chain that does not hold. */
export interface ChainFault {
  readonly kind: ChainNoun;
  readonly recordId: string;
  /** 1-based place in its chain, as far as the chain could be followed. */
  readonly index: number;
  /** What does not hold, as a sentence without a final full stop. */
  readonly reason: string;
}

/** The hash that the evaluator's next review carries as `prevHash`: SHA-256 of the canonical JSON of all of it. */
export function reviewHash(review: Review): string {
  return contentHash(review);
}

/** A record as a link of its author's chain. */
export interface ChainLink {
  readonly id: string;
  readonly author: string;
  readonly hash: string;
  readonly prevHash: string;
}

/** A review as a link of its evaluator's chain. */
export function reviewLink(review: Review): ChainLink {
  const { id, evaluator, prevHash } = review;
  return { id, author: evaluator, hash: reviewHash(review), prevHash };
}

/** An inspection, settlement, gold verdict or ideal as a link of its author's chain. */
export function ledgerLink(record: LedgerRecord): ChainLink {
  const { id, author, prevHash } = record;
  return { id, author, hash: recordHash(record), prevHash };
}

/** Walks the chains of reviews; see `verifyLinks`. */
export function verifyChain(
  reviews: readonly Review[],
  recorded?: ReadonlyMap<string, string>,
): ChainFault | undefined {
  return verifyLinks(reviews.map(reviewLink), 'review', recorded);
}

/**
 * Walks every chain in `links`, in any order, and returns the first fault, or `undefined` when all links hold.
 *
 * Each author has one chain of a kind a store, so records merged from two machines hold two chains of one author.
 * A changed or missing record is seen by its successor. The last of a chain has none: `recorded` gives the hash
 * that was written down when a record was submitted (id → hash), and records found there are held against it.
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
 * The first link that stands before the one it follows: records are written in the order of their chains, so somebody
 * has moved it. Links whose predecessor is not among them are for `verifyLinks`.
 */
export function orderFault(links: readonly ChainLink[], kind: ChainNoun): ChainFault | undefined {
  const places = new Map(links.map((link, at) => [linkKey(link.author, link.hash), at]));
  const at = links.findIndex(
    ({ author, prevHash }, place) => (places.get(linkKey(author, prevHash)) ?? -1) > place,
  );
  if (at === -1) return undefined;
  return { kind, recordId: links[at]!.id, index: at + 1, reason: `it stands before the ${kind} it follows` };
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

/** Two records that name the same predecessor: one of them was slipped in. */
function forkFault(link: ChainLink, followers: Map<string, string>, kind: ChainNoun): string | undefined {
  if (link.prevHash === '') return undefined;
  const key = linkKey(link.author, link.prevHash);
  const other = followers.get(key);
  followers.set(key, link.id);
  return other === undefined ? undefined : `it follows the same ${kind} as "${other}" does`;
}

/** Record id → 1-based place, counted from the start of its chain or from the first link that can be followed. */
function placesOf(links: readonly ChainLink[], byHash: ReadonlyMap<string, ChainLink>): Map<string, number> {
  const places = new Map<string, number>();
  for (const link of links) {
    const path: ChainLink[] = [];
    let at: ChainLink | undefined = link;
    while (at !== undefined && !places.has(at.id)) {
      path.push(at);
      // Marked before it is counted, so that records with one id cannot send the walk in circles.
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
