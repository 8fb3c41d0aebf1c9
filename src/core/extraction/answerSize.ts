/** What is read of an answer at most. Reading more would block the editor; real answers have less than a tenth of it. */
const most = { characters: 1_000_000, lines: 20_000, fences: 1_000 } as const;
/** What is shown of a larger answer. */
const shown = { characters: 100_000, lines: 1_000 } as const;

/** Counted in this order, so that lines and fences are counted only in texts of bounded length. */
const sizes: readonly (readonly [
  what: keyof typeof most,
  title: string,
  countIn: (text: string) => number,
])[] = [
  ['characters', 'characters', (text) => text.length],
  ['lines', 'lines', (text) => text.match(/\r\n|\r|\n/g)?.length ?? 0],
  ['fences', 'code fences', (text) => text.match(/`{3,}|~{3,}/g)?.length ?? 0],
];

/** Why an answer is not read in full, as a clause; `undefined` if it is read. */
export function tooLarge(text: string): string | undefined {
  for (const [what, title, countIn] of sizes) {
    const count = countIn(text);
    if (count <= most[what]) continue;
    const [has, limit] = [count, most[what]].map((number) => number.toLocaleString('en'));
    return `the answer is too large to read in full: it has ${has} ${title}, and at most ${limit} are read`;
  }
  return undefined;
}

/** The part of an answer that is shown: all of it, or the beginning of an answer that is too large. */
export function shownPart(text: string): string {
  if (tooLarge(text) === undefined) return text;
  const start = text.slice(0, shown.characters).match(/[^\r\n]*(?:\r\n|\r|\n|$)/g) ?? [];
  return start.slice(0, shown.lines).join('');
}
