import { chosen, isChoosing } from './choice.ts';
import { conceded } from './clauses.ts';
import { compared } from './comparison.ts';
import type { Form } from './form.ts';
import { impliedBy, soleIn } from './implied.ts';
import { measured, ranked } from './placings.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { bothForms, positive, sharedForms } from './sharedForms.ts';
import type { Said, Statement } from './statement.ts';
import { tokensOf, type Token } from './tokens.ts';

/** The verdict must come within this many sentences. */
const verdictSentences = 2;

/** A sentence, with the words of the question before it, if any. */
interface Opening {
  readonly tokens: readonly Token[];
  /** Place of the sentence in the text. */
  readonly at: number;
  readonly question: readonly Token[];
}

/** Sentences whose first word is a name, and the verdict with it. The examples are read as @A is better. */
export const nameForms: readonly Form<Opening, 'name'>[] = [
  {
    example: '@A. It awaits each save.',
    counterExample: '@A:3-9. It awaits each save.',
    form: ({ tokens: [name, ...rest], at }) =>
      at === 0 && name !== undefined && name.end - name.start <= 2 && rest.every(({ word }) => word === '.'),
    verdict: 'name',
  },
  {
    example: 'Which one would I merge? @A; it stops in time.',
    counterExample: 'Which one stops in time? @A; it has a guard.',
    form: ({ tokens: [, next], question }) =>
      question.some(({ word }) => isChoosing(word) || positive.has(word)) &&
      ['.', ',', ';', ':', undefined].includes(next?.word),
    verdict: 'name',
  },
];

/** The sentences that are searched for the verdict; a table before them is skipped. */
export function openingOf(text: string): Sentence[] {
  return sentencesOf(text)
    .filter((sentence) => !sentence.text.startsWith('|'))
    .slice(0, verdictSentences);
}

/** The characters of a sentence that are searched for a verdict: each word is compared with the words around it. */
const longestSentence = 4000;

function cut({ text, start, end }: Sentence): Sentence {
  return { text: text.slice(0, longestSentence), start, end: Math.min(end, start + longestSentence) };
}

/** Every verdict that the first sentences state, in order. */
export function verdictsIn(text: string): Statement[] {
  const opening = openingOf(text).map(cut);
  const said = opening.flatMap((sentence, at) => [...statementsOf(sentence), ...namedFirst(opening, at)]);
  return said.length > 0 ? said : impliedBy(opening);
}

/** An answer that the sentence names first, as the verdict of a sentence that has no other words of preference. */
function namedFirst(opening: readonly Sentence[], at: number): Statement[] {
  const sentence = opening[at]!;
  const [tokens, question] = [tokensOf(sentence.text), questionAt(opening[at - 1])];
  const name = tokens[0];
  if (name?.side === undefined || !nameForms.some(({ form }) => form({ tokens, at, question }))) return [];
  const [start, end] = [sentence.start + name.start, sentence.start + name.end];
  return [{ verdict: { kind: 'better', side: name.side }, weak: false, sentence, start, end }];
}

/** The words of a sentence that is a question. */
function questionAt(sentence: Sentence | undefined): readonly Token[] {
  return sentence !== undefined && /\?["'”’)*_]*$/.test(sentence.text) ? tokensOf(sentence.text) : [];
}

function statementsOf(sentence: Sentence): Statement[] {
  const tokens = tokensOf(sentence.text);
  const found: (Said & { token: Token })[] = [];
  tokens.forEach((token, at) => {
    const statement =
      ranked(tokens, at, token) ??
      compared(tokens, at, token) ??
      measured(tokens, at, token) ??
      chosen(tokens, at, token) ??
      shared(tokens, at, token);
    if (statement !== undefined) found.push({ ...statement, token });
  });
  const others = found.length > 0 ? [] : soleIn(tokens);
  return [...found, ...others].map(({ token, ...statement }) => ({
    ...statement,
    sentence,
    start: sentence.start + token.start,
    end: sentence.start + token.end,
  }));
}

/** Ties and "both bad": from a statement about both answers, else from "both answers are wrong" and "@A and @B work". */
function shared(tokens: readonly Token[], at: number, { word, side }: Token): Said | undefined {
  const weak = conceded(tokens, at);
  const after = tokens.slice(at + 1, at + 9).map((candidate) => candidate.word);
  const leading = tokens.slice(Math.max(0, at - 4), at).map((candidate) => candidate.word);
  const window = {
    word,
    before: leading.at(-1) ?? '',
    leading: leading.slice(leading.findLastIndex((before) => /^[,;:.]$/.test(before)) + 1),
    after,
  };
  const said = sharedForms.find(({ form }) => form(window));
  if (said !== undefined) {
    const isHint = said.isHint === true;
    return { verdict: { kind: said.verdict }, weak: weak || isHint, ...(isHint ? { hint: true } : {}) };
  }
  const isPair = side !== undefined && tokens[at + 1]?.word === 'and' && tokens[at + 2]?.side !== undefined;
  if (word !== 'both' && !isPair) return undefined;
  const clause = predicateOf(tokens.slice(at + 1, at + 12).map((next) => next.word));
  const both = bothForms.find(({ form }) => form(clause));
  return both === undefined ? undefined : { verdict: { kind: both.verdict }, weak: weak || both.weak };
}

/** The statement about both answers: the words up to the next clause. */
function predicateOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => word === ';' || word === 'but');
  return end === -1 ? words : words.slice(0, end);
}
