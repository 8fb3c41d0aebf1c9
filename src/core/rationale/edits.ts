import type { Fix, Rationale } from './rule.ts';

/** Where a finding about the whole text is shown: at its first sentence, for a mark below all of it hides the others. */
export function wholeText({ text, sentences }: Pick<Rationale, 'text' | 'sentences'>): {
  start: number;
  end: number;
} {
  const [first] = sentences;
  return { start: first?.start ?? 0, end: first?.end ?? text.length };
}

type Edit = Fix['edits'][number];

/** Puts a sentence at the end of the text, after the space it needs. */
export function appended({ text }: Pick<Rationale, 'text'>, sentence: string): Edit {
  const at = text.trimEnd().length;
  const last = text.slice(0, at).split('\n').at(-1)!;
  // A list item, a quotation, a table row or the end of fenced code would swallow what follows on its line.
  const isBlock = /^\s*(?:[-*+>|`~]|\d+[.)]\s)/.test(last);
  const before = at === 0 ? '' : isBlock ? '\n\n' : /[.!?:;…]["'”’)*_\]`]*$/.test(last) ? ' ' : '. ';
  return { start: at, end: at, text: before + sentence };
}

/** Takes a stretch out, with the space around it; what then begins the sentence gets its capital letter. */
export function removed(text: string, start: number, end: number): Edit {
  const before = text.slice(Math.max(0, start - 40), start);
  const gap = /^,?[ \t]*/.exec(text.slice(end, end + 20))![0].length;
  // Nothing follows that a space would part from what is before.
  if (end + gap === text.length)
    return { start: start - /\s*$/.exec(before)![0].length, end: end + gap, text: '' };
  if (/(?:^|[.!?]\s+|\n)[\s>*_#-]*$/.test(before)) {
    const next = text[end + gap] ?? '';
    return { start, end: end + gap + next.length, text: next.toUpperCase() };
  }
  const lead = /(?:,(?=[ \t]*$)[ \t]*|[ \t]+)$/.exec(before)?.[0] ?? '';
  if (lead === '') return { start, end: end + gap, text: '' };
  const isInserted = lead.startsWith(',') && text[end] === ',';
  return {
    start: start - lead.length,
    end: isInserted ? end + 1 : end,
    text: lead.startsWith(',') && !isInserted ? ',' : '',
  };
}
