import { narrowing, negations } from './clauses.ts';
import type { Form } from './form.ts';

/** A word of a sentence with the words around it, all in lower case. */
export interface WordWindow {
  readonly word: string;
  /** The word before it; empty at the start of the sentence. */
  readonly before: string;
  /** Up to four words before it, of the same clause. */
  readonly leading: readonly string[];
  /** Up to eight words and marks after it. */
  readonly after: readonly string[];
}

export const positive = new Set(
  'better stronger superior preferable preferred best wins won winner ahead win favored favoured cleaner safer sounder'.split(
    ' ',
  ),
);
export const bad = new Set(
  'bad wrong incorrect unacceptable unusable broken fail fails poor useless flawed unsafe invalid unsatisfactory inadequate'.split(
    ' ',
  ),
);
export const good = new Set(
  'correct acceptable usable right works work good solves solve passes pass adequate satisfactory valid suitable compiles compile runs run'.split(
    ' ',
  ),
);

const tieWords = new Set(
  'tie tied draw toss-up indistinguishable equivalent interchangeable par identical'.split(' '),
);
/** Phrases of several words that say that neither answer is ahead. */
const evenly =
  /^(?:wash\b|too close to call|dead heat|coin flip|level pegging|same quality|call it even|nothing (?:separates|in it|between|to choose)|(?:come|comes|came) out (?:level|even|equal)|(?:cannot|can't|couldn't) separate)/;

/** Words and marks that begin another clause. */
const clauseStarts = new Set(', ; : . since because but while whereas'.split(' '));

/** The words after a word that belong to its clause. */
function clauseOf({ after }: WordWindow): readonly string[] {
  const end = after.findIndex((word) => clauseStarts.has(word));
  return end === -1 ? after : after.slice(0, end);
}

/** "Equally wrong", but not "equally good and wrong on sizes": the first word of praise or blame counts. */
function isEquallyBad(window: WordWindow): boolean {
  // "Equally far from right."
  if (window.after[0] === 'far') return true;
  return bad.has(clauseOf(window).find((word) => bad.has(word) || good.has(word)) ?? '');
}

const isEqual = ({ word, after }: WordWindow): boolean =>
  word === 'equally' || (word === 'equal' && !after.includes('to'));

/** A statement about both answers. */
export interface SharedForm extends Form<WordWindow, 'tie' | 'both-bad'> {
  /** The words are too open to contradict a preference: what follows may decide. */
  readonly isHint?: true;
}

/** The words before and after a word, as one text. */
const textBefore = ({ leading }: WordWindow): string => leading.join(' ');
const textAfter = ({ after }: WordWindow): string => after.join(' ');

/** Whether the words after a word begin so, and go on without a word that limits them to one aspect: "the same on style". */
function goesOn(window: WordWindow, form: RegExp): boolean {
  const text = textAfter(window);
  const found = form.exec(text)?.[0];
  return found !== undefined && !narrowing.has(/\w+/.exec(text.slice(found.length))?.[0] ?? '');
}

const answerNoun = '(?:answers?|solutions?|responses?|options?|one|ones|queries|query)';
const ofTwo = `(?:of (?:them|these|the two|the answers|the two answers)|${answerNoun})`;

