import type { Inspection } from './inspection.ts';

type SpanComment = Inspection['comments'][number];

/** The current span of a comment: its stored span, else the only occurrence of its quote, else `undefined`. */
export function locateComment(
  { start, end, quote }: Pick<SpanComment, 'start' | 'end' | 'quote'>,
  rationale: string,
): { readonly start: number; readonly end: number } | undefined {
  if (rationale.slice(start, end) === quote) return { start, end };
  const first = rationale.indexOf(quote);
  if (first === -1 || rationale.includes(quote, first + 1)) return undefined;
  return { start: first, end: first + quote.length };
}
