import type { Fix, Rationale } from './rule.ts';

/** The span of a finding about the whole text: its first sentence, because marking the whole text would hide other findings. */
export function wholeText({ text, sentences }: Pick<Rationale, 'text' | 'sentences'>): {
  start: number;
  end: number;
} {
  const [first] = sentences;
  return { start: first?.start ?? 0, end: first?.end ?? text.length };
}

type Edit = Fix['edits'][number];

/** Appends a sentence to the text, with the space before it. */
export function appended({ text }: Pick<Rationale, 'text'>, sentence: string): Edit {
  const at = text.trimEnd().length;
  const last = text.slice(0, at).split('\n').at(-1)!;
  // A sentence on the same line would become part of a list item, quotation, table row or fence.
  const isBlock = /^\s*(?:[-*+>|`~]|\d+[.)]\s)/.test(last);
  const before = at === 0 ? '' : isBlock ? '\n\n' : /[.!?:;…]["'”’)*_\]`]*$/.test(last) ? ' ' : '. ';
  return { start: at, end: at, text: before + sentence };
}

/** Deletes a range and the space around it. If another word then begins the sentence, the word is capitalized. */
export function removed(text: string, start: number, end: number): Edit {
  const before = text.slice(Math.max(0, start - 40), start);
  const gap = /^,?[ \t]*/.exec(text.slice(end, end + 20))![0].length;
  // At the end of the text no space is needed.
  if (end + gap === text.length)
    return { start: start - /\s*$/.exec(before)![0].length, end: end + gap, text: '' };
  // oxlint-disable-next-line regexp/no-super-linear-backtracking -- `before` has at most 40 characters.
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
