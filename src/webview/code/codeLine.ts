import { html, type TemplateResult } from 'lit';

/** Offsets `[start, end)` in a line. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly className: string;
}

/** Invisible characters: bidirectional controls and characters of no width. */
const controls = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

/**
 * A line of code as spans: its colours, the words that differ and the underlined diagnostics, cut where any of them
 * begins or ends. Nothing in an answer becomes markup, and invisible characters are shown.
 */
export function codeLine(
  text: string,
  colours: readonly number[] | undefined,
  spans: readonly Span[],
): TemplateResult {
  const hidden = [...text.matchAll(controls)].map(({ index }) => ({
    start: index,
    end: index + 1,
    className: 'control',
  }));
  const classes = [...colourSpans(text, colours ?? []), ...spans, ...hidden];
  if (classes.length === 0) return html`${text}`;
  const cuts = [...new Set([0, text.length, ...classes.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .toSorted((a, b) => a - b);
  return html`${cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    const names = classes
      .filter((span) => span.start <= start && span.end >= end)
      .map((span) => span.className);
    const piece = names.includes('control') ? codePoint(text, start) : text.slice(start, end);
    return names.length === 0 ? piece : html`<span class=${names.join(' ')}>${piece}</span>`;
  })}`;
}

/** `U+202E`. */
function codePoint(text: string, at: number): string {
  return `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `[start, palette, start, palette, …]` as spans; each ends where the next begins. */
function colourSpans(text: string, pairs: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < pairs.length; at += 2) {
    spans.push({ start: pairs[at]!, end: pairs[at + 2] ?? text.length, className: `t${pairs[at + 1]!}` });
  }
  return spans;
}
