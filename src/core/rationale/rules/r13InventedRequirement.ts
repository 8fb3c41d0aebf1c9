import { denied } from '../lexicon.ts';
import type { RationaleContext } from '../context.ts';
import type { ReadSentence, Rule, RuleFinding } from '../rule.ts';
import { topicsOf } from '../stems.ts';

/** Phrases that state a demand, up to the word right before the demand itself. */
const demands =
  /(?<![\w@])(?:the (?:prompt|task|question|user|instructions?|requirements?|spec(?:ification)?)(?: (?:clearly|explicitly|also))? (?:asks?(?: for)?|asked(?: for)?|requires?|required|demands?|demanded|wants?|wanted|says?(?: that)?|states?(?: that)?|specif(?:y|ies)|calls? for|insists? on)|(?:as|was|were|is) (?:asked|required|requested) (?:for|to)|requirements? (?:of|for|to|that|is|was)|(?:@[AB]|it|the (?:code|function|answer|solution|query|script|program|class|method)|(?:both|they|each|either)(?: answers?)?) (?:should|must|needs? to|ought to|has to|have to)(?: (?:also|really|at least))?(?: have)?)\b/gi;

/** The end of the clause is the end of the demand. */
const clauseEnd =
  /[.;:,()]|\b(?:but|and|because|since|so|which|while|whereas|although|though|when|if|where|unless|instead|rather|than)\b/i;

/** The text states a demand that neither the prompt nor the rubric mentions. */
export const inventedRequirement: Rule = {
  id: 'R13',
  name: 'invented requirement',
  severity: 'W',
  check({ sentences, context }) {
    const known = topicsOf(sourcesOf(context));
    return sentences.flatMap((sentence) => (isExempt(sentence) ? [] : inventedIn(sentence, known)));
  },
};

/** Every text that may contain a requirement: the prompt, the rubric and the cases. */
function sourcesOf({ prompt, rubric, cases }: RationaleContext): string {
  const criteria = rubric.criteria.flatMap(({ id, title, description }) => [id, title, description]);
  const named = cases.flatMap(({ id, title }) => [id, title ?? '']);
  return [prompt, rubric.description, rubric.notes, ...criteria, ...named]
    .join('\n')
    .replaceAll(/[_-]/g, ' ');
}

/** A nit states no requirement. */
function isExempt({ prose }: ReadSentence): boolean {
  return /\bnit(?:s|pick\w*)?\b|\b(?:would be nice|optional(?:ly)?|my own taste|not (?:asked|required|demanded|in the prompt))\b/i.test(
    prose,
  );
}

function inventedIn({ prose, start, text }: ReadSentence, known: ReadonlySet<string>): RuleFinding[] {
  return [...prose.matchAll(demands)].slice(0, 1).flatMap((match) => {
    const from = match.index + match[0].length;
    if (/@prompt:|@case:|[“"`]/.test(text.slice(match.index))) return [];
    if (denied(prose, match.index) || /^ (?:not|never|no|neither|nothing)\b/i.test(prose.slice(from)))
      return [];
    const rest = prose.slice(from, from + 160);
    const length = clauseEnd.exec(rest)?.index ?? rest.length;
    const topics = headTopics(rest.slice(0, length).replaceAll(/@\S+|[_-]/g, ' '));
    const unknown = [...topics].filter((topic) => !isKnown(topic, known)).length;
    // One known word among three may be chance: "full type annotations".
    if (unknown === 0 || unknown < 2 * (topics.size - unknown)) return [];
    const demanded = rest.slice(0, length).trim();
    return [
      {
        start: start + match.index,
        end: start + from + rest.slice(0, length).trimEnd().length,
        message: `Neither the prompt nor the rubric mentions “${demanded}”. Cite the line that asks for it (@prompt:…), or mark it as a nit`,
        fix: {
          title: 'Mark as a nit',
          edits: [{ start, end: start, text: /^nit/i.test(text) ? '' : 'nit: ' }],
        },
      },
    ];
  });
}

/** The topic of a demand comes before its first preposition or quantifier, unless there is no topic word before it. */
function headTopics(demand: string): Set<string> {
  const [head = ''] = demand.split(/\b(?:of|for|in|on|to|with|from|by|each|every|all|any)\b/i);
  const topics = topicsOf(head);
  return topics.size > 0 ? topics : topicsOf(demand);
}

/** "negative" and "negatives" share a stem; "async" and "asynchronous" share a prefix. */
function isKnown(topic: string, known: ReadonlySet<string>): boolean {
  if (known.has(topic)) return true;
  // A longer word must share a longer prefix: "progress" is not "programmer".
  const beginning = topic.slice(0, Math.max(5, Math.min(7, topic.length - 2)));
  return (
    topic.length >= 5 &&
    [...known].some((word) => word.startsWith(beginning) || (word.length >= 4 && topic.startsWith(word)))
  );
}
