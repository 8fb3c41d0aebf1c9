/** A word as a shell reads it: quoted if a shell would split or replace it. */
export function shellWord(word: string): string {
  return /^(?!\w+=)[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
