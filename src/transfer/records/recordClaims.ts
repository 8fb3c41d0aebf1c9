import type { Fault, Found } from './fileRecords.ts';
import type { Store } from './store.ts';
import type { StoredLink } from './storedLinks.ts';

/** Whose a record is. */
type Owner = Pick<StoredLink, 'kind' | 'author'>;

/**
 * Records of a file that reach for what is somebody else's: one with the id of another's record, and one that takes the
 * place of another's. `stored` are the records here by the authors of the file.
 */
export async function claimFaults(
  store: Store,
  found: ReadonlyMap<string, Found>,
  stored: readonly StoredLink[],
): Promise<Fault[]> {
  const known = new Map<string, Owner>(stored.map((link) => [link.id, link]));
  const ownerOf = async (id: string, { kind }: Owner) =>
    known.get(id) ?? (await storedOwner(store, id, kind));
  const faults: Fault[] = [];
  for (const { record, link, line } of found.values()) {
    const own: Owner = { kind: record.kind, author: link.author };
    const name = `${record.kind} ${link.id}`;
    const holder = await ownerOf(link.id, own);
    if (holder !== undefined && !isSame(holder, own))
      faults.push({ line, record: name, reason: 'its id is that of a record by somebody else' });
    const replaced = replacedBy(record);
    if (replaced === undefined) continue;
    const inFile = found.get(replaced);
    const author = inFile?.link.author ?? (await ownerOf(replaced, own))?.author ?? own.author;
    if (author !== own.author)
      faults.push({ line, record: name, reason: 'it takes the place of a record by somebody else' });
  }
  return faults;
}

/** The id of what a record takes the place of. Of two gold verdicts the later holds, whoever decided the other. */
function replacedBy(record: Found['record']): string | undefined {
  if (record.kind === 'review') return record.review.revises;
  return record.kind === 'gold' ? undefined : record.record.revises;
}

async function storedOwner(store: Store, id: string, kind: Owner['kind']): Promise<Owner | undefined> {
  if (kind === 'review') {
    const [review] = await store.judged({ id });
    return review && { kind, author: review.evaluator };
  }
  const [entry] = await store.ledger({ id });
  return entry && { kind: entry.kind, author: entry.record.author };
}

function isSame(one: Owner, other: Owner): boolean {
  return one.kind === other.kind && one.author === other.author;
}
