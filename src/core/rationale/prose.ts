import { withoutFences } from './anchors.ts';

/** Inline code and quotations, which are not the author's words. */
const quotation = /`[^`\n]*`|"[^"\n]*"|“[^“”\n]*”|^[ \t]{0,3}>[^\n]*/gm;

/** The author's own words: code and quotations are replaced by spaces, so that offsets do not change. */
export function proseOf(text: string): string {
  return withoutFences(text).replaceAll(quotation, (quoted) => ' '.repeat(quoted.length));
}

/** Number of words in a text; a lone mark is not a word. */
export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