/** In the order in which the forms are tried: the first form that matches decides the verdict. */
export const sharedForms: readonly SharedForm[] = [
  {
    example: 'It is a tie.',
    counterExample: 'I would not call it a tie.',
    form: ({ word, leading }) => tieWords.has(word) && !leading.some((before) => negations.has(before)),
    verdict: 'tie',
  },
  {
    example: 'It is too close to call.',
    counterExample: 'It is too close to the limit.',
    form: ({ word, after }) => evenly.test([word, ...after.slice(0, 3)].join(' ')),
    verdict: 'tie',
  },
  {
    example: 'Even, on balance.',
    counterExample: 'Even the empty list is handled.',
    form: ({ word, before, after }) => word === 'even' && before === '' && /^[,.:;–—-]/.test(after[0] ?? ''),
    verdict: 'tie',
  },
  {
    example: 'Same cost, same result: it is even.',
    counterExample: 'The length of @A is even.',
    form: ({ word, leading, after }) =>
      word === 'even' &&
      /(?:^|, )?(?:it is|it's|they are|they're)$/.test(leading.slice(-2).join(' ')) &&
      /^[,.:;]?$/.test(after[0] ?? ''),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'I could go either way.',
    counterExample: 'It could go either place.',
    form: (window) => window.word === 'go' && /^either way\b/.test(textAfter(window)),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'They do the same thing.',
    counterExample: 'They do not do the same thing.',
    form: (window) =>
      /^(?:do|did)$/.test(window.word) &&
      /^(?:exactly |precisely |essentially |just )?the same(?: thing| job| work)?(?: [;,.:]| and\b|$)/.test(
        textAfter(window),
      ) &&
      !window.leading.some((before) => negations.has(before) || before === "don't"),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'These are the same program.',
    counterExample: 'These are not the same program.',
    form: (window) =>
      window.word === 'same' &&
      /^(?:program|answer|solution|algorithm|code|implementation)\b/.test(textAfter(window)) &&
      /\bare(?: \w+ly| just)? the$/.test(textBefore(window)) &&
      !window.leading.some((before) => negations.has(before)),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'I see no reason to prefer either.',
    counterExample: 'I see no reason to print either.',
    form: (window) =>
      window.word === 'no' &&
      /^(?:reason|grounds|basis|cause) (?:to|for) (?:prefer|preferring|favou?r|favou?ring|choose|choosing|pick|picking) (?:either|one)\b/.test(
        textAfter(window),
      ),
    verdict: 'tie',
  },
  {
    example: "There isn't much between them.",
    counterExample: "There isn't much between the loops.",
    form: (window) =>
      window.word === 'there' &&
      /^(?:isn't|wasn't|is not|was not|is hardly) (?:much|a lot|anything) between (?:them|these|the two|the answers|@?a and @?b)\b/.test(
        textAfter(window),
      ),
    verdict: 'tie',
  },
  {
    example: 'They land in the same place.',
    counterExample: 'They print in the same place.',
    form: (window) =>
      /^(?:land|end|arrive|come)$/.test(window.word) &&
      /^(?:up )?(?:in|at) the same (?:place|spot|point|result)\b/.test(textAfter(window)),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'I cannot find any meaningful difference.',
    counterExample: 'I can find a meaningful difference.',
    form: (window) =>
      /^differences?$/.test(window.word) &&
      window.leading.some((before) => negations.has(before) || before.endsWith("n't")) &&
      !narrowing.has(window.after[0] ?? ''),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'Each is correct and each is readable.',
    counterExample: 'Each is correct on lists.',
    form: (window) =>
      window.word === 'each' &&
      new RegExp(`^(?:${ofTwo} )?is (?:correct|right|fine|good|acceptable|valid)(?: and| [,.;:]|$)`).test(
        textAfter(window),
      ),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'Either answer would do.',
    counterExample: 'Either answer would fail.',
    form: (window) =>
      window.word === 'either' &&
      new RegExp(`^(?:${ofTwo} )?(?:would do|will do|is fine|would be fine|is acceptable|works)\\b`).test(
        textAfter(window),
      ),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'Both deserve the lowest score.',
    counterExample: 'Both deserve the longest line.',
    form: (window) =>
      /^(?:deserve|get|earn|merit)$/.test(window.word) &&
      /^(?:the |a )?(?:lowest|low|worst|minimum|failing|zero) (?:mark|marks|score|scores|rating|grade|points)\b/.test(
        textAfter(window),
      ),
    verdict: 'both-bad',
  },
  {
    example: 'The same score for both.',
    counterExample: 'The same line for both.',
    form: (window) =>
      window.word === 'same' &&
      /^(?:score|scores|grade|grades|mark|marks|rating|verdict) (?:for|to) (?:both|each|the two|@?a and @?b)\b/.test(
        textAfter(window),
      ),
    verdict: 'tie',
  },
  {
    example: 'I would accept either one.',
    counterExample: 'I would not accept either one.',
    form: (window) =>
      window.word === 'either' &&
      /\b(?:accept|approve|merge|ship|happy with|fine with)$/.test(textBefore(window)) &&
      !window.leading.some((before) => negations.has(before) || before.endsWith("n't")),
    verdict: 'tie',
    isHint: true,
  },
  {
    example: 'I rate them the same.',
    counterExample: 'I rate them the same on style.',
    form: (window) =>
      /^(?:rate|rank|score|mark|grade|judge|see)$/.test(window.word) &&
      goesOn(
        window,
        /^(?:them|both|the two|these|the answers)(?: both| two)? (?:exactly |just )?(?:the same|alike|level|even)\b/,
      ),
    verdict: 'tie',
  },
  {
    example: "There isn't a winner here.",
    counterExample: "There isn't a difference in style.",
    form: (window) =>
      window.word === 'there' &&
      goesOn(
        window,
        /^(?:isn't|wasn't|is not|was not|is hardly) (?:a|any|much|much of a)(?: clear| real| meaningful)? (?:winner|difference|preference)\b/,
      ),
    verdict: 'tie',
  },
  {
    example: 'The answers are equally wrong.',
    counterExample: 'They are equally good, since neither is wrong on any case.',
    form: (window) => isEqual(window) && isEquallyBad(window),
    verdict: 'both-bad',
  },
  {
    example: 'They are equally good.',
    counterExample: 'The sum is equal to the limit.',
    form: isEqual,
    verdict: 'tie',
  },
  {
    example: 'One is as good as the other.',
    counterExample: 'One is good as it was written.',
    form: ({ word, after }) =>
      word === 'good' && /^as (?:each other|one another|the other)/.test(after.join(' ')),
    verdict: 'tie',
  },
  {
    example: 'Two wrong answers.',
    counterExample: 'Two short answers.',
    form: ({ word, after }) =>
      word === 'two' &&
      bad.has(after[0] ?? '') &&
      /^(?:answers|solutions|responses|queries)$/.test(after[1] ?? ''),
    verdict: 'both-bad',
  },
  {
    example: 'There is no clear winner.',
    counterExample: 'There is no clear loop.',
    form: ({ word, after }) =>
      word === 'no' && after.slice(0, 3).some((next) => /^(?:winner|difference|preference)$/.test(next)),
    verdict: 'tie',
  },
  {
    example: 'Neither is better.',
    counterExample: 'Neither works, and the better names are in @B.',
    form: (window) => window.word === 'neither' && clauseOf(window).some((next) => positive.has(next)),
    verdict: 'tie',
  },
  {
    example: 'Both pass, neither stands out.',
    counterExample: 'Both print, neither stands still.',
    form: (window) =>
      window.word === 'neither' &&
      new RegExp(
        `^(?:${ofTwo} )?(?:stands out|pulls ahead|comes out on top|has (?:the|an) (?:edge|advantage))\\b`,
      ).test(textAfter(window)),
    verdict: 'tie',
  },
  {
    example: "@A doesn't work and neither does @B.",
    counterExample: "@A doesn't stop and neither does @B.",
    form: (window) =>
      /^(?:neither|nor)$/.test(window.word) &&
      /^(?:does|is|can|will|would|has) @?[ab]\b/.test(textAfter(window)) &&
      /\S*(?:n't|not|never|cannot) (?:\S+ )?\S+(?: and| ,)?$/.test(textBefore(window)) &&
      window.leading.some((before) => good.has(before)),
    verdict: 'both-bad',
    isHint: true,
  },
  {
    example: "I wouldn't merge either of them.",
    counterExample: "I wouldn't mind either of them.",
    form: (window) =>
      window.word === 'either' &&
      /(?:n't|not|never|cannot) (?:ever |be able to )?(?:accept|approve|merge|ship|recommend|take|use|keep|trust|deploy|hand in)$/.test(
        textBefore(window),
      ),
    verdict: 'both-bad',
    isHint: true,
  },
  {
    example: 'No case passes in either answer.',
    counterExample: 'No case fails in either answer.',
    form: (window) =>
      /^(?:no|not)$/.test(window.word) &&
      /^(?:single |one |a single )?(?:case|test|input|call) (?:passes|works|succeeds) (?:in|on|for|with|under) (?:either|both|any)\b/.test(
        textAfter(window),
      ),
    verdict: 'both-bad',
  },
  {
    example: 'There is no good answer here.',
    counterExample: 'There is no good reason here.',
    form: (window) =>
      window.word === 'no' &&
      new RegExp(`^(?:good|usable|acceptable|correct|right|working) ${answerNoun}\\b`).test(
        textAfter(window),
      ),
    verdict: 'both-bad',
    isHint: true,
  },
  {
    example: 'Two answers, zero that work.',
    counterExample: 'Two answers, zero that wait.',
    form: ({ word, after: [link, ...after] }) =>
      /^(?:zero|none)$/.test(word) && /^(?:that|which)$/.test(link ?? '') && good.has(after[0] ?? ''),
    verdict: 'both-bad',
  },
  {
    example: 'Each of them fails.',
    counterExample: 'Each of them fails on one input.',
    form: (window) => {
      if (window.word !== 'each') return false;
      const said = new RegExp(`^(?:${ofTwo} )?(?:is )?(\\S+)(?: (\\S+))?`).exec(textAfter(window));
      return bad.has(said?.[1] ?? '') && !narrowing.has(said?.[2] ?? '');
    },
    verdict: 'both-bad',
    isHint: true,
  },
  {
    example: 'I find that neither works.',
    counterExample: 'I find that neither is wrong, and both pass.',
    form: (window) => window.word === 'neither' && clauseOf(window).some((next) => good.has(next)),
    verdict: 'both-bad',
  },
  {
    example: 'I would merge neither.',
    counterExample: 'I would merge either.',
    form: ({ word, before }) =>
      word === 'neither' && /^(?:accept|approve|merge|ship|recommend|take|use)$/.test(before),
    verdict: 'both-bad',
  },
  {
    example: 'They deserve the same mark.',
    counterExample: 'They deserve the same care.',
    form: ({ word, after }) =>
      /^(?:deserve|get|earn|merit|score)$/.test(word) &&
      /^the same (?:mark|marks|score|scores|points)\b/.test(after.join(' ')),
    verdict: 'tie',
  },
];

interface BothForm extends Form<readonly string[], 'tie' | 'both-bad'> {
  readonly weak: boolean;
}

/** What the words behind "both" or "@A and @B" say of the two, in the order in which they are tried. */
export const bothForms: readonly BothForm[] = [
  {
    example: 'Both are wrong on negative sizes.',
    counterExample: 'Both are long on negative sizes.',
    form: (words) => narrowing.has(words[faultIn(words) + 1] ?? '') && faultIn(words) >= 0,
    verdict: 'both-bad',
    weak: true,
  },
  {
    example: 'Both answers are wrong.',
    counterExample: 'Both answers pass, and neither is wrong.',
    form: (words) => faultIn(words) >= 0,
    verdict: 'both-bad',
    weak: false,
  },
  {
    example: '@A and @B work.',
    counterExample: '@A and @B split the work over two files.',
    form: (words) =>
      words.some((word, at) => good.has(word) && words[at - 1] !== 'the') &&
      !words.some((word) => negations.has(word)),
    verdict: 'tie',
    weak: true,
  },
];

/** The place of the first word that finds fault and is not denied in its clause; -1 if no word does. */
function faultIn(words: readonly string[]): number {
  return words.findIndex((word, at) => {
    const isFault =
      bad.has(word) ||
      (word === 'fall' && words[at + 1] === 'short') ||
      (word === 'be' && /^(?:rewritten|redone|rejected|reworked)$/.test(words[at + 1] ?? ''));
    const clause = words.slice(0, at);
    const start = clause.findLastIndex((before) => before === 'and' || clauseStarts.has(before));
    return isFault && !clause.slice(start + 1).some((before) => negations.has(before));
  });
}
