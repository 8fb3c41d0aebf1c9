import type { Side } from '../preference.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { tokensOf, type Token } from './tokens.ts';

/** What a rationale says of the two answers. */
export type Verdict =
  { readonly kind: 'better'; readonly side: Side } | { readonly kind: 'tie' } | { readonly kind: 'both-bad' };

/** A verdict where it is said. A weak one speaks of one aspect, stands in a concession, or only implies. */
export interface Statement {
  readonly verdict: Verdict;
  readonly weak: boolean;
  /** Too little to hold against a preference: given away ("although …"), or said by no word of preference. */
  readonly hint?: boolean;
  readonly sentence: Sentence;
  /** Where the word stands that says it. */
  readonly start: number;
  readonly end: number;
}

/** A statement before it has a place. */
type Said = Pick<Statement, 'verdict' | 'weak' | 'hint'>;

/** How far back the beginning of a clause is looked for, in words and marks. */
const longestClause = 60;

/** How many sentences a reader waits for the verdict. */
const verdictSentences = 2;

const positive = new Set(
  'better stronger superior preferable preferred best wins won winner ahead win favored favoured cleaner safer'.split(
    ' ',
  ),
);
const negative = new Set('worse weaker inferior loses lost worst behind poorer'.split(' '));
const beats = new Set(
  'beats outperforms surpasses outclasses trumps dominates edges outranks outdoes bests'.split(' '),
);
const choosing = new Set(
  'prefer preferring choose chose choosing pick picked picking favor favour favoring favouring recommend recommending select selected selecting take taking ship merge rank ranked rate rated'.split(
    ' ',
  ),
);
const negations = new Set(
  "not no never hardly neither isn't wasn't doesn't don't cannot can't wouldn't nor".split(' '),
);
const concessions = new Set(
  'although though while whereas despite even albeit granted admittedly'.split(' '),
);
/** Words after "better" that narrow it to one aspect. */
const narrowing = new Set('at in on for regarding with when where'.split(' '));
/** … unless what follows makes it whole again. */
const whole = new Set('every all both general total overall most the_whole any'.split(' '));
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

/** Words that praise an answer's work, and those that find it wanting. */
const praise = new Set(
  'correct right works follows passes handles solves complete honours honors respects safe valid copes keeps meets survives delivers'.split(
    ' ',
  ),
);
const faulty = new Set(
  'fails fail wrong misses ignores breaks crashes errors loses drops lacks violates forgets forgot broken incorrect unsafe mishandles overflows panics hangs'.split(
    ' ',
  ),
);
const wanting = new Set(
  'neither reject miss misses lack ignore drop fail forget omit lose violate misread share break'.split(' '),
);

/** What two sentences without a word of preference leave no doubt of: "@B does what is asked, @A does not". */
function impliedBy(opening: readonly Sentence[]): Statement[] {
  const place = opening[0];
  if (place === undefined) return [];
  const tokens = opening.flatMap((sentence) => tokensOf(sentence.text));
  const hint = (verdict: Verdict): Statement[] => [
    { verdict, weak: true, hint: true, sentence: place, start: place.start, end: place.start },
  ];
  const first = tokens[0]?.word;
  const rejects = tokens.some(({ word }, at) => word === 'both' && wanting.has(tokens[at - 1]?.word ?? ''));
  const shares =
    first === 'both' && tokens.slice(1, 5).some(({ word, side }) => side === undefined && wanting.has(word));
  const none = first === 'none' && tokens[1]?.word === 'of';
  const they = first === 'they' && tokens.slice(1, 4).some(({ word }) => wanting.has(word));
  if (first === 'neither' || none || they || rejects || shares) return hint({ kind: 'both-bad' });
  const [a, b] = [creditOf('A', tokens), creditOf('B', tokens)];
  if (a === undefined || b === undefined || a === b) return [];
  return hint({ kind: 'better', side: a > b ? 'A' : 'B' });
}

/** How much more an answer is praised than found wanting; `undefined` where it is not named. */
function creditOf(side: Side, tokens: readonly Token[]): number | undefined {
  const named = tokens.flatMap((token, at) => (token.side === side ? [at] : []));
  if (named.length === 0) return undefined;
  return named.reduce((sum, at) => sum + creditAt(tokens, at), 0);
}

