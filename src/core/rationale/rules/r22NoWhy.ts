import { denied } from '../lexicon.ts';
import type { ReadSentence, Rule } from '../rule.ts';

/** Names of a defect that state no consequence. */
const defects =
  /\b(?:uses? (?:an? |the )?(?:globals?|eval|exec|recursion|magic|deprecated|hard-?coded|quadratic|nested loops?|mutable|string concatenation|floats?)|hard-?codes?|lacks?|misses|is missing|has no|forgets?|omits?|ignores?|mutates?|modif(?:y|ies) (?:the|its) (?:input|arguments?)|swallows?|leaks?|(?:does|do)(?: not|n['’]t) (?:check|validate|handle|close|escape|quote|lock|await|return|raise|catch|follow|support|use|sort|keep)|never (?:checks?|closes?|returns?|awaits?|validates?)|reads? (?:everything|the whole)|is (?:wrong|broken|buggy|incorrect|unsafe|incomplete|inefficient|quadratic))\b/gi;

/** Words and marks that introduce a reason or a consequence. */
const why =
  /\b(?:because|since|so|as a result|therefore|thus|hence|means?|meaning|caus(?:es?|ing)|leads? to|leading to|results? in|resulting|lets?|makes?|making|which|where|why|otherwise|would|will|then|until|breaks?|breaking|fails?|crash(?:es)?|raises?|throws?|returns?|gives?|prints?|hangs?|loses?|lost|drops?|wrong|asks?|asked|requires?|prompt|if|when|whenever|after|for example|e\.g|users?|callers?|due to|thanks to|in order to|violat\w+|although|though|as it|in case)\b|[:;—–→`]|->|=>|@case:|@prompt:/i;

/** The text names a defect but neither its cause nor its consequence. */
export const noWhy: Rule = {
  id: 'R22',
  name: 'no why',
  severity: 'I',
  check({ sentences }) {
    return sentences.flatMap((sentence, at) => {
      const defect = defectOf(sentence);
      if (defect === undefined) return [];
      const rest = sentence.text.slice(0, defect.start) + sentence.text.slice(defect.end);
      const following = sentences[at + 1]?.text ?? '';
      if ([rest, following].some(tellsWhy)) return [];
      const end = sentence.end - (/[.!?]+$/.exec(sentence.text)?.[0].length ?? 0);
      return [
        {
          start: sentence.start,
          end: sentence.end,
          message:
            'The text names a defect without its consequence. Say what the defect leads to: “…, so calls share their state”',
          fix: { title: 'Insert “because …”', edits: [{ start: end, end, text: ' because …' }] },
        },
      ];
    });
  },
};

/** Whether a text has a word or a mark that introduces a reason or a consequence. */
export function tellsWhy(text: string): boolean {
  return why.test(withoutPlaces(text));
}

/** Removes anchors: the colon of "@A:21" introduces no reason. */
function withoutPlaces(text: string): string {
  return text.replaceAll(/@[AB](?:\/[\w./-]+)?:[\d-]+/g, '');
}

function defectOf({ prose }: ReadSentence): { start: number; end: number } | undefined {
  const match = [...prose.matchAll(defects)].find(({ index }) => !denied(prose, index));
  return match && { start: match.index, end: match.index + match[0].length };
}
