import type { Rule } from '../rule.ts';
import { denied } from '../lexicon.ts';

/** Phrases that claim an execution. */
const claims =
  /\b(?:I(?:['’]ve| have)? (?:also |then |just |actually |both |even |re-?)?(?:ran|run|re-ran|tested|tried (?:it|them|both|the|this|@[AB])|tried(?= (?:with|on))|executed|benchmarked|timed|profiled|measured)|(?:when|after|by|on) (?:I )?(?:actually )?(?:running|run|ran|testing|tested|executing)(?= (?:it|them|both|the|this|all|each|every|@| +on\b))|testing (?:it|them|both|the two|@[AB])\b[^.\n]{0,60} (?:shows|showed|gives|gave|reveals|revealed)|(?:in|from|by) my (?:own )?(?:tests?|test runs?|runs?|testing)|(?:tested|ran|executed|benchmarked) (?:it|them|both|the (?:code|answers?|cases?|tests?|two)|locally|with|on|@[AB])|on my (?:machine|laptop|computer|system)|(?:verified|confirmed|checked) (?:this |it |that )?by (?:execution|running|executing)|my (?:test )?run (?:shows|showed|gives|gave)|running (?:it|them|both|@[AB])[^.\n]{0,30} (?:shows|showed|gives|gave|prints|printed))/gi;

/** The text says that the author ran something, and no run is recorded. */
export const unrunClaim: Rule = {
  id: 'R08',
  name: 'unrun claim',
  severity: 'W',
  check({ prose, context: { results, searches } }) {
    if (searches.length > 0) return [];
    if (Object.values(results).some((side) => side.length > 0)) return [];
    return [...prose.matchAll(claims)]
      .filter(({ index }) => !denied(prose, index))
      .map(({ 0: claim, index }) => ({
        start: index,
        end: index + claim.length,
        message: `“${claim}” cannot be checked: no run is recorded. Run the cases here, or say that nothing was run`,
        action: 'run' as const,
      }));
  },
};
