import type { RationaleContext } from '../context.ts';
import { gramAt, gramLength, wordsOf, type Word } from '../grams.ts';
import type { Fix, Rationale, Rule } from '../rule.ts';

/** At most this share of the words may be copied. */
const copiedShare = 0.4;
/** A text of fewer sequences is too short to check. */
const fewestGrams = 10;

/** Much of the text is copied from the prompt or the answers without quotation marks. */
export const echo: Rule = {
  id: 'R24',
  name: 'echo',
  severity: 'I',
  check(rationale) {
    const words = wordsOf(rationale.prose.replaceAll(/@\S+/g, (anchor) => ' '.repeat(anchor.length)));
    const count = words.length - gramLength + 1;
    if (count < fewestGrams) return [];
    const own = placesOf(words, count);
    const copied = [...copiedFrom(rationale.context, own)]
      .flatMap((gram) => own.get(gram)!)
      .toSorted((a, b) => a - b);
    if (copied.length / count <= (rationale.context.rubric.thresholds?.copiedShare ?? copiedShare)) return [];
    const runs = runsOf(copied, words);
    const [first] = runs;
    const fix = quoted(rationale, runs);
    return [
      {
        start: first!.start,
        end: first!.end,
        message: `${Math.round((copied.length / count) * 100)}% of this is copied from the prompt or the answers. Quote what you need and say the rest in your own words`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};

/** Maps each sequence to the indexes of the words at which it begins. */
function placesOf(words: readonly Word[], count: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let at = 0; at < count; at += 1) {
    const gram = gramAt(words, at);
    const known = places.get(gram);
    if (known === undefined) places.set(gram, [at]);
    else known.push(at);
  }
  return places;
}

/** The sequences that also occur in the prompt or an answer. */
function copiedFrom({ prompt, answers }: RationaleContext, own: ReadonlyMap<string, unknown>): Set<string> {
  const found = new Set<string>();
  for (const source of [prompt, ...answers.map(({ text }) => text)]) {
    const words = wordsOf(source);
    for (let at = 0; at + gramLength <= words.length; at += 1) {
      const gram = gramAt(words, at);
      if (own.has(gram)) found.add(gram);
    }
  }
  return found;
}

/** The copied stretches of the text; sequences that overlap or touch form one stretch. */
function runsOf(copied: readonly number[], words: readonly Word[]): { start: number; end: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const at of copied) {
    const last = runs.at(-1);
    if (last !== undefined && at <= last.to) last.to = at + gramLength;
    else runs.push({ from: at, to: at + gramLength });
  }
  return runs.map(({ from, to }) => ({ start: words[from]!.start, end: words[to - 1]!.end }));
}

/** Puts quotation marks around each stretch. No fix if a stretch crosses a line or directly follows an anchor. */
function quoted(
  { text, anchors }: Rationale,
  runs: readonly { start: number; end: number }[],
): Fix | undefined {
  const isOdd = runs.some(
    ({ start, end }) =>
      /[\n`"“”]/.test(text.slice(start, end)) ||
      anchors.some(({ kind, end: last }) => kind === 'lines' && last <= end && last > start - 4),
  );
  if (isOdd) return undefined;
  return {
    title: 'Put the copied text in quotation marks',
    edits: runs.flatMap(({ start, end }) => [
      { start, end: start, text: '“' },
      { start: end, end, text: '”' },
    ]),
  };
}
