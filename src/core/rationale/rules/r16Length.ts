import { preferenceStatement } from '../../task/preference.ts';
import { withoutFences } from '../anchors.ts';
import { appended, wholeText } from '../edits.ts';
import { wordCount } from '../prose.ts';
import type { Fix, Rationale, Rule } from '../rule.ts';

/** A text with fewer words is useless as training data. */
const fewest = 10;
/** A text with fewer words than this is brief. */
const brief = 25;
const long = 250;
/** A text that names as many lines, cases and pieces of code is not brief. */
const enoughPoints = 2;
/** An outline with places to fill in; R21 reports each place until it is filled in. */
const outline =
  'The deciding difference is [...]. For the input [...], the prompt asks for [...], but @A gives [...] and @B gives [...]. The strongest point of the other answer is [...].';
const outlineOfOne =
  'What the answer gets right is [...]. What it gets wrong is [...]: for the input [...], the prompt asks for [...], but the code gives [...]. This matters because [...].';

/** Too short to be useful, or so long that the deciding points are lost. Fenced code and folded text do not count. */
export const length: Rule = {
  id: 'R16',
  name: 'length',
  severity: 'W',
  check(rationale) {
    const { text, context } = rationale;
    const { thresholds } = context.rubric;
    const words = wordCount(withoutFolds(withoutFences(text)));
    // Report at the end of the text: additions go there, and findings inside the text come first.
    const end = text.trimEnd().length;
    const place = { start: end, end };
    const least = thresholds?.fewestWords ?? fewest;
    if (words < least) {
      const message = `${words === 0 ? 'There is no rationale yet' : `Too short: ${counted(words)}, at least ${least} are needed`}. ${context.ranked ? 'Say which is better, why' : 'Say what is right or wrong, why'}, and what shows it`;
      return [{ ...place, severity: 'E', message, ...outlined(rationale, words) }];
    }
    if (words < (thresholds?.briefWords ?? brief) && pointsOf(rationale) < enoughPoints) {
      return [
        {
          ...place,
          message: `Brief: ${counted(words)}. Add the deciding point and the line or case that shows it`,
          ...outlined(rationale, words),
        },
      ];
    }
    const most = thresholds?.mostWords ?? long;
    if (words > most) {
      return [
        {
          ...wholeText(rationale),
          message: `Long: ${counted(words)}. Keep the one or two issues that decide`,
          ...foldedAfter(rationale, most),
        },
      ];
    }
    return [];
  },
};

/** The text without what is hidden until the reader unfolds it. */
function withoutFolds(text: string): string {
  let shown = '';
  let from = 0;
  let isOpen = false;
  for (const { index, 0: tag } of text.matchAll(/<\/?details>/gi)) {
    const isEnd = tag.startsWith('</');
    if (!isOpen && !isEnd) {
      shown += `${text.slice(from, index)} `;
      [from, isOpen] = [index, true];
    } else if (isOpen && isEnd) [from, isOpen] = [index + tag.length, false];
  }
  // A fold that does not end hides nothing.
  return shown + text.slice(from);
}

/** The lines, cases and pieces of code that a text names. */
function pointsOf({ text, anchors }: Rationale): number {
  const cited = anchors.filter(({ kind }) => kind !== 'side').length;
  return cited + (withoutFences(text).match(/`[^`\n]+`/g)?.length ?? 0);
}

function counted(words: number): string {
  return words === 1 ? '1 word' : `${words} words`;
}

/** An outline to fill in, after a verdict if the text has none; only if it is long enough. */
function outlined(rationale: Rationale, words: number): { fix?: Fix } {
  const { context, verdicts } = rationale;
  const verdict =
    context.ranked && verdicts.length === 0 && context.shown !== null
      ? `${preferenceStatement(context.shown)}. `
      : '';
  const added = verdict + (context.ranked ? outline : outlineOfOne);
  if (words + wordCount(added) < (context.rubric.thresholds?.briefWords ?? brief)) return {};
  return { fix: { title: 'Insert an outline to fill in', edits: [appended(rationale, added)] } };
}

/** Folds the sentences beyond the limit of `most` words. */
function foldedAfter({ text, sentences }: Rationale, most: number): { fix?: Fix } {
  // Do not fold across a fence or another fold: the new fold would cut it in two.
  if (/`{3}|~{3}|<details>/i.test(text)) return {};
  let at: number | undefined;
  let words = 0;
  for (const { end } of sentences) {
    words += wordCount(text.slice(at ?? 0, end));
    if (words > most) break;
    at = end;
  }
  if (at === undefined) return {};
  const rest = text.slice(at);
  const edits = [
    { start: at, end: at + /^\s*/.exec(rest)![0].length, text: '\n\n<details>\n\n' },
    { start: text.length, end: text.length, text: '\n\n</details>' },
  ];
  return { fix: { title: `Fold what comes after ${most} words`, edits } };
}
