import type { Side } from '../preference.ts';
import {
  conceded,
  longestClause,
  narrowed,
  narrowing,
  negated,
  negations,
  objectAfter,
  subjectBefore,
  wordsAfter,
  wordsBefore,
} from './clauses.ts';
import { impliedBy } from './implied.ts';
import { measured, placed } from './placings.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { other, type Said, type Statement } from './statement.ts';
import { tokensOf, type Token } from './tokens.ts';

/** How many sentences a reader waits for the verdict. */
const verdictSentences = 2;

const positive = new Set(
  'better stronger superior preferable preferred best wins won winner ahead win favored favoured cleaner safer'.split(
    ' ',
  ),
);
const negative = new Set('worse weaker inferior loses lost worst behind poorer'.split(' '));
const beats = new Set(
  'beats outperforms surpasses outclasses trumps dominates edges outranks outdoes bests outshines eclipses tops'.split(
    ' ',
  ),
);
/** Words that tell of a contest only where no object of another kind follows. */
const contested = new Set('loses lost behind ahead wins won win'.split(' '));
const contest = new Set(
  'to by here out because since on for overall over against clearly and as hands easily of in this the_day'.split(
    ' ',
  ),
);
const choosing = new Set(
  'prefer preferring choose chose choosing pick picked picking favor favour favoring favouring recommend recommending select selected selecting take taking ship merge rank ranked rate rated approve approving'.split(
    ' ',
  ),
);
const bad = new Set(
  'bad wrong incorrect unacceptable unusable broken fail fails poor useless flawed unsafe invalid unsatisfactory inadequate'.split(
    ' ',
  ),
);
const good = new Set(
  'correct acceptable usable right works work good solves solve passes pass adequate satisfactory valid suitable compiles compile runs run'.split(
    ' ',
  ),
);

/** The sentences in which the verdict is looked for; a table may stand before them. */
export function openingOf(text: string): Sentence[] {
  return sentencesOf(text)
    .filter((sentence) => !sentence.text.startsWith('|'))
    .slice(0, verdictSentences);
}

/** What the first sentences say of the answers, each statement on its own, in order. */
export function verdictsIn(text: string): Statement[] {
  const opening = openingOf(text);
  const said = opening.flatMap((sentence, at) => [
    ...alone(sentence, at),
    ...statementsOf(sentence),
    ...answered(opening[at - 1], sentence),
  ]);
  return said.length > 0 ? said : impliedBy(opening);
}

/** "@B. It awaits each save …": a first sentence that is a name and nothing else. */
function alone(sentence: Sentence, at: number): Statement[] {
  const [name, ...rest] = tokensOf(sentence.text);
  if (
    at > 0 ||
    name?.side === undefined ||
    name.end - name.start > 2 ||
    rest.some(({ word }) => word !== '.')
  )
    return [];
  const [start, end] = [sentence.start + name.start, sentence.start + name.end];
  return [{ verdict: { kind: 'better', side: name.side }, weak: false, sentence, start, end }];
}

