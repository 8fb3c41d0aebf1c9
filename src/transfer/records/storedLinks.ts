import { chainLink, type ChainLink, type ChainNoun } from '../../core/records/chain.ts';
import type { Store } from '../../store/store.ts';

/** A final record of the store as a link of its chain. */
export type StoredLink = ChainLink & { readonly kind: ChainNoun };

/** The final records of these authors, in the order in which they came into the store. */
export async function storedLinks(store: Store, authors: Iterable<string>): Promise<StoredLink[]> {
  const links: StoredLink[] = [];
  for (const author of authors) {
    for (const review of await store.reviews({ evaluator: author }))
      links.push({ kind: 'review', ...chainLink(review) });
    for (const { kind, record } of await store.ledger({ author })) links.push({ kind, ...chainLink(record) });
  }
  return links;
}
