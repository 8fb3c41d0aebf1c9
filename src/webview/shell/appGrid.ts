import type { Arrangement } from '../state/arrangement.ts';
import type { Mode } from '../state/model.ts';

/**
 * In a narrower window the judgement is a tab, in pixels. Just below it, 60 characters of code fit in A and in B; above it, the
 * judgement is in sight.
 */
const narrow = 1220;
/** From this width on, the reviewer's form has a column of its own, in pixels. */
const wide = 1300;
const formWidth = 372;
/** Width or height of an edge between two areas, in pixels. */
const edge = 5;
/** The largest share of the window for the cases unless the person chose another; the code gets the rest. */
const casesShare = 0.3;

/** The window's size in pixels. */
interface WindowSize {
  readonly innerWidth: number;
  readonly innerHeight: number;
}

export function isNarrow({ innerWidth }: WindowSize): boolean {
  return innerWidth < narrow;
}

/** Whether the reviewer's form is beside the review instead of below it. */
export function isFormBeside(mode: Mode, { innerWidth }: WindowSize): boolean {
  return mode !== 'judge' && innerWidth >= wide;
}

/** The width of a reviewer's form and of the part beside it. Reviews to settle need room for their texts. */
function besideWidth(judgementWidth: number, mode: Mode, { innerWidth }: WindowSize): number {
  const width = judgementWidth + formWidth;
  return mode === 'settle' ? Math.max(width, Math.round(innerWidth * 0.55)) : width;
}

/**
 * Values of `grid-template` for the whole panel and for the evidence. Every part has a minimum size, and the cases are only as
 * high as their rows.
 */
export function gridOf(
  { judgementWidth, casesHeight }: Pick<Arrangement, 'judgementWidth' | 'casesHeight'>,
  mode: Mode,
  window: WindowSize,
): { main: string; evidence: string } {
  const besides = isFormBeside(mode, window) ? besideWidth(judgementWidth, mode, window) : judgementWidth;
  const width = Math.max(240, Math.min(besides, window.innerWidth - 420));
  const wanted = casesHeight ?? window.innerHeight * casesShare;
  const height = Math.max(90, Math.min(wanted, window.innerHeight - 260));
  return {
    main: isNarrow(window)
      ? 'auto minmax(0, 1fr) / minmax(0, 1fr)'
      : `minmax(0, 1fr) / minmax(0, 1fr) ${edge}px ${width}px`,
    evidence: `auto minmax(0, 1fr) ${edge}px fit-content(${height}px) / minmax(0, 1fr)`,
  };
}
