import { removed } from '../edits.ts';
import { wordCount } from '../prose.ts';
import type { Fix, Rationale, Rule, RuleFinding } from '../rule.ts';
import type { Statement } from '../statement.ts';

/** This many hedges per hundred words are too many. */
const maxHedges = 2;

/** Words that weaken the words next to them and can be deleted. */
const adverbs =
  "maybe|perhaps|probably|possibly|presumably|arguably|seemingly|apparently|supposedly|likely(?= (?:the )?(?:better|worse|stronger|weaker|superior))|conceivably|kind of|sort of|more or less|I (?:think|guess|believe|feel|suppose|assume)(?: that)?|it seems(?: to me)?(?: that| like)?|in my (?:humble )?opinion,?|IMH?O,?|(?:I am|I’m|I'm) not (?:entirely |completely |quite )?(?:sure|certain),? but|not sure,? but|if I am not mistaken,?|as far as I can tell,?";
const adverb = new RegExp(`\\b(?:${adverbs})(?![\\p{L}])`, 'giu');
/** Verbs that hedge by themselves, with the plain verb for each. */
const verb =
  /\b(?:might|may|could) be\b|\b(?:seems?|appears?|looks?)(?: to be)?(?= (?:slightly |much |a bit |the |marginally )?(?:better|worse|stronger|weaker|superior|inferior))/gi;

interface Hedge {
  readonly start: number;
  readonly end: number;
  readonly edit: Fix['edits'][number];
}

/** A hedge in the verdict, or many hedges, without a statement of what was not verified and why. */
export const hedge: Rule = {
  id: 'R12',
  name: 'hedge',
  severity: 'W',
  check(rationale) {
    const { prose, verdicts, text, context } = rationale;
    if (
      /\b(?:not|un|never) ?verif\w+|(?:not|n['’]t) (?:run|check|test|confirm|reproduc)\w* (?:it |this |that )?because\b/i.test(
        prose,
      )
    )
      return [];
    const hedges = [...hedgesIn(rationale, adverb), ...hedgesIn(rationale, verb)].toSorted(
      (a, b) => a.start - b.start,
    );
    const inVerdict = hedges.filter((each) => verdicts.some((statement) => isBeside(each, statement, text)));
    const found: RuleFinding[] = inVerdict.map((each) => ({
      start: each.start,
      end: each.end,
      message: `“${text.slice(each.start, each.end)}” weakens the verdict. Delete it, or say “not verified because …”`,
      fix: { title: 'Delete the hedge', edits: [each.edit] },
    }));
    const others = hedgesIn(rationale, adverb).filter(
      ({ start }) => !inVerdict.some((each) => each.start === start),
    );
    const most = context.rubric.thresholds?.hedgesPerHundred ?? maxHedges;
    const isFlood = others.length >= 2 && (others.length * 100) / wordCount(prose) >= most;
    return isFlood ? [...found, flood(others)] : found;
  },
};

function flood(hedges: readonly Hedge[]): RuleFinding {
  const [first] = hedges;
  return {
    start: first!.start,
    end: first!.end,
    message: `${hedges.length} hedges are too many for a text this short. Delete them, or say “not verified because …”`,
    fix: { title: 'Delete these hedges', edits: hedges.map(({ edit }) => edit) },
  };
}

function hedgesIn({ prose, text }: Rationale, form: RegExp): Hedge[] {
  return [...prose.matchAll(form)].map(({ 0: word, index }) => {
    const [start, end] = [index, index + word.length];
    return { start, end, edit: form === verb ? { start, end, text: 'is' } : removed(text, start, end) };
  });
}

/** Whether a hedge is in the clause of the statement. After "because" it hedges a reason instead. */
function isBeside(word: Hedge, { weak, sentence, start, end }: Statement, text: string): boolean {
  if (weak || word.start < sentence.start || word.start >= sentence.end) return false;
  const between = text.slice(Math.min(word.end, end), Math.max(word.start, start));
  return !/[;:]|\b(?:because|since|as|but|although|though|while|which|where|who|when)\b|, and\b/i.test(
    between,
  );
}
