/*
 * Reads the state that a page kept through a reload. An earlier version of the page may have kept something else: each value
 * that does not fit is replaced by the usual one, or left out of its list or record.
 */

/** Reads a kept value, whatever it is. */
export type Read<Value> = (kept: unknown) => Value;

export function oneOf<const Value extends string | null>(
  values: readonly Value[],
  usual: NoInfer<Value>,
): Read<Value> {
  return (kept) => values.find((value) => value === kept) ?? usual;
}

export function booleanOr(usual: boolean): Read<boolean> {
  return (kept) => (typeof kept === 'boolean' ? kept : usual);
}

export function numberOr<Usual extends number | undefined>(usual: Usual): Read<number | Usual> {
  return (kept) => (typeof kept === 'number' && Number.isFinite(kept) ? kept : usual);
}

export function textOr<Usual extends string | undefined>(usual: Usual): Read<string | Usual> {
  return (kept) => (typeof kept === 'string' ? kept : usual);
}

/** An object with these fields. */
export function fields<Fields extends object>(reads: {
  readonly [Name in keyof Fields]: Read<Fields[Name]>;
}): Read<Fields> {
  return (kept) => {
    const known = new Map(entriesOf(kept));
    const names = Object.keys(reads) as (keyof Fields & string)[];
    return Object.fromEntries(names.map((name) => [name, reads[name](known.get(name))])) as Fields;
  };
}

/** `read` returns `undefined` for an item that does not fit. */
export function listOf<Item>(read: Read<Item | undefined>): Read<Item[]> {
  return (kept) =>
    (Array.isArray(kept) ? (kept as unknown[]).map(read) : []).filter((item) => item !== undefined);
}

/** `read` returns `undefined` for a member that does not fit. */
export function recordOf<Member>(read: Read<Member | undefined>): Read<Record<string, Member>> {
  return (kept) =>
    Object.fromEntries(
      entriesOf(kept).flatMap(([name, member]) => {
        const value = read(member);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
}

function entriesOf(kept: unknown): [string, unknown][] {
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? Object.entries(kept) : [];
}
