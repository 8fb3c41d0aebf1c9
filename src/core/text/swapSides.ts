/** A text rewritten for a reader who sees the answers in the other order. */
export interface SwappedText {
  /** The text with A and B exchanged. */
  readonly text: string;
  /** A sentence begins with an “A” that may be an article or a side; it stays unchanged. */
  readonly isUnsure: boolean;
}

/** Code is never rewritten: `A` is an identifier there. */
const codeForm = /```[\s\S]*?(?:```|$)|`[^`\n]*`/;
const citationForm = /(?<![\w@])@[AB](?!\w)/;
/** A side without `@`: a single letter that is neither quoted nor part of a name such as “B-tree”, “A+” or “A[i]”. */
const bareForm = /(?<![\w@`'"“‘.+/=-])[AB](?=['’]s\b|(?![\w`'"’”+#/=([-]|\*(?!\*)|\.\w))/;
const form = new RegExp(`${codeForm.source}|${citationForm.source}|${bareForm.source}`, 'g');

/** Characters before a letter that tell whether it names a side. */
const reach = 40;

/** Nouns after which a letter names something other than a side: “matrix A”. */
const otherNames =
  /\b(?:array|case|class|column|grade|key|letter|list|matrix|node|plan|point|set|string|table|type|variable|vector|vitamin) $/i;
// oxlint-disable-next-line regexp/no-super-linear-backtracking -- It reads at most `reach` characters.
const beginsSentence = /(?:^|[.!?:\n][)"”’*_]*|[-*•>#]) *[("“*_]*$/;
/** Words that can follow a side but not an article: verbs, most of which end in “s”, and other words after a subject. */
const afterSide =
  /^(?:['’]s\b|[.,;:!?)]|\*\*|\s*$| (?:is|has|does|was|did|had|can|cannot|could|will|would|should|must|may|might|need|and|or|but|alone|also|always|never|still|only|just|both|then|beats?|won|lost|failed|passed|got|gave|made|returned|used|ran|took|kept|left|missed|[a-z]+(?<![aious])s(?<!ss))(?!\w|-))/;

/**
 * Exchanges the sides in a text: citations, such as `@A:12`, and sides without `@`, such as “A is better”. Code stays. An
 * “A” that may be an article stays too.
 */
export function swapSides(text: string): SwappedText {
  let isUnsure = false;
  const swapped = text.replaceAll(form, (found, at: number) => {
    if (found.startsWith('`')) return found;
    const side = found.at(-1);
    if (!found.startsWith('@')) {
      const before = text.slice(Math.max(0, at - reach), at);
      if (otherNames.test(before)) return found;
      if (side === 'A' && beginsSentence.test(before) && !afterSide.test(text.slice(at + 1))) {
        isUnsure = true;
        return found;
      }
    }
    return `${found.slice(0, -1)}${side === 'A' ? 'B' : 'A'}`;
  });
  return { text: swapped, isUnsure };
}
