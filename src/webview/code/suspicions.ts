import type { Diagnostic } from '../../core/run/diagnostic.ts';
import { sides, type Side } from '../../core/task/side.ts';
import type { FlagKind } from '../../core/review/flagKinds.ts';
import type { PanelFlag, PanelState } from '../../protocol/panel/state.ts';
import type { Selection } from '../state/model.ts';

/** A diagnostic that may deserve a flag. */
export interface Suspicion {
  readonly side: Side;
  readonly diagnostic: Diagnostic;
}

/** Numbers of diagnostics by which the sides are compared. */
export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly unknownApi: number;
  readonly unsafe: number;
  /** Passages that pass tests without solving the task. */
  readonly gamesTests: number;
}

const kinds: Partial<Record<Diagnostic['category'], FlagKind>> = {
  'unknown-api': 'hallucinated-api',
  unsafe: 'unsafe',
  'games-tests': 'games-tests',
};

/** The kind of flag for a diagnostic; `undefined` if the diagnostic does not deserve a flag. */
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
    gamesTests: count(({ category }) => category === 'games-tests'),
  };
}

/** Whether a flag of this kind already covers the diagnostic. */
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

/** The flag for a diagnostic: its lines, with the message as a note. */
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

/** The unflagged suspicion on the selected lines. */
export function selectedSuspicion(state: PanelState, selection: Selection | null): Suspicion | undefined {
  return unflagged(state).find(
    ({ side, diagnostic: { file, range } }) =>
      selection?.side === side &&
      selection.file === file &&
      range.startLine <= selection.to &&
      range.endLine >= selection.from,
  );
}

/** The first unflagged suspicion of A, then of B. Skips packages that are missing only on this machine. */
export function nextSuspicion(state: PanelState): Suspicion | undefined {
  return unflagged(state).find(({ diagnostic }) => diagnostic.severity !== 'info');
}

function unflagged(state: PanelState): Suspicion[] {
  const flags = state.draft?.flags ?? [];
  return sides
    .flatMap((side) => (state.checks?.[side]?.diagnostics ?? []).map((diagnostic) => ({ side, diagnostic })))
    .filter((each) => flagKindOf(each.diagnostic) !== undefined && !isFlagged(flags, each));
}
