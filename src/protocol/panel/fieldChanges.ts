/* How an object or a record differs from an earlier version of itself: the fields to set, and the fields to drop. */

export interface FieldChanges<Fields> {
  readonly set: { readonly [Name in keyof Fields]?: Fields[Name] | undefined };
  /** Names of fields that are no longer there. */
  readonly dropped: string[];
}

/** The changes that turn `before` into `after`; `undefined` if nothing differs. */
export function changesBetween<Fields extends object>(
  before: Fields,
  after: Fields,
): FieldChanges<Fields> | undefined {
  const known = new Map<string, unknown>(present(before));
  const changed = present(after).filter(([name, value]) => !isEqual(known.get(name), value));
  const names = new Set(present(after).map(([name]) => name));
  const dropped = [...known.keys()].filter((name) => !names.has(name));
  if (changed.length === 0 && dropped.length === 0) return undefined;
  return { set: Object.fromEntries(changed) as FieldChanges<Fields>['set'], dropped };
}

/** The object with the changes applied. Unchanged fields stay the same objects. */
export function withChanges<Fields extends object>(
  before: Fields,
  changes: FieldChanges<Fields> | undefined,
): Fields {
  if (changes === undefined) return before;
  const dropped = new Set(changes.dropped);
  const kept = present(before).filter(([name]) => !dropped.has(name));
  return Object.fromEntries([...kept, ...present(changes.set)]) as Fields;
}

/** Whether two values are the same as JSON: a field that is `undefined` counts as missing. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const fields = present(one);
  const others = new Map<string, unknown>(present(other));
  return (
    fields.length === others.size &&
    fields.every(([name, value]) => others.has(name) && isEqual(value, others.get(name)))
  );
}

function present(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
