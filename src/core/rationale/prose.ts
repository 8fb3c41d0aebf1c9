import { withoutFences } from './anchors.ts';

/** Inline code and quotations are what somebody else wrote. */
const quotation = /`[^`\n]*`|"[^"\n]*"|“[^“”\n]*”|^[ \t]{0,3}>[^\n]*/gm;

/** What the author says in his own words: fenced and inline code and quotations are blanked, so that offsets stay. */
export function proseOf(text: string): string {
  return withoutFences(text).replaceAll(quotation, (quoted) => ' '.repeat(quoted.length));
}

/** How many words a text has; a mark that stands alone is none. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
