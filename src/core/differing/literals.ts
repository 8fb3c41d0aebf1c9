import { isJsonNumber, numberOf } from '../text/exactNumber.ts';
import type { Json } from '../text/json.ts';

// Literals as most languages write them: numbers, texts in single or double quotes, lists, tuples, maps and the words for
// truth and nothing.

const words: Readonly<Record<string, Json>> = {
  True: true,
  true: true,
  TRUE: true,
  False: false,
  false: false,
  FALSE: false,
  None: null,
  null: null,
  nil: null,
  undefined: null,
};
const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };
const longestCall = 2000;
const mostCalls = 60;
const deepestLiteral = 20;

/** The arguments of every call of a function in a text, if they are all literals. */
export function literalCalls(text: string, name: string): Json[][] {
  const found: Json[][] = [];
  const pattern = new RegExp(`(?<![\\w.])(?:[\\w()]+\\.)?${escaped(name)}\\(`, 'g');
  for (const { index, 0: start } of text.matchAll(pattern)) {
    const from = index + start.length - 1;
    const items = new LiteralReader(text.slice(from, from + longestCall)).items();
    if (items !== undefined) found.push(items);
    if (found.length === mostCalls) break;
  }
  return found;
}

/** A name as part of a pattern. */
export function escaped(name: string): string {
  return name.replaceAll('$', String.raw`\$`);
}

/** Reads literals from the start of a text. Every method returns `undefined` if there is something else. */
class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The items between brackets, commas between them. */
  items(depth = 0): Json[] | undefined {
    const end = closing[this.#text[this.#at] ?? ''];
    if (end === undefined || depth > deepestLiteral) return undefined;
    this.#at += 1;
    const items: Json[] = [];
    for (;;) {
      if (this.#take(end)) return items;
      const item = this.#value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
      if (!this.#take(',') && this.#next() !== end) return undefined;
    }
  }

  #value(depth: number): Json | undefined {
    const next = this.#next();
    if (next === '[' || next === '(') return this.items(depth);
    if (next === '{') return this.#map(depth);
    if (next === '"' || next === "'") return this.#quoted(next);
    return this.#word();
  }

  #map(depth: number): Json | undefined {
    if (depth > deepestLiteral) return undefined;
    this.#at += 1;
    const members: [string, Json][] = [];
    while (!this.#take('}')) {
      const name = this.#value(depth + 1);
      if (name === undefined || typeof name === 'object' || !(this.#take('=>') || this.#take(':')))
        return undefined;
      const value = this.#value(depth + 1);
      if (value === undefined) return undefined;
      members.push([String(name), value]);
      if (!this.#take(',') && this.#next() !== '}') return undefined;
    }
    return Object.fromEntries(members);
  }

  #quoted(quote: string): string | undefined {
    const pattern = quote === '"' ? /"((?:[^"\\\n]|\\.)*)"/y : /'((?:[^'\\\n]|\\.)*)'/y;
    const content = this.#match(pattern);
    return content?.replaceAll(
      /\\(.)/g,
      (_, character: string) => ({ n: '\n', t: '\t' })[character] ?? character,
    );
  }

  #word(): Json | undefined {
    const word = this.#match(/(-?[\w.]+)/y) ?? '';
    if (Object.hasOwn(words, word)) return words[word];
    const digits = word.replaceAll('_', '').replace(/^(-?\d+)\.$/, '$1.0');
    return isJsonNumber(digits) ? numberOf(digits) : undefined;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return undefined;
    this.#at = pattern.lastIndex;
    return found[1];
  }

  /** The next character after spaces. */
  #next(): string | undefined {
    this.#match(/(\s*)/y);
    return this.#text[this.#at];
  }

  #take(sign: string): boolean {
    this.#next();
    if (!this.#text.startsWith(sign, this.#at)) return false;
    this.#at += sign.length;
    return true;
  }
}
