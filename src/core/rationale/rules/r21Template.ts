import { removed, wholeText } from '../edits.ts';
import { fiveGrams } from '../grams.ts';
import type { Rationale, Rule, RuleFinding } from '../rule.ts';

/** From this Jaccard index on two texts are one. */
const likeness = 0.6;
/** A text of fewer sequences than this says too little to be held against another. */
const fewestGrams = 10;

const placeholders =
  /\[(?:\.{3}|…|(?:reason|insert|your|why|example|explain|fill)\b[^\]\n]{0,40})\](?!\()|_{3,}(?=[\s.,]|$)|(?<![\w.])(?:TODO|FIXME|TBD|XXX)\b(?=\s*(?::|$|[.\])]|(?:add|write|fill|check|explain|finish|expand|more)\b))|<(?:insert|reason|your|add)\b[^>\n]{0,60}>|\blorem ipsum\b/gim;

/** Text from the author's own last rationales with other names in it, or a place that was left to be filled in. */
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
      message: `“${mark}” was left to be filled in. Write what belongs there, or delete it`,
      fix: { title: `Delete “${mark}”`, edits: [removed(text, index, index + mark.length)] },
    }));
}

/** "It leaves a TODO" speaks of one. */
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
      message: `This is nearly what you wrote of another task: “${begins}…”. Write what is true of these two answers`,
    },
  ];
}

/** The text without what differs between two uses of one template: anchors, numbers and code. */
function anonymous(text: string): string {
  return text
    .replaceAll(/`[^`\n]*`/g, ' code ')
    .replaceAll(/@(?:[AB]|case|diff|prompt)\b(?:[:/](?:"[^"\n]*"|[\w./-]*))*/g, ' it ')
    .replaceAll(/\d+/g, ' 0 ');
}

/** How much two sets have in common: the size of the intersection by that of the union (Jaccard 1901). */
function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((gram) => b.has(gram)).length;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
