import { anchorText, findAnchors, type Anchor } from '../../core/rationale/anchors.ts';
import type { Side } from '../../core/task/side.ts';
import type { PanelState } from '../../protocol/panel/state.ts';

/** A citation of the rationale together with the evidence that it cites. */
export interface Citation {
  readonly text: string;
  /** Lines of code, the verdicts of a case, or what a search found; empty when the citation matches nothing. */
  readonly shown: readonly string[];
  /** The cited lines, if any. */
  readonly lines:
    { readonly side: Side; readonly file: string; readonly from: number; readonly to: number } | undefined;
}

/** Maximum number of lines shown for one citation. */
const maxLines = 8;

/** Every citation of lines, of a case or of a search, once each, in the order of the text. */
export function citationsOf(
  text: string,
  { task, cases, differences }: Pick<PanelState, 'task' | 'cases' | 'differences'>,
): Citation[] {
  const anchors = findAnchors(text, cases?.cases.map(({ id }) => id) ?? []);
  const citationsByText = new Map<string, Citation>();
  for (const anchor of anchors) {
    const citation =
      anchor.kind === 'search' ? openedSearch(anchor, differences) : opened(anchor, task, cases);
    if (citation !== undefined && !citationsByText.has(citation.text))
      citationsByText.set(citation.text, citation);
  }
  return [...citationsByText.values()];
}

function openedSearch(
  anchor: Extract<Anchor, { kind: 'search' }>,
  differences: PanelState['differences'],
): Citation {
  const search = differences?.searches.find(({ number }) => number === anchor.search);
  const shown = anchor.witness === undefined ? search?.text : search?.witnesses[anchor.witness - 1]?.text;
  return { text: anchorText(anchor), shown: shown === undefined ? [] : [shown], lines: undefined };
}

function opened(anchor: Anchor, task: PanelState['task'], cases: PanelState['cases']): Citation | undefined {
  const text = anchorText(anchor);
  if (anchor.kind === 'case') {
    const ends = Object.entries(cases?.sides ?? {}).flatMap(([side, { results }]) => {
      const result = results[anchor.id];
      return result === undefined ? [] : [`${side} ${result.verdict}`];
    });
    return { text, shown: ends.length === 0 ? [] : [ends.join(', ')], lines: undefined };
  }
  if (anchor.kind !== 'lines') return undefined;
  const { side, from, to } = anchor;
  const files = task?.answers.find((answer) => answer.side === side)?.files ?? [];
  const file = files.find(({ path }) => anchor.file === undefined || path === anchor.file);
  const cited = file?.lines.slice(from - 1, Math.min(to, from - 1 + maxLines)) ?? [];
  if (file === undefined || cited.length === 0) return { text, shown: [], lines: undefined };
  return {
    text,
    shown: to - from + 1 > maxLines ? [...cited, '…'] : cited,
    lines: { side, file: file.path, from, to },
  };
}
