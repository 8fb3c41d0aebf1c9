import type { Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import type { Anchor } from '../../core/rationale/anchors.ts';
import type { PanelFlag } from '../../protocol/panel/state.ts';

export interface LineMarks {
  readonly diagnostics: readonly Diagnostic[];
  readonly flagged: boolean;
  readonly cited: boolean;
}

/** Everything that can mark lines of one side. */
export interface MarkSources {
  readonly diagnostics: readonly Diagnostic[];
  readonly flags: readonly PanelFlag[];
  readonly anchors: readonly Anchor[];
}

const unmarked: LineMarks = { diagnostics: [], flagged: false, cited: false };
/** Maximum number of lines marked for one diagnostic or anchor: its range may be far too long. */
const longestRange = 10_000;

/** The marks of one file, indexed by line. */
export function marksOf(side: Side, path: string, sources: MarkSources): (line: number) => LineMarks {
  const byLine = new Map<number, { diagnostics: Diagnostic[]; flagged: boolean; cited: boolean }>();
  const each = (
    from: number,
    to: number,
    mark: (marks: { diagnostics: Diagnostic[]; flagged: boolean; cited: boolean }) => void,
  ) => {
    for (let line = from; line <= Math.min(to, from + longestRange); line += 1) {
      const marks = byLine.get(line) ?? { diagnostics: [], flagged: false, cited: false };
      byLine.set(line, marks);
      mark(marks);
    }
  };
  for (const diagnostic of sources.diagnostics) {
    if (diagnostic.file !== path) continue;
    each(diagnostic.range.startLine, diagnostic.range.endLine, (marks) => marks.diagnostics.push(diagnostic));
  }
  for (const flag of sources.flags) {
    if (flag.side === side && flag.file === path)
      each(flag.startLine, flag.endLine, (marks) => (marks.flagged = true));
  }
  for (const anchor of sources.anchors) {
    if (anchor.kind !== 'lines' || anchor.side !== side || (anchor.file ?? path) !== path) continue;
    each(anchor.from, anchor.to, (marks) => (marks.cited = true));
  }
  return (line) => byLine.get(line) ?? unmarked;
}
