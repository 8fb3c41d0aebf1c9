import { isAmbiguous, nameSource, plainNameSource, vendorSource } from '../../blinding/modelNames.ts';
import type { RationaleContext } from '../context.ts';
import type { Fix, Rule, RuleFinding } from '../rule.ts';

const gpt = String.raw`(?<![\p{L}\p{N}_./-])(?:Chat)?GPT(?:[- ]?\d[\w.]{0,6})?(?![\p{L}\p{N}_(]|[./]\w)`;
const anyName = `(?:${gpt}|${nameSource}|${vendorSource})`;
/** Words that attribute an answer to the name that follows them. */
const origin = String.raw`(?:sound(?:s|ed)?|look(?:s|ed)?|read(?:s)?|feel(?:s)?|smell(?:s)?|seem(?:s)?|taste(?:s)?) (?:a lot |very much |just |exactly |more |suspiciously )?(?:like|of|as if|to be)|(?:written|generated|made|produced|authored|created|answered) (?:by|with|using)|(?:output|answer|response|code|style|work|product|signature|hallmark|tone|voice|wording|trademark)s? (?:of|from)|typical(?:ly)?(?: of| for)?|(?:is|are|be|was) (?:probably |clearly |obviously |surely |likely |certainly |definitely |most likely )?(?:from|by)?|I (?:recogni[sz]e|bet it is|suspect|guess)`;
const spoken = new RegExp(
  String.raw`\b(?:${origin})(?: (?:an?|the|something|one of|some))?(?: (?:older|newer|small|big|version of))? (?<name>${anyName})`,
  'giu',
);
/** A name that qualifies an answer: "GPT-style", "Claude's answer". */
const qualifying = new RegExp(
  String.raw`(?<name>${anyName})(?:[- ](?:style|like|ish|esque|generated|written|made|flavou?red|type|isms?)|['’]s (?:usual |typical )?(?:answers?|responses?|output|style|code|solution|work|tone)| (?:answers?|responses?|output|style|models?|solution|usually|always|often|never|typically|tends|likes|loves|writes|wrote|(?:would|must|might|could) have (?:written|made|produced)|is behind))(?![\p{L}])`,
  'giu',
);
const bare = new RegExp(
  `(?<name>${gpt}|${plainNameSource}|${String.raw`(?<![\p{L}\p{N}_@/.-])(?:Open ?AI|Anthropic|DeepMind)(?![\p{L}\p{N}_(]|[./]\w)`})`,
  'giu',
);

/** Names that are also technical or everyday words. */
const alsoWords =
  /^(?:grok|perplexity|minimax|mistral|llama|gemma|kimi|jamba|vicuna|orca|claude|phind|open ?assistant)$/i;

/** The text names or guesses the model or its maker. Judgments must be blind. */
export const blindness: Rule = {
  id: 'R18',
  name: 'blindness',
  severity: 'E',
  check({ text, prose, context }) {
    const work = workOf(context);
    const matches = [spoken, qualifying, bare].flatMap((form) =>
      [...prose.matchAll(form)].filter((match) => names(match, form, work)),
    );
    let reach = 0;
    return matches
      .toSorted((a, b) => a.index - b.index || b[0].length - a[0].length)
      .flatMap((match) => {
        if (match.index < reach) return [];
        reach = match.index + match[0].length;
        return [finding(text, match)];
      });
  },
};

function names(match: RegExpExecArray, form: RegExp, work: string): boolean {
  const name = match.groups!['name']!;
  // A name that the task itself mentions reveals nothing.
  if (work.includes(name.toLowerCase().replace(/[- ]?[\d.].*$/, ''))) return false;
  const isCapital = /^\p{Lu}/u.test(name);
  if (isAmbiguous(name) || isVendor(name)) return isCapital && form !== bare && closes(match);
  if (!alsoWords.test(name.replace(/[- ]?[\d.].*$/, ''))) return true;
  if (form !== bare) return isCapital;
  // "Claude Shannon" is a person; "Grok" at the start of a sentence may be the verb.
  const after = match.input.slice(match.index + match[0].length);
  const version = /\d|(?:sonnet|opus|haiku|instruct|code)/i.test(name);
  return isCapital && (version || (/^claude$/i.test(name) && !/^ \p{Lu}\p{Ll}/u.test(after)));
}

/**
 * "Written by Google." names a maker; "from Google Guava" names a library. A Google-style docstring is a convention; a
 * Google-style answer is a guess.
 */
function closes({ input, index, 0: whole }: RegExpExecArray): boolean {
  const after = input.slice(index + whole.length, index + whole.length + 40);
  if (/style$/i.test(whole)) return /^ (?:answers?|responses?|output|model)\b/i.test(after);
  return (
    /^(?:\s*(?:[.,;:!?)]|$)|['’]s\b|\s+(?:or|and|because|since|to me|model|\w+ed)\b)/.test(after) ||
    /(?:like|ish|answers?|responses?|output|models?|solution|code|tone|work|written|wrote|made|produced|behind)$/i.test(
      whole,
    )
  );
}

function isVendor(name: string): boolean {
  return (
    new RegExp(`^(?:${vendorSource})$`, 'iu').test(name) && !/^(?:open ?ai|anthropic|deepmind)$/i.test(name)
  );
}

/** The text of the task, in lower case. */
function workOf({ prompt, answers, cases }: RationaleContext): string {
  return [
    prompt,
    ...answers.flatMap(({ text, files }) => [text, ...files.map(({ path }) => path)]),
    ...cases.map(({ id }) => id),
  ]
    .join('\n')
    .toLowerCase();
}

function finding(text: string, match: RegExpExecArray): RuleFinding {
  const [start, end] = [match.index, match.index + match[0].length];
  return {
    start,
    end,
    message: `“${text.slice(start, end)}” guesses who wrote the answer. Judge the text alone and delete the name`,
    fix: redaction(text, match),
  };
}

/** "GPT-style answer" becomes "answer"; a name that the sentence needs becomes a placeholder. */
function redaction(text: string, match: RegExpExecArray): Fix {
  const name = match.groups!['name']!;
  const start = match.index + match[0].indexOf(name);
  const tail = /^[- ](?:style|like|ish|esque|generated|written|made|flavou?red|type|isms?)\b ?/i.exec(
    text.slice(start + name.length),
  )?.[0];
  if (tail === undefined || !tail.endsWith(' '))
    return {
      title: 'Replace the name with “[model]”',
      edits: [{ start, end: start + name.length, text: '[model]' }],
    };
  return { title: 'Delete the name', edits: [{ start, end: start + name.length + tail.length, text: '' }] };
}
