import { styleWords, substanceWords } from '../lexicon.ts';
import type { Fix, Rationale, ReadSentence, Rule } from '../rule.ts';

/** More nits than this hide the points that decide. */
const mostNits = 2;
const label =
  /^(?:[-*+]\s+|\d+[.)]\s+)?(?:(?:minor|small|another|tiny)\s+)?(?:nit(?:pick)?s?)\b\s*[:.,–—-]?\s*/i;

/** More nits than points that decide, or more than a few nits at all. */
export const nitFlood: Rule = {
  id: 'R14',
  name: 'nit flood',
  severity: 'W',
  check(rationale) {
    const { sentences, verdicts, context } = rationale;
    const opening = new Set(verdicts.map(({ sentence }) => sentence.start));
    const nits = sentences.filter((sentence) => !opening.has(sentence.start) && isNit(sentence));
    const decisive = sentences.filter((sentence) => !nits.includes(sentence) && isDecisive(sentence));
    const most = context.rubric.thresholds?.mostNits ?? mostNits;
    const isFlood = nits.length > most || (nits.length > 1 && nits.length > decisive.length);
    if (!isFlood) return [];
    const fix = folded(rationale, nits);
    return [
      {
        start: nits[0]!.start,
        end: nits.at(-1)!.end,
        message: `${nits.length} nits beside ${decisive.length} ${decisive.length === 1 ? 'point that decides' : 'points that decide'}. Fold them into one “nit:” and say what decides`,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  },
};

function isNit({ text }: ReadSentence): boolean {
  return label.test(text) || (styleWords(text) > 0 && substanceWords(text) === 0);
}

function isDecisive({ text }: ReadSentence): boolean {
  return substanceWords(text) > 0 || /@(?:case|prompt|diff):/.test(text);
}

/** Merges all nits into one sentence at the first nit and deletes the others with the lines they leave empty. */
function folded({ text }: Rationale, nits: readonly ReadSentence[]): Fix | undefined {
  const parts = nits.map((nit) =>
    nit.text
      .replace(label, '')
      .replace(/^(?:[-*+]|\d+[.)])\s+/, '')
      .replace(/[.!?\s]+$/, '')
      .replaceAll(/\s+/g, ' '),
  );
  if (parts.some((part) => part === '' || /[.!?]\s/.test(part))) return undefined;
  const [first, ...others] = nits;
  const marker = /^(?:[-*+]|\d+[.)])\s+/.exec(first!.text)?.[0] ?? '';
  return {
    title: 'Fold the nits into one',
    edits: [
      { start: first!.start, end: first!.end, text: `${marker}nit: ${parts.join('; ')}.` },
      ...others.map(({ start, end }) => ({ ...withSpace(text, start, end), text: '' })),
    ],
  };
}

function withSpace(text: string, start: number, end: number): { start: number; end: number } {
  const before = /\s+$/.exec(text.slice(Math.max(0, start - 10), start))?.[0] ?? '';
  return { start: start - before.length, end };
}