/** What the few words behind a name say of it, before the next name. */
function creditAt(tokens: readonly Token[], at: number): number {
  const next = tokens.slice(at + 1, at + 9);
  const end = next.findIndex(({ side, word }) => side !== undefined || word === ';' || word === '.');
  const words = next.slice(0, end === -1 ? next.length : end).map(({ word }) => word);
  const sign = words.some((word) => negations.has(word)) ? -1 : 1;
  const does = words.indexOf('does');
  if (does >= 0 && /^(?:what|what's|everything|all|exactly)$/.test(words[does + 1] ?? '')) return sign;
  if (words.some((word) => faulty.has(word))) return -sign;
  // "Right on lists only" is less than "right".
  return words.some((word) => praise.has(word)) ? (words.includes('only') ? sign / 2 : sign) : 0;
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
    const statement = comparison(tokens, at, token) ?? choice(tokens, at, token) ?? shared(tokens, at, token);
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
  if (sign === undefined) return undefined;
  const subject =
    subjectBefore(tokens, at) ??
    (token.word === '>' || token.word === '<' ? undefined : objectAfter(tokens, at));
  if (subject === undefined || negated(tokens, subject.at, at)) return undefined;
  const side = sign === (subject.afterThan ? -1 : 1) ? subject.side : other(subject.side);
  const isConceded = conceded(tokens, at);
  return {
    verdict: { kind: 'better', side },
    weak: narrowed(tokens, at) || isConceded,
    ...(isConceded ? { hint: true } : {}),
  };
}

function signOf({ word, side }: Token): 1 | -1 | undefined {
  if (side !== undefined) return undefined;
  if (positive.has(word) || beats.has(word) || /^>+$/.test(word)) return 1;
  return negative.has(word) || /^<+$/.test(word) ? -1 : undefined;
}

/** The side that the words before a comparative speak of: the last one of its clause that is not its standard. */
function subjectBefore(
  tokens: readonly Token[],
  at: number,
): { side: Side; at: number; afterThan: boolean } | undefined {
  for (let place = at - 1; place >= 0 && at - place <= 14; place -= 1) {
    const { side, word } = tokens[place]!;
    if (side !== undefined) {
      const before = tokens[place - 1]?.word;
      // "better than @A, @B …": the side after "than" is the standard of an earlier comparison.
      if (before === 'than' || before === 'over') continue;
      // "@A and @B are better …" speaks of both.
      if ((before === 'and' || before === 'or') && tokens[place - 2]?.side !== undefined) return undefined;
      return { side, at: place, afterThan: false };
    }
    if (word === ';' || ((word === 'but' || word === 'because' || word === 'since') && place < at - 1))
      return undefined;
  }
  return undefined;
}

/** "the better answer is @B", "winner: @B", "better than @A": the side that stands after a comparative. */
function objectAfter(
  tokens: readonly Token[],
  at: number,
): { side: Side; at: number; afterThan: boolean } | undefined {
  for (let place = at + 1; place < tokens.length && place - at <= 6; place += 1) {
    const { side, word } = tokens[place]!;
    if (side !== undefined) return { side, at: place, afterThan: tokens[place - 1]?.word === 'than' };
    if ([';', '.', ',', 'because', 'since', 'but'].includes(word)) return undefined;
  }
  return undefined;
}

/** "I prefer @B", "go with @A", "my preference is @B", "@A over @B". */
function choice(tokens: readonly Token[], at: number, token: Token): Said | undefined {
  const next = (from: number) =>
    tokens.slice(from, from + 5).findIndex((candidate) => candidate.side !== undefined);
  const chooses =
    choosing.has(token.word) ||
    (['go', 'going', 'side', 'went', 'goes'].includes(token.word) &&
      ['with', 'for', 'to'].includes(tokens[at + 1]?.word ?? '')) ||
    (token.word === 'give' && tokens[at + 1]?.word === 'me') ||
    ['preference', 'verdict', 'vote', 'choice', 'pick', 'edge', 'advantage'].includes(token.word);
  if (chooses) {
    const offset = next(at + 1);
    const side = tokens[at + 1 + offset]?.side;
    const between = tokens.slice(at + 1, at + 1 + offset);
    if (
      offset >= 0 &&
      side !== undefined &&
      !between.some(({ word }) => word === 'because' || word === '.')
    ) {
      if (tokens.slice(Math.max(0, at - 3), at).some(({ word }) => negations.has(word))) return undefined;
      // "I rate it above @A", "I prefer it to @A": what is chosen is the other one.
      if (
        /^(?:it|this|that|them)$/.test(between[0]?.word ?? '') &&
        /^(?:above|over|to|before|ahead)$/.test(between.at(-1)?.word ?? '')
      )
        return { verdict: { kind: 'better', side: other(side) }, weak: true };
      return { verdict: { kind: 'better', side }, weak: conceded(tokens, at) };
    }
    // "@B gets my vote", "@B is my choice"
    const subject = ['vote', 'choice', 'pick'].includes(token.word) ? subjectBefore(tokens, at) : undefined;
    if (subject !== undefined && !negated(tokens, subject.at, at))
      return { verdict: { kind: 'better', side: subject.side }, weak: false };
  }
  if (token.side !== undefined && isNamedAlone(tokens, at))
    return { verdict: { kind: 'better', side: token.side }, weak: false };
  if (token.word === 'over' && tokens[at - 1]?.side !== undefined && tokens[at + 1]?.side !== undefined) {
    return { verdict: { kind: 'better', side: tokens[at - 1]!.side! }, weak: false };
  }
  return undefined;
}

/** "… it would be @B.", "Not a hard call: @B.", "@A it is.": a name as the answer to what stands before it. */
function isNamedAlone(tokens: readonly Token[], at: number): boolean {
  const isLast = ['.', ',', ';', '!', undefined].includes(tokens[at + 1]?.word);
  const before = wordsBefore(tokens, at, 3);
  const reasons = isLast || /^(?:because|since|as|for)$/.test(tokens[at + 1]?.word ?? '');
  if (reasons && /(?:^| )(?:in the end|hence|therefore|overall|thus|all in all|so)$/.test(before))
    return true;
  if (at === 0 && /^(?:, )?(?:because|since|all the way|hands down|any day)/.test(wordsAfter(tokens, at, 3)))
    return true;
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

function wordsBefore(tokens: readonly Token[], at: number, count: number): string {
  return tokens
    .slice(Math.max(0, at - count), at)
    .map(({ word }) => word)
    .join(' ');
}

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
  const both =
    word === 'both' ||
    (token.side !== undefined && tokens[at + 1]?.word === 'and' && tokens[at + 2]?.side !== undefined);
  if (!both) return undefined;
  const cut = tokens.slice(at + 1, at + 12).findIndex((next) => next.word === ';' || next.word === 'but');
  const clause = tokens.slice(at + 1, cut === -1 ? at + 12 : at + 1 + cut).map((next) => next.word);
  const fault = clause.findIndex((next) => bad.has(next));
  // "Both are wrong on negative sizes" speaks of one aspect.
  if (fault >= 0)
    return { verdict: { kind: 'both-bad' }, weak: weak || narrowing.has(clause[fault + 1] ?? '') };
  if (clause.some((next) => good.has(next)) && !clause.some((next) => negations.has(next)))
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

function wordsAfter(tokens: readonly Token[], at: number, count: number): string {
  return tokens
    .slice(at + 1, at + 1 + count)
    .map(({ word }) => word)
    .join(' ');
}

function negated(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(Math.min(from, to), Math.max(from, to)).some(({ word }) => negations.has(word));
}

/** Whether "better" is better at one thing only: "better at naming", but not "better in every way". */
function narrowed(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.word ?? '';
  return narrowing.has(next) && !tokens.slice(at + 2, at + 5).some(({ word }) => whole.has(word));
}

/** Whether the clause is given away: "although @A is better at …, @B …". */
function conceded(tokens: readonly Token[], at: number): boolean {
  for (let place = at - 1; place >= 0 && at - place <= longestClause; place -= 1) {
    const { word } = tokens[place]!;
    if (word === ',' || word === ';') return false;
    if (concessions.has(word)) return true;
  }
  return false;
}

function other(side: Side): Side {
  return side === 'A' ? 'B' : 'A';
}
