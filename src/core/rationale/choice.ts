import type { Side } from '../task/side.ts';
import {
  conceded,
  longestClause,
  negated,
  negations,
  subjectBefore,
  wordsAfter,
  wordsBefore,
} from './clauses.ts';
import type { Form } from './form.ts';
import { other, type Said } from './statement.ts';
import type { Token } from './tokens.ts';

const choosingVerbs = new Set(
  'prefer preferring choose chose choosing picked picking favor favour favoring favouring recommend recommending select selected selecting take taking ship merge rank ranked rate rated approve approving'.split(
    ' ',
  ),
);
/** Maximum distance from a word of choice to the name of the chosen answer, in words and marks. */
const longestReach = 5;

interface ChoosingWindow {
  readonly word: string;
  /** The word after it; empty at the end of the sentence. */
  readonly next: string;
}

/**
 * Words of choice. The verdict of a row says where the chosen answer is named: only after the word ("I prefer @A"), or
 * on either side of it ("my pick is @A", "@A is my pick"). In each example @A is chosen.
 */
export const choosingForms: readonly Form<ChoosingWindow, 'after' | 'around'>[] = [
  {
    example: 'I prefer @A.',
    counterExample: 'I compare @A.',
    form: ({ word }) => choosingVerbs.has(word),
    verdict: 'after',
  },
  {
    example: 'I would go with @A.',
    counterExample: 'I would go through @A.',
    form: ({ word, next }) => /^(?:go|going|side|went|goes)$/.test(word) && /^(?:with|for|to)$/.test(next),
    verdict: 'after',
  },
  {
    example: 'I lean towards @A.',
    counterExample: 'I lean on @A.',
    form: ({ word, next }) =>
      /^(?:lean|leans|leaning|tilt|tilts|incline|inclined|tend)$/.test(word) &&
      /^(?:towards?|to)$/.test(next),
    verdict: 'after',
  },
  {
    example: 'Give me @A.',
    counterExample: 'Give it @A.',
    form: ({ word, next }) => word === 'give' && next === 'me',
    verdict: 'after',
  },
  {
    example: 'My preference is @A.',
    counterExample: 'My impression is @A.',
    form: ({ word }) => /^(?:preference|verdict|advantage|decision)$/.test(word),
    verdict: 'after',
  },
  {
    example: '@A gets my vote.',
    counterExample: '@A gets my attention.',
    form: ({ word }) => /^(?:vote|choice|pick|nod)$/.test(word),
    verdict: 'around',
  },
  {
    example: '@A has the edge.',
    counterExample: '@A has the edge case.',
    form: ({ word, next }) => word === 'edge' && !/^(?:cases?|conditions?)$/.test(next),
    verdict: 'around',
  },
];

/** A word of a sentence, with the words around it that decide whether it states a choice. */
interface Choice {
  readonly tokens: readonly Token[];
  readonly at: number;
  readonly token: Token;
  /** Where a word of choice looks for the chosen answer; `undefined` for any other word. */
  readonly chooses?: 'after' | 'around';
  readonly subject?: { readonly side: Side; readonly at: number };
  /** The answer named soon after a word of choice, with the words between the two. */
  readonly object?: { readonly side: Side; readonly at: number; readonly between: readonly string[] };
}

interface ChoiceForm extends Form<
  Choice,
  /** Which answer is chosen: see `chosenBy`. `none`: nothing is chosen, and no later row is tried. */
  'none' | 'object' | 'not the object' | 'standard' | 'subject' | 'name' | 'name before'
> {
  /** If omitted, the choice is weak if its clause is a concession. */
  readonly weak?: boolean;
}

