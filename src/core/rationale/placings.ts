import { conceded, narrowed, negated, wordsAfter } from './clauses.ts';
import type { Form } from './form.ts';
import type { Said } from './statement.ts';
import type { Token } from './tokens.ts';

/** The text between two ranked names, and which of them is ahead. */
export const rankingForms: readonly Form<string, 'first' | 'second'>[] = [
  {
    example: 'I put @A before @B.',
    counterExample: 'I put @A beside @B.',
    form: (relation) => /^(?:above|before|over|ahead)$/.test(relation),
    verdict: 'first',
  },
  {
    example: 'I rate @A below @B.',
    counterExample: 'I rate @A with @B.',
    form: (relation) => /^(?:below|behind|under|after|beneath)$/.test(relation),
    verdict: 'second',
  },
];

/** "I rate @B below @A", "I put @B before @A". */
export function ranked(tokens: readonly Token[], at: number, { word }: Token): Said | undefined {
  const side = tokens[at + 1]?.side;
  const relation = tokens[at + 2]?.word ?? '';
  const standard = tokens[at + 3]?.side ?? (tokens[at + 3]?.word === 'of' ? tokens[at + 4]?.side : undefined);
  if (!/^(?:rank|ranked|rate|rated|put|place|placed|see|value)$/.test(word)) return undefined;
  if (side === undefined || standard === undefined || standard === side) return undefined;
  if (negated(tokens, at - 3, at)) return undefined;
  const ranking = rankingForms.find(({ form }) => form(relation));
  if (ranking === undefined) return undefined;
  return { verdict: { kind: 'better', side: ranking.verdict === 'first' ? side : standard }, weak: false };
}

/** The text between two names that says which of them is ahead, or that neither is. */
interface PlacingForm extends Omit<Form<string, 'first' | 'second' | 'tie'>, 'form'> {
  readonly form: RegExp;
  /** See `Statement`: what follows may decide. */
  readonly isHint?: true;
}

export const placingForms: readonly PlacingForm[] = [
  {
    example: '@A equals @B.',
    counterExample: '@A equals the limit of @B.',
    form: /^equals$/,
    verdict: 'tie',
  },
  {
    example: '@A is just as good as @B.',
    counterExample: '@A is just as fast as @B.',
    form: /^is (?:just |exactly |every bit )?as (?:good|correct|strong|right) as$/,
    verdict: 'tie',
    isHint: true,
  },
  {
    example: '@A falls far short of @B.',
    counterExample: '@A falls back to @B.',
    form: /^(?:falls?|fell|comes?) (?:far |well |a bit |a little |somewhat |just )?short of$/,
    verdict: 'second',
  },
  {
    example: '@A does not come close to @B.',
    counterExample: '@A does come close to @B.',
    form: /^(?:does not|doesn't|cannot|can't) (?:come|get) (?:anywhere )?(?:close|near)(?: to)?$/,
    verdict: 'second',
  },
  {
    example: '@A is nowhere near @B.',
    counterExample: '@A is near @B.',
    form: /^(?:is|comes) nowhere near$/,
    verdict: 'second',
  },
  {
    example: '@A is not nearly as good as @B.',
    counterExample: '@A is as good as @B.',
    form: /^(?:is not|isn't)(?: nearly| quite| half| remotely)? (?:as|so) (?:good|strong|correct|complete|useful|solid|convincing|safe|careful) as$/,
    verdict: 'second',
  },
  {
    example: '@A is no match for @B.',
    counterExample: '@A is a match for @B.',
    form: /^is no match for$/,
    verdict: 'second',
  },
  {
    example: '@A ranks far lower than @B.',
    counterExample: '@A prints lower letters than @B.',
    form: /^(?:ranks?|scores?|rates?) (?:clearly |far |slightly |a little |much )?lower than$/,
    verdict: 'second',
  },
  {
    example: '@A ranks slightly higher than @B.',
    counterExample: '@A reads higher numbers than @B.',
    form: /^(?:ranks?|scores?|rates?) (?:clearly |far |slightly |a little |much )?higher than$/,
    verdict: 'first',
  },
  {
    example: '@A takes precedence over @B.',
    counterExample: '@A takes arguments from @B.',
    form: /^takes (?:clear )?precedence over$/,
    verdict: 'first',
  },
  {
    example: '@A improves on @B.',
    counterExample: '@A builds on @B.',
    form: /^improves (?:up)?on$/,
    verdict: 'first',
  },
  {
    example: '@A is a cut above @B.',
    counterExample: '@A is a copy of @B.',
    form: /^(?:is|comes|stands) (?:a (?:class|cut|notch|head) |clearly |well |just )?(?:above|before)$/,
    verdict: 'first',
  },
];

/** "@A falls far short of @B", "@B ranks higher than @A", "@A equals @B". */
export function measured(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const next = tokens.slice(at + 1, at + 10).findIndex(({ side }) => side !== undefined);
  const standard = tokens[at + 1 + next]?.side;
  if (token.side === undefined || next < 1 || standard === undefined || standard === token.side)
    return undefined;
  const between = wordsAfter(tokens, at, next);
  const placing = placingForms.find(({ form }) => form.test(between));
  if (placing === undefined) return undefined;
  const weak = conceded(tokens, at) || narrowed(tokens, at + 1 + next);
  if (placing.verdict === 'tie') {
    const isHint = placing.isHint === true;
    return { verdict: { kind: 'tie' }, weak: weak || isHint, ...(isHint ? { hint: true } : {}) };
  }
  const side = placing.verdict === 'first' ? token.side : standard;
  return { verdict: { kind: 'better', side }, weak };
}
