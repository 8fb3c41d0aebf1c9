import type { Fault, FileRecords, Found } from './fileRecords.ts';
import type { StoredLink } from './storedLinks.ts';

/** Whose file it is, and whether it must hold all that is known of them: what was taken from it once is not lost. */
export interface Origin {
  readonly author: string;
  readonly holdsAll: boolean;
}

/**
 * What is wrong with the file of one author, beyond its chains: a line that cannot be read, a record of somebody else,
 * one that was changed since it was imported, and one that was imported and is gone.
 */
export function originFaults(
  { found, problems }: FileRecords,
  stored: readonly StoredLink[],
  { author, holdsAll }: Origin,
): Fault[] {
  const unreadable = problems.map(({ line, reason, mend }) => ({
    line,
    record: 'the record of this line',
    reason: `it cannot be read (${reason}; ${mend})`,
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
  if (link.author !== author) return { line, record: name, reason: 'it is by somebody else than the file' };
  const hash = known.get(link.id) ?? link.hash;
  if (hash === link.hash) return undefined;
  return { line, record: name, reason: 'its content was changed after it was imported' };
}

/** Named at the record that followed it, else at the last of its kind: there the file goes on without it. */
function missingFaults(found: ReadonlyMap<string, Found>, missing: readonly StoredLink[]): Fault[] {
  const present = [...found.values()];
  const followers = new Map(present.map(({ link, line }) => [link.prevHash, line]));
  const last = new Map(present.map(({ record, line }) => [record.kind, line]));
  return missing.map(({ kind, id, hash }) => ({
    line: followers.get(hash) ?? last.get(kind) ?? present.at(-1)?.line ?? 1,
    record: `${kind} ${id}`,
    reason: 'it was imported before, and is missing now',
  }));
}
