import { html, type TemplateResult } from 'lit';

/** A stretch of a line in its original offsets, `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly className: string;
}

/**
 * A line of code as text in spans: its colours, the words that differ and what the checks underline, cut where any
 * of them begins or ends. Text only: nothing in an answer becomes markup.
 */
export function codeLine(text: string, colours: readonly number[] | undefined, spans: readonly Span[]): TemplateResult {
  const classes = [...colourSpans(text, colours ?? []), ...spans];
  if (classes.length === 0) return html`${text}`;
  const cuts = [...new Set([0, text.length, ...classes.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .toSorted((a, b) => a - b);
  return html`${cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    const names = classes.filter((span) => span.start <= start && span.end >= end).map((span) => span.className);
    const piece = text.slice(start, end);
    return names.length === 0 ? piece : html`<span class=${names.join(' ')}>${piece}</span>`;
  })}`;
}

/** `[start, palette, start, palette, …]` as spans; each ends where the next begins. */
function colourSpans(text: string, pairs: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    spans.push({ start: pairs[at]!, end: pairs[at + 2] ?? text.length, className: `t${pairs[at + 1]!}` });
  }
  return spans;
}
