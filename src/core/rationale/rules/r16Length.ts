import { preferenceStatement } from '../../preference.ts';
import { withoutFences } from '../anchors.ts';
import { appended, wholeText } from '../edits.ts';
import { wordCount } from '../prose.ts';
import type { Fix, Rationale, Rule } from '../rule.ts';

/** Fewer words than this say nothing that can be trained on. */
const fewest = 10;
/** Fewer are brief, more are more than a reader takes in. */
const brief = 25;
const long = 250;
/** What a reader need not see at first. */
const folded = /<details>.*?<\/details>/gis;
/** Places to be filled in, which R21 asks for until they are. */
const outline =
  'What decides between them is [...]. What shows it is this: given [...], the prompt wants [...], while @A gives [...] and @B gives [...]. What still speaks for the other answer is [...].';
const outlineOfOne =
  'What the answer gets right is [...]. What it gets wrong is [...], and what shows it is this: given [...], the prompt wants [...] where the code gives [...], which matters because [...].';

/** Too short to be of use, or so long that what decides is lost in it. Code in fences and what is folded do not count. */
export const length: Rule = {
  id: 'R16',
  name: 'length',
  severity: 'W',
  check(rationale) {
    const { text, context } = rationale;
    const { thresholds } = context.rubric;
    const words = wordCount(withoutFences(text).replaceAll(folded, ' '));
    // Where the rest belongs: after what there is, and after all that is to be mended in it.
    const end = text.trimEnd().length;
    const place = { start: end, end };
    if (words < (thresholds?.fewestWords ?? fewest)) {
      const message = `${words === 0 ? 'There is no rationale yet' : `${words} ${words === 1 ? 'word is' : 'words are'} too few`}. ${context.ranked ? 'Say which is better, why' : 'Say what is right or wrong, why'}, and what shows it`;
      return [{ ...place, severity: 'E', message, ...outlined(rationale, words) }];
    }
    if (words < (thresholds?.briefWords ?? brief)) {
      return [
        {
          ...place,
          message: `${words} words are brief. Add what decides and the line or case that shows it`,
          ...outlined(rationale, words),
        },
      ];
    }
    const most = thresholds?.mostWords ?? long;
    if (words > most) {
      return [
        {
          ...wholeText(rationale),
          message: `${words} words are many. Keep the one or two issues that decide`,
          ...foldedAfter(rationale, most),
        },
      ];
    }
    return [];
  },
};

/** An outline to fill in, after the verdict where the text has none; only where it is long enough. */
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

/** Folds the sentences after the last that the reader has time for. */
function foldedAfter({ text, sentences }: Rationale, most: number): { fix?: Fix } {
  const at = sentences.findLast(({ end }) => wordCount(withoutFences(text.slice(0, end))) <= most)?.end;
  // What is fenced or folded already has ends of its own, which the fold would take in.
  if (at === undefined || /`{3}|~{3}|<details>/i.test(text)) return {};
  const rest = text.slice(at);
  const edits = [
    { start: at, end: at + /^\s*/.exec(rest)![0].length, text: '\n\n<details>\n\n' },
    { start: text.length, end: text.length, text: '\n\n</details>' },
  ];
  return { fix: { title: `Fold what comes after ${most} words`, edits } };
}
