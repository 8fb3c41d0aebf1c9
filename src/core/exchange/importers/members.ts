import { ExactNumber, isNumber, parseJson } from '../../text/exactNumber.ts';

/** A JSON object. */
export type Members = Readonly<Record<string, unknown>>;

/** The first of the named members that is a string. */
export function textIn(record: Members, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** The first of the named members that is a number or a string with a number. */
export function numberIn(record: Members, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = record[name];
    if (isNumber(value)) return Number(value);
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
      return Number(value);
  }
  return undefined;
}

/** The member if it is an object. */
export function membersIn(record: Members, name: string): Members | undefined {
  const value = record[name];
  return isMembers(value) ? value : undefined;
}

/** The member if it is a list. */
export function listIn(record: Members, name: string): readonly unknown[] | undefined {
  const value = record[name];
  return Array.isArray(value) ? value : undefined;
}

export function isMembers(value: unknown): value is Members {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}

/** The value if it is a non-empty list of strings. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const isTexts =
    Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'string');
  return isTexts ? value : undefined;
}

/** The parsed value of a JSON string, which columns of data sets often hold; any other value unchanged. */
export function unpacked(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseJson(value);
  } catch {
    return undefined;
  }
}
