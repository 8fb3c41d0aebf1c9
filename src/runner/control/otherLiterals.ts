/**
 * A literal of C++, Java or Rust as a pattern: a number, a text, a character or a truth value. A number may have a sign and the
 * suffix of a type.
 */
export const literal = String.raw`(-?\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'|\b(?:true|false)\b)`;

/**
 * A test whose comparisons expect other values: each match of a pattern gets another literal in place of its first group.
 * `undefined` if nothing matches.
 */
export function withOtherLiterals(source: string, patterns: readonly RegExp[]): string | undefined {
  const changed = patterns.reduce(
    (text, pattern) =>
      text.replace(pattern, (match: string, found: string) => {
        const at = match.lastIndexOf(found);
        return `${match.slice(0, at)}${otherLiteral(found)}${match.slice(at + found.length)}`;
      }),
    source,
  );
  return changed === source ? undefined : changed;
}

function otherLiteral(text: string): string {
  if (text === 'true') return 'false';
  if (text === 'false') return 'true';
  if (text.startsWith('"')) return `${text.slice(0, -1)}?"`;
  if (text.startsWith("'")) return text === "'?'" ? "'!'" : "'?'";
  // Another first digit keeps the type and the range.
  return text.replace(/\d/, (digit) => (digit === '1' ? '2' : '1'));
}
