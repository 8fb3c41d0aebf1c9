import type { PatternRules } from './patternRule.ts';

/**
 * What a file must contain so that a rule can match in it: a word, all or any of several conditions; `true` where nothing is known.
 * Words are in lower case.
 */
export type Needs = true | string | { readonly all: readonly Needs[] } | { readonly any: readonly Needs[] };

/** Whether a file has what a rule needs. `folded` is its text, made by `foldCase`. */
export function meets(folded: string, needs: Needs): boolean {
  if (needs === true) return true;
  if (typeof needs === 'string') return folded.includes(needs);
  return 'all' in needs
    ? needs.all.every((each) => meets(folded, each))
    : needs.any.some((each) => meets(folded, each));
}

/** Lower case, also for the two letters outside of ASCII that patterns without case take for a letter of ASCII. */
export function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ſ', 's');
}

/**
 * What a rule of ast-grep needs, derived from its regular expressions: each of them matches the text of a node, which is a part of
 * the file. Conditions without a regular expression need nothing.
 */
export function needsOfRule(rule: object, utils: PatternRules['utils'] = {}): Needs {
  const all = Object.entries(rule).map(([key, value]: [string, unknown]): Needs => {
    switch (key) {
      case 'all':
        return { all: (value as object[]).map((part) => needsOfRule(part, utils)) };
      case 'any':
        return { any: (value as object[]).map((part) => needsOfRule(part, utils)) };
      case 'has':
      case 'inside':
      case 'follows':
      case 'precedes':
        return needsOfRule(value as object, utils);
      case 'matches':
        return needsOfRule(utils[value as string]!, utils);
      case 'regex':
        return needsOfRegex(value as string);
      default:
        return true;
    }
  });
  return { all };
}

/** What a text must contain so that a regular expression can match in it. */
export function needsOfRegex(source: string): Needs {
  return new RegexReader(source).alternatives();
}

/** Reads a regular expression and keeps the literal characters that every match has. */
class RegexReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Reads up to the end of the group or of the expression. */
  alternatives(): Needs {
    const any = [this.#sequence()];
    while (this.#source[this.#at] === '|') {
      this.#at += 1;
      any.push(this.#sequence());
    }
    return any.length === 1 ? any[0]! : { any };
  }

  #sequence(): Needs {
    const all: Needs[] = [];
    let word = '';
    const endWord = (): void => {
      if (word !== '') all.push(word);
      word = '';
    };
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!)) {
      const atom = this.#atom();
      const [least, isOne] = this.#repetition();
      if (typeof atom === 'string' && isOne) {
        word += atom;
        continue;
      }
      endWord();
      if (least > 0) all.push(atom);
    }
    endWord();
    return { all };
  }

  /** One character as a string, what a group needs, or `true` for whatever else. */
  #atom(): Needs {
    const character = this.#source[this.#at]!;
    this.#at += 1;
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#charClass();
      case '\\':
        return this.#escape();
      case '.':
      case '^':
      case '$':
        return true;
      default:
        return literal(character);
    }
  }

  #group(): Needs {
    this.#take(/(?:\?(?:P?<\w+>|[imsU-]*:|[imsU-]+(?=\))))?(?!\?)/y);
    const inside = this.alternatives();
    this.#at += 1;
    return inside;
  }

  #charClass(): Needs {
    this.#take(/\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\[])*\]/sy);
    return true;
  }

  /** A class or an assertion, if a letter or a digit is escaped; else the character. */
  #escape(): Needs {
    const [escaped] = this.#take(/[pPxuUbB]\{[^}]*\}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|./sy);
    return /^\w/.test(escaped) ? true : literal(escaped);
  }

  /** The least number of times that the last atom occurs, and whether it occurs exactly once. */
  #repetition(): [least: number, isOne: boolean] {
    const [found, sign, least] = this.#take(/(?:(?:([*+?])|\{(\d+)(?:,\d*)?\})\??)?/y);
    return found === '' ? [1, true] : [sign === '+' ? 1 : Number(least ?? 0), false];
  }

  /** Reads what a sticky pattern matches here. Throws `RangeError` if it does not match: the expression has an unknown form. */
  #take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found === null) throw new RangeError(`cannot read ${this.#source} from character ${this.#at} on`);
    this.#at += found[0].length;
    return found;
  }
}

/** A character that every match has; only those of ASCII have one lower case. */
function literal(character: string): Needs {
  return character < '\u0080' ? character.toLowerCase() : true;
}
