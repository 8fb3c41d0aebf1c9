import { conceded, narrowed, negated, wordsAfter } from './clauses.ts';
import type { Said } from './statement.ts';
import type { Token } from './tokens.ts';

/** "I rate @B below @A", "I put @B before @A". */
export function placed(tokens: readonly Token[], at: number, { word }: Token): Said | undefined {
  const side = tokens[at + 1]?.side;
  const relation = tokens[at + 2]?.word ?? '';
  const standard = tokens[at + 3]?.side ?? (tokens[at + 3]?.word === 'of' ? tokens[at + 4]?.side : undefined);
  if (!/^(?:rank|ranked|rate|rated|put|place|placed|see|value)$/.test(word)) return undefined;
  if (side === undefined || standard === undefined || standard === side) return undefined;
  if (negated(tokens, at - 3, at)) return undefined;
  if (/^(?:above|before|over|ahead)$/.test(relation))
    return { verdict: { kind: 'better', side }, weak: false };
  return /^(?:below|behind|under|after|beneath)$/.test(relation)
    ? { verdict: { kind: 'better', side: standard }, weak: false }
    : undefined;
}

/** What stands between two names and says which is ahead. */
const below =
  /^(?:(?:falls?|fell|comes?) (?:far |well |a bit |a little |somewhat |just )?short of|(?:does not|doesn't|cannot|can't) (?:come|get) (?:anywhere )?(?:close|near)(?: to)?|(?:is|comes) nowhere near|(?:is not|isn't)(?: nearly| quite| half| remotely)? (?:as|so) (?:good|strong|correct|complete|useful|solid|convincing|safe|careful) as|is no match for|(?:ranks?|scores?|rates?) (?:clearly |far |slightly |a little |much )?lower than)$/;
const above =
  /^(?:(?:ranks?|scores?|rates?) (?:clearly |far |slightly |a little |much )?higher than|takes (?:clear )?precedence over|improves (?:up)?on|(?:is|comes|stands) (?:a (?:class|cut|notch|head) |clearly |well |just )?(?:above|before))$/;

/** "@A falls far short of @B", "@B ranks higher than @A", "@A equals @B". */
export function measured(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const next = tokens.slice(at + 1, at + 10).findIndex(({ side }) => side !== undefined);
  const standard = tokens[at + 1 + next]?.side;
  if (token.side === undefined || next < 1 || standard === undefined || standard === token.side)
    return undefined;
  const between = wordsAfter(tokens, at, next);
  const weak = conceded(tokens, at) || narrowed(tokens, at + 1 + next);
  if (between === 'equals') return { verdict: { kind: 'tie' }, weak };
  if (below.test(between)) return { verdict: { kind: 'better', side: standard }, weak };
  return above.test(between) ? { verdict: { kind: 'better', side: token.side }, weak } : undefined;
}
