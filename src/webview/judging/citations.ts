import { anchorText, findAnchors, type Anchor } from '../../core/rationale/anchors.ts';
import type { Side } from '../../core/preference.ts';
import type { PanelState } from '../../protocol/webview.ts';

/** A reference of the rationale, opened: what it speaks of, as it stands in the evidence. */
export interface Citation {
  readonly text: string;
  /** Code, or how a case ended; nothing where the reference leads nowhere. */
  readonly shown: readonly string[];
  /** Where to go to in the answers. */
  readonly place:
    { readonly side: Side; readonly file: string; readonly from: number; readonly to: number } | undefined;
}

/** Most lines that are shown of one reference. */
const mostLines = 8;

/** Every reference to lines or to a case, each once, in the order of the text. */
export function citationsOf(text: string, { task, cases }: Pick<PanelState, 'task' | 'cases'>): Citation[] {
  const anchors = findAnchors(text, cases?.cases.map(({ id }) => id) ?? []);
  const told = new Map<string, Citation>();
  for (const anchor of anchors) {
    const citation = opened(anchor, task, cases);
    if (citation !== undefined && !told.has(citation.text)) told.set(citation.text, citation);
  }
  return [...told.values()];
}

function opened(anchor: Anchor, task: PanelState['task'], cases: PanelState['cases']): Citation | undefined {
  const text = anchorText(anchor);
  if (anchor.kind === 'case') {
    const ends = Object.entries(cases?.sides ?? {}).flatMap(([side, { results }]) => {
      const result = results[anchor.id];
      return result === undefined ? [] : [`${side} ${result.verdict}`];
    });
    return { text, shown: ends.length === 0 ? [] : [ends.join(', ')], place: undefined };
  }
  if (anchor.kind !== 'lines') return undefined;
  const { side, from, to } = anchor;
  const files = task?.answers.find((answer) => answer.side === side)?.files ?? [];
  const file = files.find(({ path }) => anchor.file === undefined || path === anchor.file);
  const lines = file?.lines.slice(from - 1, Math.min(to, from - 1 + mostLines)) ?? [];
  if (file === undefined || lines.length === 0) return { text, shown: [], place: undefined };
  return {
    text,
    shown: to - from + 1 > mostLines ? [...lines, '…'] : lines,
    place: { side, file: file.path, from, to },
  };
}
