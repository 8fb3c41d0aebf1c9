import type { Diagnostic } from '../../core/diagnostic.ts';
import { sides, type Side } from '../../core/preference.ts';
import type { FlagKind } from '../../core/review.ts';
import type { PanelFlag, PanelState } from '../../protocol/webview.ts';
import type { Selection } from '../model.ts';

/** A finding of a side that a flag can be made of. */
export interface Suspicion {
  readonly side: Side;
  readonly diagnostic: Diagnostic;
}

/** How many findings there are of each sort that sides are compared by. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly unknownApi: number;
  readonly unsafe: number;
}

const kinds: Partial<Record<Diagnostic['category'], FlagKind>> = {
  'unknown-api': 'hallucinated-api',
  unsafe: 'unsafe',
};

/** The kind of flag that a finding becomes, if it can be one. */
export function flagKindOf({ category }: Diagnostic): FlagKind | undefined {
  return kinds[category];
}

export function countsOf(found: readonly Diagnostic[]): Counts {
  const count = (fits: (diagnostic: Diagnostic) => boolean): number => found.filter(fits).length;
  return {
    errors: count(({ severity }) => severity === 'error'),
    warnings: count(({ severity }) => severity === 'warning'),
    unknownApi: count(({ category, severity }) => category === 'unknown-api' && severity !== 'info'),
    unsafe: count(({ category, severity }) => category === 'unsafe' && severity !== 'info'),
  };
}

/** Whether a flag of this kind covers the finding already. */
export function isFlagged(flags: readonly PanelFlag[], { side, diagnostic }: Suspicion): boolean {
  const { file, range } = diagnostic;
  return flags.some(
    (flag) =>
      flag.side === side &&
      flag.kind === flagKindOf(diagnostic) &&
      flag.file === file &&
      flag.startLine <= range.startLine &&
      flag.endLine >= range.endLine,
  );
}

/** The flag that a finding becomes: its lines, and what was said of them. */
export function flagOf({ side, diagnostic }: Suspicion, id: string): PanelFlag | undefined {
  const kind = flagKindOf(diagnostic);
  if (kind === undefined) return undefined;
  const { file, range, message, source } = diagnostic;
  return {
    id,
    side,
    kind,
    file,
    startLine: range.startLine,
    endLine: Math.max(range.startLine, range.endLine),
    note: `${message.replaceAll(/\s+/g, ' ')} (${source})`,
  };
}

/**
 * What the one key flags: the finding on the selected lines; else the first of A, then of B, that is not flagged yet. A
 * package that is only not installed here is not taken for made up, unless its line is selected.
 */
export function nextSuspicion(state: PanelState, selection: Selection | null): Suspicion | undefined {
  const flags = state.draft?.flags ?? [];
  const all = sides
    .flatMap((side) => (state.checks?.[side]?.diagnostics ?? []).map((diagnostic) => ({ side, diagnostic })))
    .filter((each) => flagKindOf(each.diagnostic) !== undefined && !isFlagged(flags, each));
  const selected = all.find(
    ({ side, diagnostic: { file, range } }) =>
      selection?.side === side &&
      selection.file === file &&
      range.startLine <= selection.to &&
      range.endLine >= selection.from,
  );
  return selected ?? all.find(({ diagnostic }) => diagnostic.severity !== 'info');
}
