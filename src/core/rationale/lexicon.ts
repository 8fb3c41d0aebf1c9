/*
 * Words that tell the rules what a sentence is about. A word alone never decides a severity: a rule that blocks needs
 * more evidence than a word.
 */

/** Words about the style of code. */
const style =
  /\b(?:clean(?:er|est|ly)?|readab\w+|legib\w+|nam(?:es?|ed|ing)|format(?:s|ted|ting)?|indent\w*|comment(?:s|ed|ing)?|doc ?strings?|documentation|documented|concise\w*|verbose|verbosity|short(?:er|est)?|long(?:er|est)?|terse|elegan\w+|tid(?:y|ier|iest)|neat(?:er|ly)?|pretty|prettier|layout|structured?|organi[sz]ed|pythonic|idiomatic|simple(?:r|st)?|simplicity|style|styl(?:istic|ish)\w*|whitespace|clarity|clear(?:er|est)|eas(?:y|ier) to (?:read|follow|understand|maintain)|modular|compact|well[- ]written|professional|polished|quotes|blank lines?|type hints?|typing|nicer|nice|modern|one-liner|spacing|typos?|capitali[sz]\w+|snake_?case|camel_?case|variable|spelling|readme|emojis?|headings?|bullet\w*)\b/gi;

/** Words about the behaviour of code. */
const substance =
  /@case:|\b(?:correct(?:ness|ly)?|incorrect\w*|wrong\w*|right|bugs?|buggy|fail\w*|pass(?:es|ed|ing)?|rais\w+|throws?|thrown|crash\w*|errors?|exceptions?|panics?|edge|corner|empty|null|none|zero|negative|inputs?|outputs?|result\w*|handl\w+|inject\w*|unsafe|secur\w+|vulnerab\w+|leak\w*|escap\w+|perform\w*|slow\w*|fast\w*|quick\w*|speed\w*|efficien\w*|quadratic|linear|logarithmic|exponential|complexity|memory|allocat\w*|time|space|CPU|latency|iterat\w*|time ?outs?|hangs?|requir\w+|prompt|asks?|asked|instruct\w*|specif\w+|missing|misses|ignor\w+|off[- ]by[- ]one|overflow\w*|truncat\w*|round(?:s|ed|ing)|duplicat\w*|race|concurren\w*|dead ?lock\w*|mutat\w*|tests?|cases?|drops?|dropped|los(?:es|t|ing)|valid\w*|checks?|API|invent\w*|exist\w*|deprecated|compil\w*|runs?|works?|works|return\w*|await\w*|async\w*|sort\w*|order\w*|precision|imprecis\w+|data|files?|sql|quer(?:y|ies)|join|mislead\w*|false\w*|claims?|delet\w*|overwrit\w*|silent\w*|swallow\w*|infinite|endless|stream\w*|lazy|lazily|scal\w+|O\()/gi;

/** Letter case of names, which is not a test case. */
const casing = /\b(?:lower|upper|snake|camel|kebab|title|mixed)[- ]?cased?\b/gi;

/** Words that name a fault in the behaviour of code. */
const defect =
  /\b(?:wrong(?:ly)?|incorrect(?:ly)?|bugs?|buggy|broken|faulty|fails?|failed|failing|crash(?:es|ed)?|hangs?|misbehaves?|(?:does|do|did)(?: not|n't|n’t) work|(?:doesn't|doesn’t|don't|don’t|didn't) work|erroneous(?:ly)?|flawed)\b/gi;

export function styleWords(text: string): number {
  return count(text, style);
}

export function substanceWords(text: string): number {
  return count(text.replaceAll(casing, ' '), substance);
}

/** Words for a fault, each with its offset, except negated words ("nothing wrong", "no bug"). */
export function defectWords(text: string): { word: string; start: number; end: number }[] {
  return [...text.matchAll(defect)]
    .filter(({ index }) => !denied(text, index))
    .map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));
}

/** Whether the few words before an offset negate the word at the offset. */
export function denied(text: string, at: number): boolean {
  return /\b(?:no|not|never|nothing|none|neither|nor|without|hardly|cannot|free of|\w+n['’]t)(?: (?:a|an|any|is|was|are|be|really|actually|obvious|such|other|further|to|of them|of the two|seems?|looks?)){0,3}[ ]$/i.test(
    text.slice(Math.max(0, at - 60), at),
  );
}

/** Evidence that a reader can check: an input, a result, a quotation, a case. */
const evidence = [
  /@case:|@search:\d+\.\d/,
  /`[^`\n]+`/,
  /"[^"\n]{2,}"|“[^“”\n]{2,}”/,
  /(?:→|->|=>|⇒)\s*\S/,
  /\bexpect(?:s|ed|ing)?\b[^.\n]{1,80}\b(?:got|gets|but|gives|gave|actual|returns?|instead)\b/i,
  /\b(?:instead of|rather than|where|not)\s+["'([{]?-?\d/i,
  /\b(?:returns?|raises?|throws?|gives?|prints?|yields?|outputs?|produces?|for|with|on|of|input)\s+["'([{-]*(?:\d|\[|\(|\{|["'“])/i,
  /\b[A-Z]\w*(?:Error|Exception)\b|\b(?:NaN|segfault|panics?|HTTP \d{3})\b/,
];

export function showsEvidence(text: string): boolean {
  return evidence.some((form) => form.test(text));
}

/** A written result: a number, a quotation, code, an error. */
const value =
  '(?:(?<![\\w.,])-?\\d[\\w.,]*|`[^`\\n]+`|"[^"\\n]+"|[[({][^\\n]|NaN|nothing|(?<!\\w)\\w+(?:Error|Exception)\\b)';
const came = [
  new RegExp(
    `\\b(?:gives?|gave|prints?|returns?|returned|yields?|outputs?|got|gets|is|averages? to)(?: back)? ${value}`,
    'i',
  ),
  new RegExp(`(?:→|->|=>|=)\\s*${value}`),
  new RegExp(`${value}…? (?:printed|returned|came out)`),
];
const wanted =
  /\b(?:expected|expects|want(?:s|ed)?|asks? for|asked for|should (?:be|have been|give|print|return)|instead of|rather than)\b/i;
/** A call with its result: "`f([])` → IndexError". */
const outcome = /`[^`\n]+`\s*(?:→|->|=>)\s*\S/;
/** Faults that occur with every input. */
const neverRuns =
  /\b(?:does not|doesn['’]t|did not|didn['’]t|won['’]t|fails to) (?:even )?(?:compile|parse|build|run at all|start|import)\b/i;

/** Whether sentences give the actual and the expected result of an input, which is as good as a cited case. */
export function tellsOutcome(sentences: readonly string[]): boolean {
  return sentences.some((sentence, at) => {
    if (outcome.test(sentence) || neverRuns.test(sentence)) return true;
    const around = sentences.slice(Math.max(0, at - 1), at + 2).join(' ');
    return came.some((form) => form.test(sentence)) && wanted.test(around);
  });
}

/** Words that concede something wherever they occur. */
export const conceding =
  /\b(?:although|though|despite|in spite of|notwithstanding|albeit|granted|admittedly|even (?:if|so|when)|nevertheless|nonetheless|that said|regardless|outweigh\w*|concede\w*|I grant|all the same|at the (?:cost|expense|price) of|to be fair|in fairness|for all (?:its|that)|not perfect|trade-?offs?|(?:points?|scores?|scored|rated?) [^.]{0,30}\b(?:less|lower|behind|below|fewer)|lower (?:score|mark|on)|weighs?|matters more)\b/i;

function count(text: string, form: RegExp): number {
  return text.match(form)?.length ?? 0;
}
