import type { Side } from '../task/side.ts';
import type { Form } from './form.ts';

/** A word of a clause that is relevant to a claim. The mark of a case has the case's id. */
export interface Mark {
  readonly kind: 'side' | 'both' | 'neither' | 'verb' | 'case' | 'break' | 'join' | 'place' | 'word';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly side?: Side;
  readonly caseId?: string;
  readonly passes?: boolean;
}

/** A form that is looked for in the text itself. */
export interface TextForm<Verdict> extends Omit<Form<string, Verdict>, 'form'> {
  readonly form: RegExp;
}

function words(alternatives: string): RegExp {
  return new RegExp(String.raw`\b(?:${alternatives})\b`, 'i');
}

/** Words that make a claim conditional, a suggestion or somebody else's statement: the author then claims nothing. */
export const hedgeForms: readonly TextForm<'none'>[] = [
  {
    example: '@A could pass @case:t1.',
    counterExample: '@A does pass @case:t1.',
    form: words('would|could|might|may|should|must|ought'),
    verdict: 'none',
  },
  {
    example: '@A passes @case:t1 if the list is empty.',
    counterExample: '@A passes @case:t1 even if the list is empty.',
    form: words('(?<!even )if|unless|until|without|as long as|whether'),
    verdict: 'none',
  },
  {
    example: 'It is expected that @A passes @case:t1.',
    counterExample: 'It is clear that @A passes @case:t1.',
    form: words('supposed|claims?|expect(?:s|ed)?|want(?:s|ed)?'),
    verdict: 'none',
  },
  {
    example: 'It seems @A passes @case:t1.',
    counterExample: 'It stops, @A passes @case:t1.',
    form: words('seems?|appears?|likely|probably|perhaps|maybe'),
    verdict: 'none',
  },
  {
    example: '@A passes almost @case:t1.',
    counterExample: '@A passes also @case:t1.',
    form: words('almost|nearly|try|tries|tried'),
    verdict: 'none',
  },
  {
    example: 'Earlier @A passes @case:t1.',
    counterExample: 'Here @A passes @case:t1.',
    form: words('before|once|after|earlier|first run|previous(?:ly)?|used to'),
    verdict: 'none',
  },
  {
    example: 'Apart from the time @A passes @case:t1.',
    counterExample: 'At the same time @A passes @case:t1.',
    form: words(
      'apart from|except(?:ing)?|with the exception|save for|other than|besides|(?:cases?|tests?|checks?|all|everything) but',
    ),
    verdict: 'none',
  },
  {
    example: '@A and @B pass @case:t1, respectively.',
    counterExample: '@B prints, @A passes @case:t1, evidently.',
    form: words('respectively'),
    verdict: 'none',
  },
  {
    example: 'How @A passes @case:t1.',
    counterExample: 'Here @A passes @case:t1.',
    form: words('how|why|because of|only because'),
    verdict: 'none',
  },
  {
    example: '@A passes @case:t1?',
    counterExample: '@A passes @case:t1!',
    form: /\?/,
    verdict: 'none',
  },
];

/** Sentences that make a claim about the cases that they do not name. */
export const exceptionForms: readonly TextForm<'none'>[] = [
  {
    example: 'All cases save @case:t1 pass on @A.',
    counterExample: 'All of them and @case:t1 pass on @A.',
    form: /\b(?:all|every|each|no)\b[^.,;]{0,20}? (?:cases?|tests?|checks?|ones?) (?:but|except|save|bar)\b/i,
    verdict: 'none',
  },
];

