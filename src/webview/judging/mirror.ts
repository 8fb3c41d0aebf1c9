import { findAnchors } from '../../core/rationale/anchors.ts';
import type { PanelFinding } from '../../protocol/webview.ts';

/** A piece of the rationale as it is tinted behind the text area. */
export interface Piece {
  readonly text: string;
  readonly className: string;
}

/**
 * The rationale cut into pieces: citations in the colour of their side, what the rules found underlined, what a
 * reviewer comments on marked. Joined, the pieces are the text.
 */
export function mirrorPieces(
  text: string,
  caseIds: readonly string[],
  findings: readonly PanelFinding[],
  commented: readonly { readonly start: number; readonly end: number }[] = [],
): Piece[] {
  const spans = [
    ...findAnchors(text, caseIds).map((anchor) => ({
      start: anchor.start,
      end: anchor.end,
      className: `cite ${'side' in anchor ? anchor.side.toLowerCase() : ''}`.trimEnd(),
    })),
    // A finding on the whole text would underline all of it and show nothing.
    ...findings
      .filter(({ start, end }) => end > start && end - start < text.length)
      .map(({ start, end, severity }) => ({ start, end, className: `found ${severity}` })),
    ...commented.map(({ start, end }) => ({ start, end, className: 'commented' })),
  ];
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1]!;
    const names = spans
      .filter((span) => span.start <= start && span.end >= end)
      .map((span) => span.className);
    return { text: text.slice(start, end), className: names.join(' ') };
  });
}