/** In the order in which they are tried. In each example @A is chosen, or none. */
export const choiceForms: readonly ChoiceForm[] = [
  {
    example: 'I cannot choose easily between @A and @B.',
    counterExample: 'I choose @A.',
    form: ({ object }) => object?.between.includes('between') ?? false,
    verdict: 'none',
  },
  {
    example: 'I would never choose @B over @A.',
    counterExample: 'I would choose @B over @A.',
    form: (choice) => isRejected(choice) && standardOf(choice) !== undefined,
    verdict: 'standard',
    weak: true,
  },
  {
    example: 'I would not choose @A.',
    counterExample: 'I have no hesitation in choosing @A.',
    form: isRejected,
    verdict: 'none',
  },
  {
    example: '@A has an edge over @B.',
    counterExample: '@A leaves the edge to @B.',
    form: (choice) => isEdgeOver(choice) && choice.subject !== undefined,
    verdict: 'subject',
  },
  {
    example: 'There is an edge over @B.',
    counterExample: 'There is an edge for @B.',
    form: isEdgeOver,
    verdict: 'not the object',
  },
  {
    example: 'I rate it above @B.',
    counterExample: 'I rate it below @B.',
    form: ({ object }) =>
      /^(?:it|this|that|them)$/.test(object?.between[0] ?? '') &&
      /^(?:above|over|to|before|ahead)$/.test(object?.between.at(-1) ?? ''),
    verdict: 'not the object',
    weak: true,
  },
  {
    example: 'I would choose @A.',
    counterExample: 'Both take no arguments; @A prints.',
    form: ({ object }) => object !== undefined,
    verdict: 'object',
  },
  {
    example: '@A is my pick.',
    counterExample: '@A is not my pick.',
    form: (choice) => choice.chooses === 'around' && hasSubject(choice),
    verdict: 'subject',
    weak: false,
  },
  {
    example: '@A is what I would merge.',
    counterExample: '@A is where I would merge.',
    form: (choice) =>
      choice.chooses !== undefined &&
      wordsBefore(choice.tokens, choice.at, 4).includes('what') &&
      hasSubject(choice),
    verdict: 'subject',
    weak: false,
  },
  {
    example: 'In the end, all in all @A.',
    counterExample: 'In the end, all of it is in @A.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      (isLast(tokens, at) || /^(?:because|since|as|for)$/.test(tokens[at + 1]?.word ?? '')) &&
      /(?:^| )(?:in the end|hence|therefore|overall|thus|all in all|so)$/.test(wordsBefore(tokens, at, 3)),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A by a hair.',
    counterExample: '@A by the hour.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      at === 0 &&
      /^(?:, )?(?:because|since|all the way|hands down|any day|without|no doubt|by (?:a|far)\b|for \w+ reasons?$)/.test(
        wordsAfter(tokens, at, 3),
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A, but only just.',
    counterExample: '@A, but only for lists.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      at === 0 &&
      /^,? ?(?:but )?(?:only |if )?(?:just|barely|narrowly|marginally) [.,;:]/.test(
        `${wordsAfter(tokens, at, 5)} .`,
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A is what I would use in production.',
    counterExample: '@A is what I would expect.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      /^is (?:what|the one|the answer|the version) (?:i|we)(?: would|'d) (?:use|keep|deploy|want|hand in|put)\b/.test(
        wordsAfter(tokens, at, 6),
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: 'If pressed, @A; they are nearly the same.',
    counterExample: 'If pressed, @A stops.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      isLast(tokens, at) &&
      /^(?:if (?:hard |really )?(?:pressed|forced|pushed)|if i (?:must|had to|have to) (?:choose|pick|decide)|when in doubt) ,$/.test(
        wordsBefore(tokens, at, 7),
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: 'Ever so slightly @A.',
    counterExample: 'It is slightly like @A.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      isLast(tokens, at) &&
      at <= 5 &&
      /(?:^| )(?:slightly|marginally|narrowly|barely|just|probably|definitely|clearly|easily|certainly)$/.test(
        wordsBefore(tokens, at, 2),
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: 'By a whisker, @A.',
    counterExample: 'By a loop, as in @A.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      isLast(tokens, at) &&
      at <= 5 &&
      /^by an? (?:[\w-]+ ){1,2},$/.test(wordsBefore(tokens, at, 5)),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A first, @B second.',
    counterExample: '@A first, then the list.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      at === 0 &&
      wordsAfter(tokens, at, 2) === 'first ,' &&
      tokens[at + 3]?.side !== undefined,
    verdict: 'name',
    weak: false,
  },
  {
    example: 'For me it would be @A.',
    counterExample: 'For me it would be in @A.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      isLast(tokens, at) &&
      /(?:^| )(?:it|this|that|winner|choice|answer|pick) (?:would be|is|was|will be|has to be|must be)$/.test(
        wordsBefore(tokens, at, 3),
      ),
    verdict: 'name',
    weak: false,
  },
  {
    example: 'Not a hard call: @A.',
    counterExample: 'Not a hard call for @B: @A.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      isLast(tokens, at) &&
      tokens[at - 1]?.word === ':' &&
      at <= longestClause &&
      tokens.slice(0, at).every(({ side }) => side === undefined),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A it is.',
    counterExample: '@A it is in.',
    form: ({ tokens, at, token }) =>
      token.side !== undefined &&
      wordsAfter(tokens, at, 2) === 'it is' &&
      ['.', '!', undefined].includes(tokens[at + 3]?.word),
    verdict: 'name',
    weak: false,
  },
  {
    example: '@A over @B.',
    counterExample: 'Nobody would want @A over @B.',
    form: ({ tokens, at, token }) =>
      token.word === 'over' &&
      tokens[at - 1]?.side !== undefined &&
      tokens[at + 1]?.side !== undefined &&
      !isRefused(tokens, at),
    verdict: 'name before',
    weak: false,
  },
];

/** "I prefer @B", "go with @A", "my preference is @B", "@A over @B". */
export function chosen(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const window = choiceAt(tokens, at, token);
  const row = choiceForms.find(({ form }) => form(window));
  const side = row === undefined ? undefined : chosenBy(row, window);
  return side === undefined
    ? undefined
    : { verdict: { kind: 'better', side }, weak: row?.weak ?? conceded(tokens, at) };
}

/** Whether a word asks for or states a choice, whatever its context. */
export function isChoosing(word: string): boolean {
  return choosingVerbs.has(word) || word === 'pick';
}

function choiceAt(tokens: readonly Token[], at: number, token: Token): Choice {
  const words = { word: token.word, next: tokens[at + 1]?.word ?? '' };
  const chooses = choosingForms.find(({ form }) => form(words))?.verdict;
  if (chooses === undefined) return { tokens, at, token };
  const subject = subjectBefore(tokens, at);
  const object = objectOf(tokens, at, subject !== undefined);
  return {
    tokens,
    at,
    token,
    chooses,
    ...(subject === undefined ? {} : { subject }),
    ...(object === undefined ? {} : { object }),
  };
}

function objectOf(tokens: readonly Token[], at: number, hasSubjectBefore: boolean): Choice['object'] {
  const offset = tokens.slice(at + 1, at + 1 + longestReach).findIndex(({ side }) => side !== undefined);
  const side = tokens[at + 1 + offset]?.side;
  if (offset < 0 || side === undefined) return undefined;
  const between = tokens.slice(at + 1, at + 1 + offset).map(({ word }) => word);
  if (between.some((word) => /^(?:because|[.;])$/.test(word))) return undefined;
  // "@B gets my vote: @A:3 drops …": what follows the colon is the reason.
  if (between.includes(':') && hasSubjectBefore) return undefined;
  return { side, at: at + 1 + offset, between };
}

function chosenBy({ verdict }: ChoiceForm, choice: Choice): Side | undefined {
  const { tokens, at, token, subject, object } = choice;
  switch (verdict) {
    case 'none':
      return undefined;
    case 'object':
      return object?.side;
    case 'not the object':
      return object === undefined ? undefined : other(object.side);
    case 'standard':
      return standardOf(choice);
    case 'subject':
      return subject?.side;
    case 'name':
      return token.side;
    case 'name before':
      return tokens[at - 1]?.side;
  }
}

function hasSubject({ tokens, at, subject }: Choice): boolean {
  return subject !== undefined && !negated(tokens, subject.at, at);
}

/** "… @B over @A": the second name, if it is the other answer. */
function standardOf({ tokens, object }: Choice): Side | undefined {
  if (object === undefined || tokens[object.at + 1]?.word !== 'over') return undefined;
  const standard = tokens[object.at + 2]?.side;
  return standard === object.side ? undefined : standard;
}

function isEdgeOver({ token, object }: Choice): boolean {
  return /^(?:edge|advantage)$/.test(token.word) && object?.between.at(-1) === 'over';
}

/** "Nobody would choose @A", "it would be a mistake to prefer @A"; but not "I have no hesitation in preferring @A". */
function isRejected({ tokens, at, object }: Choice): boolean {
  if (object === undefined) return false;
  const before = tokens.slice(Math.max(0, at - 3), at);
  if (before.some(({ word }) => /^(?:hesitation|doubt|qualms|trouble)$/.test(word))) return false;
  return before.some(({ word }) => negations.has(word)) || isRefused(tokens, at);
}

/** Whether the words before say that nobody chooses, or that the choice is a mistake. */
function isRefused(tokens: readonly Token[], at: number): boolean {
  return /\b(?:no one|nobody|noone|never|no reviewer|no reader|mistake to|wrong to|(?:would|could|do|did|can) not|wouldn't|couldn't|cannot|can't|don't)\b(?!.*,)/.test(
    wordsBefore(tokens, at, 8),
  );
}

function isLast(tokens: readonly Token[], at: number): boolean {
  return ['.', ',', ';', '!', undefined].includes(tokens[at + 1]?.word);
}
