import { removed, wholeText } from '../edits.ts';
import { fiveGrams } from '../grams.ts';
import type { Rationale, Rule, RuleFinding } from '../rule.ts';

/** Two texts with at least this Jaccard index count as the same text. */
const likeness = 0.6;
/** A text of fewer sequences than this is too short to compare with another. */
const fewestGrams = 10;

const placeholders =
  /\[(?:\.{3}|…|(?:reason|insert|your|why|example|explain|fill)\b[^\]\n]{0,40})\](?!\()|_{3,}(?=[\s.,]|$)|(?<![\w.])(?:TODO|FIXME|TBD|XXX)\b(?=\s*(?::|$|[.\])]|(?:add|write|fill|check|explain|finish|expand|more)\b))|<(?:insert|reason|your|add)\b[^>\n]{0,60}>|\blorem ipsum\b/gim;

/** The text repeats one of the author's recent rationales with other names, or has a place that was not filled in. */
export const template: Rule = {
  id: 'R21',
  name: 'template',
  severity: 'W',
  check(rationale) {
    return [...unfilled(rationale), ...repeated(rationale)];
  },
};

function unfilled({ text, prose }: Rationale): RuleFinding[] {
  return [...prose.matchAll(placeholders)]
    .filter(({ 0: mark, index }) => mark.startsWith('[') || !isSpokenOf(prose, index))
    .map(({ 0: mark, index }) => ({
      start: index,
      end: index + mark.length,
      message: `“${mark}” is not filled in. Fill it in, or delete it`,
      fix: { title: `Delete “${mark}”`, edits: [removed(text, index, index + mark.length)] },
    }));
}

/** "It leaves a TODO" describes a TODO in the answer. */
function isSpokenOf(prose: string, at: number): boolean {
  return /\b(?:an?|the|its|their|leaves?|left|with|of|says?) $/i.test(prose.slice(Math.max(0, at - 12), at));
}

function repeated(rationale: Rationale): RuleFinding[] {
  const { text, context } = rationale;
  const own = fiveGrams(anonymous(text));
  if (own.size < fewestGrams) return [];
  const most = context.rubric.thresholds?.likeness ?? likeness;
  const earlier = context.recent.find((other) => jaccard(own, fiveGrams(anonymous(other))) >= most);
  if (earlier === undefined) return [];
  const begins = earlier.replaceAll(/\s+/g, ' ').trim().slice(0, 120);
  return [
    {
      ...wholeText(rationale),
      message: `This is nearly the same as your rationale for another task: “${begins}…”. Write what is true of these two answers`,
    },
  ];
}

/** The text without anchors, numbers and code, which differ between two uses of one template. */
function anonymous(text: string): string {
  return text
    .replaceAll(/`[^`\n]*`/g, ' code ')
    .replaceAll(/@(?:[AB]|case|diff|prompt)\b(?:[:/](?:"[^"\n]*"|[\w./-]*))*/g, ' it ')
    .replaceAll(/\d+/g, ' 0 ');
}

/** The Jaccard index (1901): the size of the intersection divided by the size of the union. */
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((gram) => b.has(gram)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
