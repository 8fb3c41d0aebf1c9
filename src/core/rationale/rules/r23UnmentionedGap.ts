import type { Criterion } from '../../task/rubric.ts';
import { appended, wholeText } from '../edits.ts';
import { stemOf } from '../stems.ts';
import type { Rule } from '../rule.ts';

/** A score difference of at least this needs an explanation in the text. */
const scoreGap = 2;

/** Words that refer to a criterion without its name, by the beginning of its name. */
const synonyms: Readonly<Record<string, RegExp>> = {
  correct:
    /\b(?:correct|incorrect|wrong|right|bugs?|fail|pass|returns?|raises?|results?|cases?|works?|broken|crash|drops?|loses)/i,
  instruct: /\b(?:prompt|asked|asks|instruct|requir|told|request|specif|demand)|@prompt:/i,
  robust:
    /\b(?:edge|empty|null|none|malformed|invalid|negative|zero|errors?|raises?|crash|validat|handles?|absent|missing)/i,
  explan: /\b(?:expla|says|claims?|text|comments?|doc ?string|describ|mislead|wording|note|documentation)/i,
  clarity: /\b(?:clear|clarity|readab|names?|naming|structure|easier|simple|concise|clean)/i,
  readab: /\b(?:clear|clarity|readab|names?|naming|structure|easier|simple|concise|clean)/i,
  style: /\b(?:style|clean|names?|naming|readab|format|idiomatic|tidy)/i,
  effici: /\b(?:efficien|fast|slow|quadratic|linear|O\(|complexity|time|memory|performance|quick)/i,
  perform: /\b(?:efficien|fast|slow|quadratic|linear|O\(|complexity|time|memory|performance|quick)/i,
  cost: /\b(?:cost|fast|slow|scan|index|quadratic|efficien|subquer|time)/i,
  edge: /\b(?:edge|empty|zero|negative|boundar|corner|single|last|first|duplicate|null|none)/i,
  contract:
    /\b(?:contract|signature|mutat|raises?|throws?|type|argument|returns?|caller|exception|lazy|generator)/i,
  rows: /\b(?:rows?|results?|wrong|correct|missing|count|join)/i,
  nulls: /\b(?:null|join|coalesce|missing|left|outer)/i,
  shape: /\b(?:columns?|alias|order|sort|shape|names?)/i,
  safety: /\b(?:safe|unsafe|inject|delet|updat|parameter|escap)/i,
  security: /\b(?:secur|unsafe|inject|vulnerab|escap|xss|exploit|attack|hostile|sanit)/i,
  inject: /\b(?:inject|parameter|escap|quot|concatenat|shell|sql|hostile|f-string|interpolat)/i,
  limits: /\b(?:limit|bound|size|large|memory|timeout|denial|exhaust)/i,
  secrets: /\b(?:leak|secret|password|key|token|log|expos)/i,
  failure: /\b(?:fail|error|raise|exception|status|catch|throw|rollback|message)/i,
  behav: /\b(?:behav|works?|shows?|renders?|correct|wrong|result|cases?|output)/i,
  escap: /\b(?:escap|inject|xss|html|markup|script|sanit|hostile)/i,
  access: /\b(?:access|keyboard|label|aria|screen reader|focus|contrast)/i,
  states: /\b(?:state|empty|loading|error|none|without)/i,
  structure: /\b(?:structure|component|function|split|names?|readab|clear|modular)/i,
  test: /\b(?:tests?|tested|cases?|coverage)/i,
};

/** The scores of a criterion are far apart, and the text does not mention the criterion. */
export const unmentionedGap: Rule = {
  id: 'R23',
  name: 'unmentioned gap',
  severity: 'W',
  check(rationale) {
    const { text, context } = rationale;
    const { rubric, scores } = context;
    const least = rubric.thresholds?.scoreGap ?? scoreGap;
    return rubric.criteria.flatMap((criterion) => {
      const [a, b] = [scores.A?.[criterion.id], scores.B?.[criterion.id]];
      if (a === undefined || b === undefined || Math.abs(a - b) < least || isNamed(criterion, text))
        return [];
      const [winner, loser] = a > b ? ['A', 'B'] : ['B', 'A'];
      const sentence = `On ${criterion.title.toLowerCase()} @${winner} is ahead of @${loser} (${Math.max(a, b)} against ${Math.min(a, b)}): …`;
      return [
        {
          ...wholeText(rationale),
          message: `The scores for “${criterion.title}” are ${a} and ${b}, but the text does not say why. Add a sentence on this criterion`,
          fix: { title: `Add a sentence on “${criterion.title}”`, edits: [appended(rationale, sentence)] },
        },
      ];
    });
  },
};

function isNamed({ id, title }: Criterion, text: string): boolean {
  const words = `${id} ${title}`.toLowerCase().match(/[\p{L}]{4,}/gu) ?? [];
  const lower = text.toLowerCase();
  if (words.some((word) => lower.includes(stemOf(word)))) return true;
  return Object.entries(synonyms).some(
    ([name, form]) => words.some((word) => word.startsWith(name)) && form.test(text),
  );
}
