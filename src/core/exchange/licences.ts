/**
 * Licences (SPDX ids) that let anybody show a text again with attribution. Every other id, including a misspelt id, is
 * refused. Deliberately missing: copyleft licences (GPL and similar), licences that forbid commercial use (-NC-) or
 * changes (-ND-), and the ids for no licence (NONE, NOASSERTION).
 */
const open = [
  '0BSD',
  'AFL-3.0',
  'Apache-2.0',
  'Artistic-2.0',
  'BlueOak-1.0.0',
  'BSD-1-Clause',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BSL-1.0',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC-BY-SA-3.0',
  'CC-BY-SA-4.0',
  'CC0-1.0',
  'CDLA-Permissive-1.0',
  'CDLA-Permissive-2.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'MS-PL',
  'NCSA',
  'ODC-By-1.0',
  'PDDL-1.0',
  'PostgreSQL',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'UPL-1.0',
  'Zlib',
] as const;

/** Maximum length of an expression in characters; no real expression is longer. */
const longest = 300;

const allowed: ReadonlySet<string> = new Set(open.map((id) => id.toLowerCase()));

/**
 * Whether an SPDX expression (https://spdx.github.io/spdx-spec, annex D) allows showing a text. `OR` needs one operand
 * that allows it, `AND` needs both. An exception (`WITH`) only adds permissions. An invalid expression allows nothing.
 */
export function mayBeShown(expression: string): boolean {
  if (expression.length > longest) return false;
  const tokens = expression.toLowerCase().match(/[()]|[^\s()]+/g) ?? [];
  const reader = new ExpressionReader(tokens);
  const isAllowed = reader.either();
  return isAllowed && reader.isAtEnd;
}

/** Recursive-descent parser. A syntax error allows nothing and leaves the rest unread. */
class ExpressionReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): boolean {
    let isAllowed = this.#both();
    while (this.#takes('or')) isAllowed = this.#both() || isAllowed;
    return isAllowed;
  }

  #both(): boolean {
    let isAllowed = this.#one();
    while (this.#takes('and')) isAllowed = this.#one() && isAllowed;
    return isAllowed;
  }

  #one(): boolean {
    if (this.#takes('(')) {
      const isAllowed = this.either();
      return this.#takes(')') && isAllowed;
    }
    const id = this.#tokens[this.#at++];
    if (this.#takes('with')) this.#at += 1;
    return id !== undefined && allowed.has(id.replace(/\+$/, ''));
  }

  #takes(token: string): boolean {
    const isNext = this.#tokens[this.#at] === token;
    if (isNext) this.#at += 1;
    return isNext;
  }
}