/** "Which one would I merge? @B, without a second thought." */
function answered(question: Sentence | undefined, sentence: Sentence): Statement[] {
  if (question === undefined || !/\?["'”’)*_]*$/.test(question.text)) return [];
  const asks = tokensOf(question.text).some(({ word }) => choosing.has(word) || positive.has(word));
  const [side, after] = tokensOf(sentence.text);
  if (!asks || side?.side === undefined || !['.', ',', ';', ':', undefined].includes(after?.word)) return [];
  const [start, end] = [sentence.start + side.start, sentence.start + side.end];
  return [{ verdict: { kind: 'better', side: side.side }, weak: false, sentence, start, end }];
}

function statementsOf(sentence: Sentence): Statement[] {
  const tokens = tokensOf(sentence.text);
  const found: (Said & { token: Token })[] = [];
  tokens.forEach((token, at) => {
    const statement =
      placed(tokens, at, token) ??
      comparison(tokens, at, token) ??
      measured(tokens, at, token) ??
      choice(tokens, at, token) ??
      shared(tokens, at, token);
    if (statement !== undefined) found.push({ ...statement, token });
  });
  const others = found.length > 0 ? [] : implications(tokens);
  return [...found, ...others].map(({ token, ...statement }) => ({
    ...statement,
    sentence,
    start: sentence.start + token.start,
    end: sentence.start + token.end,
  }));
}

/** "@A is better", "@B is worse than @A", "@A beats @B", "@A > @B", "the better answer is @B". */
function comparison(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const sign = signOf(token);
  if (sign === undefined || takesObject(token, tokens[at + 1]?.word)) return undefined;
  const subject =
    subjectBefore(tokens, at) ??
    (token.word === '>' || token.word === '<' ? undefined : objectAfter(tokens, at));
  if (subject === undefined || negated(tokens, subject.at, at)) return undefined;
  // "In no respect is @A better than @B."
  if (
    /^(?:is|does|was)$/.test(tokens[subject.at - 1]?.word ?? '') &&
    negated(tokens, subject.at - 5, subject.at)
  )
    return { verdict: { kind: 'better', side: other(subject.side) }, weak: true, hint: true };
  const side = sign === (subject.afterThan ? -1 : 1) ? subject.side : other(subject.side);
  const isConceded = conceded(tokens, at);
  return {
    verdict: { kind: 'better', side },
    weak: narrowed(tokens, at) || isConceded,
    ...(isConceded ? { hint: true } : {}),
  };
}

/** "@A:3 loses the last block" and "leaves a file behind it" tell of the code, and of no contest. */
function takesObject({ word }: Token, next: string | undefined): boolean {
  return contested.has(word) && next !== undefined && !/^[^\p{L}]/u.test(next) && !contest.has(next);
}

function signOf({ word, side }: Token): 1 | -1 | undefined {
  if (side !== undefined) return undefined;
  if (positive.has(word) || beats.has(word) || /^>+$/.test(word)) return 1;
  return negative.has(word) || /^<+$/.test(word) ? -1 : undefined;
}

/** "I prefer @B", "go with @A", "my preference is @B", "@A over @B". */
function choice(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const next = (from: number) =>
    tokens.slice(from, from + 5).findIndex((candidate) => candidate.side !== undefined);
  const chooses =
    choosing.has(token.word) ||
    (['go', 'going', 'side', 'went', 'goes'].includes(token.word) &&
      ['with', 'for', 'to'].includes(tokens[at + 1]?.word ?? '')) ||
    (/^(?:lean|leans|leaning|tilt|tilts|incline|inclined|tend)$/.test(token.word) &&
      /^(?:towards?|to)$/.test(tokens[at + 1]?.word ?? '')) ||
    (token.word === 'give' && tokens[at + 1]?.word === 'me') ||
    // An edge case is no edge.
    (token.word === 'edge' && !/^(?:cases?|conditions?)$/.test(tokens[at + 1]?.word ?? '')) ||
    ['preference', 'verdict', 'vote', 'choice', 'pick', 'advantage', 'decision'].includes(token.word);
  if (chooses) {
    const offset = next(at + 1);
    const side = tokens[at + 1 + offset]?.side;
    const between = tokens.slice(at + 1, at + 1 + offset);
    const chosenBefore = subjectBefore(tokens, at);
    if (
      offset >= 0 &&
      side !== undefined &&
      !between.some(({ word }) => word === 'because' || word === '.') &&
      // "@B gets my vote: @A:3 drops …": what follows the colon is the reason.
      !(between.some(({ word }) => word === ':') && chosenBefore !== undefined)
    ) {
      if (between.some(({ word }) => word === 'between')) return undefined;
      const before = tokens.slice(Math.max(0, at - 3), at);
      // "I have no hesitation in preferring @B."
      const isSure = before.some(({ word }) => /^(?:hesitation|doubt|qualms|trouble)$/.test(word));
      // "Nobody would choose @A", "it would be a mistake to prefer @A": the other one then.
      if (!isSure && (before.some(({ word }) => negations.has(word)) || isRefused(tokens, at)))
        return refusal(tokens, at + 1 + offset, side);
      // "@A has an edge over @B": ahead of it.
      if (/^(?:edge|advantage)$/.test(token.word) && between.at(-1)?.word === 'over')
        return {
          verdict: { kind: 'better', side: chosenBefore?.side ?? other(side) },
          weak: conceded(tokens, at),
        };
      // "I rate it above @A", "I prefer it to @A": what is chosen is the other one.
      if (
        /^(?:it|this|that|them)$/.test(between[0]?.word ?? '') &&
        /^(?:above|over|to|before|ahead)$/.test(between.at(-1)?.word ?? '')
      )
        return { verdict: { kind: 'better', side: other(side) }, weak: true };
      return { verdict: { kind: 'better', side }, weak: conceded(tokens, at) };
    }
    // "@B gets my vote", "@B is my choice", "@B has the edge", "@B is what I would merge"
    const names =
      ['vote', 'choice', 'pick', 'edge'].includes(token.word) || wordsBefore(tokens, at, 4).includes('what');
    if (names && chosenBefore !== undefined && !negated(tokens, chosenBefore.at, at))
      return { verdict: { kind: 'better', side: chosenBefore.side }, weak: false };
  }
  if (token.side !== undefined && isNamedAlone(tokens, at))
    return { verdict: { kind: 'better', side: token.side }, weak: false };
  if (token.word === 'over' && tokens[at - 1]?.side !== undefined && tokens[at + 1]?.side !== undefined) {
    if (isRefused(tokens, at)) return undefined;
    return { verdict: { kind: 'better', side: tokens[at - 1]!.side! }, weak: false };
  }
  return undefined;
}

/** Whether what is chosen is chosen by nobody, or by mistake. */
function isRefused(tokens: readonly Token[], at: number): boolean {
  return /\b(?:no one|nobody|noone|never|no reviewer|no reader|mistake to|wrong to|(?:would|could|do|did|can) not|wouldn't|couldn't|cannot|can't|don't)\b(?!.*,)/.test(
    wordsBefore(tokens, at, 8),
  );
}

/** "I would never choose @A over @B": the second of two that are named, as far as that goes. */
function refusal(tokens: readonly Token[], at: number, side: Side): Said | undefined {
  const standard = tokens[at + 1]?.word === 'over' ? tokens[at + 2]?.side : undefined;
  return standard === undefined || standard === side
    ? undefined
    : { verdict: { kind: 'better', side: standard }, weak: true };
}

/** "… it would be @B.", "Not a hard call: @B.", "@A it is.": a name as the answer to what stands before it. */
function isNamedAlone(tokens: readonly Token[], at: number): boolean {
  const isLast = ['.', ',', ';', '!', undefined].includes(tokens[at + 1]?.word);
  const before = wordsBefore(tokens, at, 3);
  const reasons = isLast || /^(?:because|since|as|for)$/.test(tokens[at + 1]?.word ?? '');
  if (reasons && /(?:^| )(?:in the end|hence|therefore|overall|thus|all in all|so)$/.test(before))
    return true;
  if (
    at === 0 &&
    /^(?:, )?(?:because|since|all the way|hands down|any day|without|no doubt|by (?:a|far)\b|for \w+ reasons?$)/.test(
      wordsAfter(tokens, at, 3),
    )
  )
    return true;
  // "By a whisker, @B."
  if (
    isLast &&
    at <= 5 &&
    /^by an? (?:[\w-]+ ){1,2},$/.test(wordsBefore(tokens, at, 5).replace(/ ?,$/, ' ,'))
  )
    return true;
  // "@B first, @A second."
  if (at === 0 && wordsAfter(tokens, at, 2) === 'first ,' && tokens[at + 3]?.side !== undefined) return true;
  if (
    isLast &&
    /(?:^| )(?:it|this|that|winner|choice|answer|pick) (?:would be|is|was|will be|has to be|must be)$/.test(
      before,
    )
  )
    return true;
  if (isLast && tokens[at - 1]?.word === ':' && at <= longestClause)
    return tokens.slice(0, at).every(({ side }) => side === undefined);
  return wordsAfter(tokens, at, 2) === 'it is' && ['.', '!', undefined].includes(tokens[at + 3]?.word);
}

/** Ways to say that neither is ahead, by several words. */
const evenly =
  /^(?:wash\b|too close to call|dead heat|coin flip|level pegging|same quality|call it even|nothing (?:separates|in it|between|to choose)|(?:come|comes|came) out (?:level|even|equal)|(?:cannot|can't|couldn't) separate)/;

/** Ties and "both bad": "equally good", "it is a tie", "both answers are wrong", "neither works". */
function shared(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const { word } = token;
  const after = tokens.slice(at + 1, at + 9).map((candidate) => candidate.word);
  const weak = conceded(tokens, at);
  if (
    [
      'tie',
      'tied',
      'draw',
      'toss-up',
      'indistinguishable',
      'equivalent',
      'interchangeable',
      'par',
      'identical',
    ].includes(word)
  ) {
    return { verdict: { kind: 'tie' }, weak };
  }
  if (
    evenly.test([word, ...after.slice(0, 3)].join(' ')) ||
    (at === 0 && /^even [,.:;–—-]/.test(`even ${after[0]}`) && word === 'even')
  )
    return { verdict: { kind: 'tie' }, weak };
  if (word === 'equally' || (word === 'equal' && !after.includes('to'))) {
    return { verdict: { kind: after.some((next) => bad.has(next)) ? 'both-bad' : 'tie' }, weak };
  }
  if (word === 'good' && /^as (?:each other|one another|the other)/.test(after.join(' ')))
    return { verdict: { kind: 'tie' }, weak };
  if (
    word === 'two' &&
    bad.has(after[0] ?? '') &&
    /^(?:answers|solutions|responses|queries)$/.test(after[1] ?? '')
  )
    return { verdict: { kind: 'both-bad' }, weak };
  if (
    word === 'no' &&
    after.slice(0, 3).some((next) => next === 'winner' || next === 'difference' || next === 'preference')
  ) {
    return { verdict: { kind: 'tie' }, weak };
  }
  if (word === 'neither' && after.some((next) => positive.has(next)))
    return { verdict: { kind: 'tie' }, weak };
  if (word === 'neither' && after.some((next) => good.has(next)))
    return { verdict: { kind: 'both-bad' }, weak };
  if (
    word === 'neither' &&
    /^(?:accept|approve|merge|ship|recommend|take|use)$/.test(tokens[at - 1]?.word ?? '')
  )
    return { verdict: { kind: 'both-bad' }, weak };
  if (
    /^(?:deserve|get|earn|merit|score)$/.test(word) &&
    /^the same (?:mark|marks|score|scores|points)\b/.test(after.join(' '))
  )
    return { verdict: { kind: 'tie' }, weak };
  const both =
    word === 'both' ||
    (token.side !== undefined && tokens[at + 1]?.word === 'and' && tokens[at + 2]?.side !== undefined);
  if (!both) return undefined;
  const cut = tokens.slice(at + 1, at + 12).findIndex((next) => next.word === ';' || next.word === 'but');
  const clause = tokens.slice(at + 1, cut === -1 ? at + 12 : at + 1 + cut).map((next) => next.word);
  const fault = clause.findIndex(
    (next, place) => bad.has(next) || (next === 'fall' && clause[place + 1] === 'short'),
  );
  // "Both are wrong on negative sizes" speaks of one aspect.
  if (fault >= 0)
    return { verdict: { kind: 'both-bad' }, weak: weak || narrowing.has(clause[fault + 1] ?? '') };
  // "Both split the work over two files" praises nothing.
  if (
    clause.some((next, place) => good.has(next) && clause[place - 1] !== 'the') &&
    !clause.some((next) => negations.has(next))
  )
    return { verdict: { kind: 'tie' }, weak: true };
  return undefined;
}

/** Sentences that name no comparison but leave only one answer standing: "Only @B returns …". */
function implications(tokens: readonly Token[]): (Said & { token: Token })[] {
  const only = tokens.findIndex(({ word }, at) => word === 'only' && tokens[at + 1]?.side !== undefined);
  if (only >= 0) return [implied(tokens[only + 1]!)];
  // "@A is the one that …"
  const one = tokens.findIndex(
    ({ side }, at) => side !== undefined && wordsAfter(tokens, at, 3) === 'is the one',
  );
  return one >= 0 ? [implied(tokens[one]!)] : [];
}

function implied(token: Token): Said & { token: Token } {
  return { verdict: { kind: 'better', side: token.side! }, weak: true, token };
}
