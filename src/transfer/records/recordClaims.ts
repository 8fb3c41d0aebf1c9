import type { Fault, Found } from './fileRecords.ts';
import type { Store } from '../../store/store.ts';
import type { StoredLink } from './storedLinks.ts';

/** The owner of a record. */
type Owner = Pick<StoredLink, 'kind' | 'author'>;

/**
 * Records of a file that interfere with another author's records: a record with the id of another author's record, or a
 * record that replaces another author's record. `stored` are the stored records of the file's authors.
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
      faults.push({ line, record: name, reason: 'its id belongs to a record of another author' });
    const replaced = replacedBy(record);
    if (replaced === undefined) continue;
    const inFile = found.get(replaced);
    const author = inFile?.link.author ?? (await ownerOf(replaced, own))?.author ?? own.author;
    if (author !== own.author)
      faults.push({ line, record: name, reason: 'it replaces a record of another author' });
  }
  return faults;
}

/** The id of the record that this record replaces. Anybody may replace a gold verdict: the last is in effect. */
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
