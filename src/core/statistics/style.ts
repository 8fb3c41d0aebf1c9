/** What of an answer's form may sway a judge, whatever its worth. */
const traits: readonly ((text: string) => number)[] = [
  (text) => text.length,
  (text) => count(codeOf(text), /^\s*(\/\/|\/\*|--|#(?!!|include\b))/),
  (text) => count(proseOf(text), /^#{1,6} /),
  (text) => count(proseOf(text), /^\s*([-*+]|\d+[.)]) /),
];

/** Names of the traits, in the order of the numbers of `styleDifference`. */
export const styleTraits = ['length', 'comment lines', 'headings', 'list items'] as const;

/**
 * How two answers differ in form: (a − b)/(a + b + 1) of each trait, from −1 to 1. Source of the form: Chatbot
 * Arena's style control (LMSYS, 2024).
 */
export function styleDifference(one: string, other: string): number[] {
  return traits.map((trait) => relativeDifference(trait(one), trait(other)));
}

/** (a − b)/(a + b + 1). */
export function relativeDifference(one: number, other: number): number {
  return (one - other) / (one + other + 1);
}

/**
 * The columns brought to a standard deviation of 1; the mean stays, for no difference must stay 0. `times` says how
 * often each row occurs: once unless told.
 */
export function standardised(
  rows: readonly (readonly number[])[],
  times: readonly number[] = rows.map(() => 1),
): number[][] {
  const total = times.reduce((sum, occurrences) => sum + occurrences, 0);
  const deviations = (rows[0] ?? []).map((_, column) =>
    Math.sqrt(rows.reduce((sum, row, at) => sum + times[at]! * row[column]! ** 2, 0) / total),
  );
  return rows.map((row) =>
    row.map((value, column) => (deviations[column] === 0 ? 0 : value / deviations[column]!)),
  );
}

/** Lines inside of fenced blocks; all of them in an answer that has none. */
function codeOf(text: string): string[] {
  const { inside, outside } = parted(text);
  return inside.length === 0 ? outside : inside;
}

/** Lines outside of fenced blocks. */
function proseOf(text: string): string[] {
  const { inside, outside } = parted(text);
  return inside.length === 0 ? [] : outside;
}

function parted(text: string): { inside: string[]; outside: string[] } {
  const inside: string[] = [];
  const outside: string[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) isInside = !isInside;
    else (isInside ? inside : outside).push(line);
  }
  return { inside, outside };
}

function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length;
}
