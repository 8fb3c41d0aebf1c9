import type { ShownPreference } from '../../task/preference.ts';
import type { Fix, Rationale, Rule, RuleFinding } from '../rule.ts';

const weak =
  '(?:only |just |ever so )?(?:slightly|marginally|a (?:little|bit|tad|touch|hair|shade)|somewhat|a little bit|barely|minimally|narrowly)';
const strong =
  '(?:very )?(?:much|far|vastly|hugely|massively|immensely|dramatically|overwhelmingly|infinitely|miles|way|significantly|considerably|substantially|a lot)';
const comparative =
  '(?:(?:the |an? )?(?:better|stronger|superior|preferable|worse|weaker|inferior|ahead|behind|outperforms|beats|wins|preferred))';

/** Words of degree before or next to the deciding word. */
const degrees: readonly { form: RegExp; degree: 'slight' | 'much' }[] = [
  { form: new RegExp(`\\b(?<adverb>${weak})(?= ${comparative}\\b)`, 'gi'), degree: 'slight' },
  { form: new RegExp(`\\b(?<adverb>${strong})(?= ${comparative}\\b)`, 'gi'), degree: 'much' },
  { form: /\bedges (?:out|ahead|past)\b/gi, degree: 'slight' },
  { form: /\b(?:outclasses|dominates|crushes|trounces|demolishes)\b/gi, degree: 'much' },
  { form: /\bslight(?= (?:preference|edge|advantage|lead)\b)/gi, degree: 'slight' },
  { form: /\b(?:strong|clear|huge|big)(?= (?:preference|edge|advantage|lead)\b)/gi, degree: 'much' },
  {
    form: /\bby (?:a (?:hair|whisker|nose|small margin|narrow margin))\b/gi,
    degree: 'slight',
  },
  {
    form: /\bby (?:far|miles|a (?:wide|large|huge) margin|a mile|a landslide|a long way)\b/gi,
    degree: 'much',
  },
];

/** "Much better" for a slight preference, or "slightly better" for a strong one. */
export const strengthConflict: Rule = {
  id: 'R03',
  name: 'strength conflict',
  severity: 'W',
  check({ verdicts, text, prose, context: { shown } }) {
    if (typeof shown !== 'number' || shown === 0) return [];
    const winner = shown < 0 ? 'A' : 'B';
    const said = verdicts.filter(
      ({ weak: isAside, verdict }) => !isAside && verdict.kind === 'better' && verdict.side === winner,
    );
    const found = said.flatMap((statement) => {
      const from = Math.max(statement.sentence.start, statement.start - 24);
      const to = Math.min(statement.sentence.end, statement.end + 36);
      return conflictsIn({ text, prose }, from, to, shown);
    });
    return found.slice(0, 1);
  },
};

function conflictsIn(
  { text, prose }: Pick<Rationale, 'text' | 'prose'>,
  from: number,
  to: number,
  shown: ShownPreference & number,
): RuleFinding[] {
  const strength = Math.abs(shown);
  return degrees.flatMap(({ form, degree }) => {
    if (degree === 'slight' ? strength === 1 : strength > 1) return [];
    return [...prose.slice(from, to).matchAll(form)]
      .filter(({ index }) => !/\b(?:not|no|n't|never) $/i.test(prose.slice(0, from + index)))
      .filter(({ index }) => !isAtFirst(prose.slice(0, from + index)))
      .map((match) => conflict(text, from + match.index, match, strength));
  });
}

/** Skip "On paper @B wins by a mile": the next sentence retracts it. */
function isAtFirst(before: string): boolean {
  return /\b(?:on paper|at first (?:sight|glance)|at a glance|in theory|by the numbers)\b[^.!?\n]*$/i.test(
    before,
  );
}

function conflict(text: string, start: number, match: RegExpExecArray, strength: number): RuleFinding {
  const end = start + match[0].length;
  const label = { 1: 'slightly better', 2: 'better', 3: 'much better' }[strength];
  const fix = match.groups?.['adverb'] === undefined ? undefined : replaceAdverb(text, start, end, strength);
  return {
    start,
    end,
    message: `“${match[0]}” does not match the chosen strength, “${label}”. Change the word or the strength`,
    ...(fix === undefined ? {} : { fix }),
  };
}

/** "slightly" and "much" fit before every comparative; the strength between them has no adverb. */
function replaceAdverb(text: string, start: number, end: number, strength: number): Fix {
  if (strength === 2) return { title: 'Delete the adverb', edits: [{ start, end: end + 1, text: '' }] };
  const following = /^ (?:ahead|behind)/.test(text.slice(end));
  const adverb = strength === 1 ? 'slightly' : following ? 'far' : 'much';
  return { title: `Replace with “${adverb}”`, edits: [{ start, end, text: adverb }] };
}
