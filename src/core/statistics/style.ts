/** Traits of an answer's form that may bias a judge, independent of its quality. */
const traits: readonly ((text: string) => number)[] = [
  (text) => text.length,
  (text) => count(codeOf(text), /^\s*(\/\/|\/\*|--|#(?!!|include\b))/),
  (text) => count(proseOf(text), /^#{1,6} /),
  (text) => count(proseOf(text), /^\s*([-*+]|\d+[.)]) /),
];

/** Names of the traits, in the order in which `styleOf` measures them. */
export const styleTraits = ['length', 'comment lines', 'headings', 'list items'] as const;

/** The measured traits of an answer: characters, and lines of each kind. */
export function styleOf(text: string): number[] {
  return traits.map((trait) => trait(text));
}

/** The relative difference of two answers in a trait, from −1 to 1. Source: Chatbot Arena's style control (LMSYS, 2024). */
export function relativeDifference(one: number, other: number): number {
  return (one - other) / (one + other + 1);
}

/**
 * The columns scaled to a standard deviation of 1. The mean is not shifted, because a difference of 0 must stay 0. `times`
 * gives the frequency of each row, 1 by default.
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

/** Lines inside fenced blocks; all lines of an answer without fenced blocks. */
function codeOf(text: string): string[] {
  const { inside, outside } = parted(text);
  return inside.length === 0 ? outside : inside;
}

/** Lines outside fenced blocks. */
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
