import type { Range } from './shape.ts';

/** A range that a prompt states for a name, as in "1 ≤ n ≤ 100". */
export interface NamedRange {
  /** As the prompt writes it: `n`, `ai`, `|s|`, `len(words)`, `nums[i]`. */
  readonly name: string;
  readonly range: Range;
  /** What the name stands for: a value, each item of a list, or the length of a list or text. */
  readonly of: 'value' | 'items' | 'length';
}

const relation = String.raw`\s*(?:≤|<=|⩽|<|\\leq?|&le;|&lt;)\s*`;
const number = String.raw`-?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:·|\*|x|×|\\cdot|e)\s?\d+)?(?:\s?(?:\^|\*\*)\s?\{?\d+\}?)?`;
const name = String.raw`\|?[A-Za-z_][\w.]*(?:\([\w.]*\)|\[[\w.]*\])*\|?`;
const names = `${name}(?:\\s*,\\s*${name})*`;
const chain = new RegExp(`(?<![\\w.])(?:${number}|${names})(?:${relation}(?:${number}|${names}))+`, 'g');
const split = new RegExp(relation);

/** The ranges that a prompt states, in order. A name without a number on one side is not bounded there. */
export function namedRanges(prompt: string): NamedRange[] {
  const found = new Map<string, NamedRange>();
  for (const [text] of prompt.slice(0, 20_000).matchAll(chain)) {
    const terms = text.split(split).map((term) => term.trim());
    terms.forEach((term, index) => {
      if (numberIn(term) !== undefined) return;
      const min = terms.slice(0, index).findLast((each) => numberIn(each) !== undefined);
      const max = terms.slice(index + 1).find((each) => numberIn(each) !== undefined);
      const range = { min: numberIn(min ?? '') ?? -Infinity, max: numberIn(max ?? '') ?? Infinity };
      for (const each of term.split(/\s*,\s*/)) {
        if (!found.has(each)) found.set(each, { name: each, range, of: meaningOf(each) });
      }
    });
  }
  return [...found.values()];
}

/** The value of "10^5", "2·10^5", "1e9" or "1,000". */
function numberIn(term: string): number | undefined {
  const plain = term
    .replaceAll(/[\s{}]/g, '')
    .replaceAll('**', '^')
    .replaceAll(/,(?=\d{3})/g, '');
  const found = /^(-?\d+(?:\.\d+)?)(?:(?:·|\*|x|×|\\cdot)(\d+))?(?:\^(\d+))?$/.exec(plain);
  if (found === null) return /^-?\d+e\d+$/.test(plain) ? Number(plain) : undefined;
  const [, first = '', second, power] = found;
  if (power === undefined) return Number(first) * Number(second ?? 1);
  return second === undefined
    ? Number(first) ** Number(power)
    : Number(first) * Number(second) ** Number(power);
}

function meaningOf(term: string): NamedRange['of'] {
  if (/^\|.*\|$|^len\(|\.(?:length|size)\b|^(?:length|size)\(/.test(term)) return 'length';
  return /^[A-Za-z]+_?[ijk]$|\[\w*\]|^[a-z]i$/.test(term) && term.length > 1 ? 'items' : 'value';
}

/** The length that a sentence states for a text: "length not less than 1 and not greater than 100", "at most 100 letters". */
export function statedLength(prompt: string): Range | undefined {
  const most =
    /(?:length|characters|letters|symbols)[^.\n]{0,60}?(?:not (?:greater|more) than|(?:does )?n[o']t exceed(?:ing)?|at most|up to|no longer than)\s+(\d+)/i.exec(
      prompt,
    );
  const between =
    /(?:length|characters|letters)[^.\n]{0,60}?(?:between|from)\s+(\d+)\s+(?:and|to)\s+(\d+)/i.exec(prompt);
  if (between !== null) return { min: Number(between[1]), max: Number(between[2]) };
  return most === null ? undefined : { min: 1, max: Number(most[1]) };
}