/** Verbs of a claim, tried at the start of the rest of a sentence after words that may deny the verb. */
export const verbForms: readonly TextForm<'passes' | 'fails'>[] = [
  {
    example: '@A passes @case:t1.',
    counterExample: '@A prints a passage of @case:t1.',
    form: /^pass(?:es|ed|ing)?/i,
    verdict: 'passes',
  },
  {
    example: '@A succeeds on @case:t1.',
    counterExample: '@A is successful on @case:t1.',
    form: /^succeed(?:s|ed)?/i,
    verdict: 'passes',
  },
  {
    example: '@A satisfies @case:t1.',
    counterExample: '@A saturates @case:t1.',
    form: /^satisf(?:y|ies|ied)/i,
    verdict: 'passes',
  },
  {
    example: '@A fails @case:t1.',
    counterExample: '@A logs the failures of @case:t1.',
    form: /^fail(?:s|ed|ing)?/i,
    verdict: 'fails',
  },
  {
    example: '@A crashes on @case:t1.',
    counterExample: '@A crashes the loop on @case:t1.',
    form: /^crash(?:es|ed)? (?=on\b|in\b|at\b|for\b|with\b|@)/i,
    verdict: 'fails',
  },
  {
    example: '@A times out on @case:t1.',
    counterExample: '@A times the loop on @case:t1.',
    form: /^(?:times out|timed out)/i,
    verdict: 'fails',
  },
  {
    example: '@case:t1 is green for @A.',
    counterExample: '@case:t1 is great for @A.',
    form: /^(?:is|are|was|were|turns?|turned|stays?|remains?)(?: not|n['’]t)? green\b/i,
    verdict: 'passes',
  },
  {
    example: '@case:t1 is red for @A.',
    counterExample: '@case:t1 is read by @A.',
    form: /^(?:is|are|was|were|turns?|turned|stays?|remains?)(?: not|n['’]t)? red\b/i,
    verdict: 'fails',
  },
];

/** Words that deny the verb after them, or in which a verb with its state is denied. */
export const denialForms: readonly TextForm<'denied'>[] = [
  {
    example: '@A does not pass @case:t1.',
    counterExample: '@A does pass @case:t1.',
    form: /^(?:(?:does|do|did|would|can|could)(?: not|n['’]t)|cannot|never) (?:even |actually |really )?/i,
    verdict: 'denied',
  },
  {
    example: '@case:t1 is not green for @A.',
    counterExample: '@case:t1 is now green for @A, @A passes @case:t1.',
    form: /^\w+(?: not|n['’]t) (?=green|red)/i,
    verdict: 'denied',
  },
];

interface WordAtPlace {
  readonly word: string;
  /** The text from the word on. */
  readonly rest: string;
}

/** Words that structure a clause, with the kind of their mark. */
export const wordForms: readonly Form<
  WordAtPlace,
  'side' | 'both' | 'neither' | 'break' | 'join' | 'place'
>[] = [
  // A capital A before a noun is the article.
  {
    example: 'A passes @case:t1.',
    counterExample: 'A loop passes @case:t1.',
    form: ({ word, rest }) =>
      word === 'B' || (word === 'A' && /^A (?:and|fails|passes|failed|passed|does|also|only)\b/.test(rest)),
    verdict: 'side',
  },
  {
    example: 'Both pass @case:t1.',
    counterExample: 'Two pass @case:t1.',
    form: ({ word }) => /^both$/i.test(word),
    verdict: 'both',
  },
  {
    example: 'Neither passes @case:t1.',
    counterExample: 'Either passes @case:t1.',
    form: ({ word }) => /^neither$/i.test(word),
    verdict: 'neither',
  },
  {
    example: '@A passes @case:t1 but fails.',
    counterExample: '@A passes @case:t1 then fails.',
    form: ({ word }) => /^(?:but|while|whereas|although|though|because|since|so|which|where)$/i.test(word),
    verdict: 'break',
  },
  {
    example: '@A and @B pass @case:t1.',
    counterExample: '@A like @B passes @case:t1.',
    form: ({ word }) => /^(?:and|nor|or)$/i.test(word),
    verdict: 'join',
  },
  {
    example: '@case:t1 passes on @A.',
    counterExample: '@case:t1 passes like @A.',
    form: ({ word }) => /^(?:for|on|in|with|under|by)$/i.test(word),
    verdict: 'place',
  },
];

/** The only words that may come between a subject and its verb. */
export const adverb =
  /^(?:also|even|actually|only|just|correctly|clearly|simply|still|both|again|cleanly|silently|badly|all|then|alone|too|and|already|easily|on|in|at|for|with|of|the|case|cases|test|tests|it|,|however|instead|answers|sides|solutions|versions|queries|programs|them|was|were|is|are|got|has|have|had|does|do|did|outright|completely)$/i;

/** The marks before and after the verb of a clause. */
export interface ClauseMarks {
  readonly before: readonly Mark[];
  readonly after: readonly Mark[];
}

/** Which sides a claim is about: `neither` is both sides with the verb denied. `none` ends the search: no claim. */
export type ClaimSubject =
  | 'none'
  | 'both'
  | 'neither'
  | 'neither named'
  | 'named'
  | 'pair'
  | 'place'
  | 'place of both'
  | 'pair of places';

/** The subject of a claim, before or after its verb. The first row that applies decides; if none does, there is no claim. */
export const claimSubjectForms: readonly Form<ClauseMarks, ClaimSubject>[] = [
  // "Both" is about the cases here, not about the sides.
  {
    example: '@case:t1, both pass on @A.',
    counterExample: '@case:t1, both pass on the list.',
    form: ({ before, after }) =>
      before.at(-1)?.kind === 'both' && after[0]?.kind === 'place' && after[1]?.kind === 'side',
    verdict: 'place',
  },
  {
    example: 'Neither passes @case:t1.',
    counterExample: 'Neither list passes @case:t1.',
    form: ({ before }) => isAtVerb(before) && before[subjectIn(before)]?.kind === 'neither',
    verdict: 'neither',
  },
  {
    example: 'Neither @A nor @B passes @case:t1.',
    counterExample: 'Either @A or @B passes @case:t1.',
    form: ({ before }) =>
      isAtVerb(before) && firstQuantifier(before) === 'neither' && sidesIn(before).length > 1,
    verdict: 'neither named',
  },
  {
    example: 'Both pass @case:t1.',
    counterExample: 'Both lists pass @case:t1.',
    form: ({ before }) => isAtVerb(before) && before[subjectIn(before)]?.kind === 'both',
    verdict: 'both',
  },
  {
    example: '@A and @B pass @case:t1.',
    counterExample: 'Unlike @A, @B passes @case:t1.',
    form: ({ before }) => isAtVerb(before) && isPair(before),
    verdict: 'pair',
  },
  {
    example: '@A passes @case:t1.',
    counterExample: 'The loop in @A passes @case:t1.',
    form: ({ before }) => isAtVerb(before) && !isAfterPreposition(before),
    verdict: 'named',
  },
  {
    example: 'Neither @case:t1 nor @case:t2 passes on @A.',
    counterExample: '@case:t1 passes on @A.',
    form: (clause) =>
      clause.before.some(({ kind, text }) => kind === 'neither' || /^(?:none|no|not|only)$/i.test(text)),
    verdict: 'none',
  },
  {
    example: '@case:t1 passes on both.',
    counterExample: '@case:t1 passes on all.',
    form: (clause) => isOfCase(clause) && clause.after[1]?.kind === 'both',
    verdict: 'place of both',
  },
  {
    example: '@case:t1 passes on @A and @B.',
    counterExample: '@case:t1 passes on @A and on loops.',
    form: (clause) =>
      isOfCase(clause) &&
      clause.after[1]?.kind === 'side' &&
      clause.after[2]?.kind === 'join' &&
      clause.after[3]?.kind === 'side',
    verdict: 'pair of places',
  },
  {
    example: '@case:t1 passes on @A.',
    counterExample: '@case:t1 passes before @A.',
    form: (clause) => isOfCase(clause) && clause.after[1]?.kind === 'side',
    verdict: 'place',
  },
];

/** The marks after a verb up to the first case. */
type BeforeCase = readonly Mark[];

/** Words between a verb and the cases that it is about. In each example @A fails the case. */
export const objectForms: readonly Form<BeforeCase, 'fails'>[] = [
  {
    example: '@A fails silently on @case:t1.',
    counterExample: '@A fails lists like @case:t1.',
    form: (between) =>
      between.every(({ kind, text }) => kind !== 'side' && (kind !== 'word' || adverb.test(text))),
    verdict: 'fails',
  },
  // A case may require the program to fail with an error.
  {
    example: '@A fails with a traceback on @case:t1.',
    counterExample: '@A fails with a ValueError on @case:t1.',
    form: (between) =>
      between.at(-1)?.kind === 'place' &&
      between.length <= 6 &&
      between[0]?.kind === 'place' &&
      !between.some(({ text }) => /(?:Error|Exception)$/.test(text)),
    verdict: 'fails',
  },
];

export function isSubject({ kind }: Mark): boolean {
  return kind === 'side' || kind === 'both' || kind === 'neither';
}

/** The place of the last subject before the verb; -1 if there is no subject. */
export function subjectIn(before: readonly Mark[]): number {
  return before.findLastIndex(isSubject);
}

export function sidesIn(marks: readonly Mark[]): Side[] {
  return marks.flatMap(({ kind, side }) => (kind === 'side' && side !== undefined ? [side] : []));
}

/** Whether there is a subject, with only adverbs between the subject and the verb. */
function isAtVerb(before: readonly Mark[]): boolean {
  const own = subjectIn(before);
  return own >= 0 && before.slice(own + 1).every(({ kind, text }) => kind === 'word' && adverb.test(text));
}

function firstQuantifier(before: readonly Mark[]): Mark['kind'] | undefined {
  return before.find(({ kind }) => kind === 'neither' || kind === 'both')?.kind;
}

/** "@A and @B". In "unlike @A, @B passes" and "compared with @A, @B passes" only the last side is the subject. */
function isPair(before: readonly Mark[]): boolean {
  const [first, join] = [before[subjectIn(before) - 2], before[subjectIn(before) - 1]];
  return join?.kind === 'join' && join.text !== ',' && first?.kind === 'side';
}

function isAfterPreposition(before: readonly Mark[]): boolean {
  return /^(?:of|by|from|than|with|for|to|unlike|in|on)$/i.test(before[subjectIn(before) - 1]?.text ?? '');
}

/** "@case:t3 fails for @A", "@case:t3 passes on both": the case comes before the verb, the side after it. */
function isOfCase({ before, after }: ClauseMarks): boolean {
  const subject = before.findLastIndex(({ kind }) => kind !== 'word');
  return (
    before[subject]?.kind === 'case' &&
    after[0]?.kind === 'place' &&
    before.slice(subject + 1).every(({ text }) => adverb.test(text))
  );
}
