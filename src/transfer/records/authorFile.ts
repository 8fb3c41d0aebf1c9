import type { Fault, FileRecords, Found } from './fileRecords.ts';
import type { StoredLink } from './storedLinks.ts';

/**
 * The author of a file, and whether the file must contain all known records of the author: a record that was imported
 * from the file must stay in it.
 */
export interface Origin {
  readonly author: string;
  readonly holdsAll: boolean;
}

/**
 * Faults in the file of one author other than chain faults: an unreadable line, a record of another author, a record that
 * was changed since its import, and an imported record that is now missing.
 */
export function originFaults(
  { found, problems }: FileRecords,
  stored: readonly StoredLink[],
  { author, holdsAll }: Origin,
): Fault[] {
  const unreadable = problems.map(({ line, reason, remedy }) => ({
    line,
    record: 'the record on this line',
    reason: `it cannot be read (${reason}; ${remedy})`,
  }));
  const known = new Map(stored.map(({ id, hash }) => [id, hash]));
  const faults = [...found.values()].flatMap((each) => faultOf(each, known, author) ?? []);
  const missing = stored.filter((link) => holdsAll && link.author === author && !found.has(link.id));
  return [...unreadable, ...faults, ...missingFaults(found, missing)];
}

function faultOf(
  { record, link, line }: Found,
  known: ReadonlyMap<string, string>,
  author: string,
): Fault | undefined {
  const name = `${record.kind} ${link.id}`;
  if (link.author !== author)
    return { line, record: name, reason: 'its author is not the author of the file' };
  const hash = known.get(link.id) ?? link.hash;
  if (hash === link.hash) return undefined;
  return { line, record: name, reason: 'its content was changed after it was imported' };
}

/** Reports a missing record at the line of its successor, or else of the last record of its kind. */
function missingFaults(found: ReadonlyMap<string, Found>, missing: readonly StoredLink[]): Fault[] {
  const present = [...found.values()];
  const followers = new Map(present.map(({ link, line }) => [link.prevHash, line]));
  const last = new Map(present.map(({ record, line }) => [record.kind, line]));
  return missing.map(({ kind, id, hash }) => ({
    line: followers.get(hash) ?? last.get(kind) ?? present.at(-1)?.line ?? 1,
    record: `${kind} ${id}`,
    reason: 'it was imported before but is now missing',
  }));
}
