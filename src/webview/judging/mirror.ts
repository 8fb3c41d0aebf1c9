import { findAnchors } from '../../core/rationale/anchors.ts';
import type { PanelFinding } from '../../protocol/panel/state.ts';

/** A piece of the rationale with the CSS classes of its background. */
export interface Piece {
  readonly text: string;
  readonly className: string;
}

/**
 * The rationale in pieces for the layer behind the text area: citations in the colour of their side, findings underlined,
 * commented text marked. Joined, the pieces are the text.
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
    // A finding on the whole text would underline everything, which would not help.
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
