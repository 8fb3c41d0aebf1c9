/**
 * One spelling for each JSON value: keys sorted by code unit, no whitespace, `undefined` members left out.
 * Equal values give equal text, so hashes and comparisons can be made on it. Exact numbers keep their digits.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => (isRecord(member) ? sorted(member) : member));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawJson(value);
}

function sorted(record: Record<string, unknown>): [string, unknown][] | Record<string, unknown> {
  const keys = Object.keys(record).toSorted();
  // A null prototype keeps a member named "__proto__" a member.
  const ordered = Object.create(null) as Record<string, unknown>;
  for (const key of keys) ordered[key] = record[key];
  return ordered;
}

/** `JSON.stringify` asks for the members of a value after `toJSON` made raw JSON of an exact number. */
function isRawJson(value: object): boolean {
  return (JSON as JSON & { isRawJSON(value: object): boolean }).isRawJSON(value);
}
