import { sides, type Side } from '../core/preference.ts';
import { findAnchors, type Anchor } from '../core/rationale/anchors.ts';
import type { ShownFile } from '../core/rationale/context.ts';
import type { CaseEvidence, LanguageContext } from '../protocol/language.ts';

/** Every anchor of a text that the context's cases make one. */
export function anchorsIn(text: string, { cases }: LanguageContext): Anchor[] {
  return findAnchors(
    text,
    cases.map(({ id }) => id),
  );
}

/** The anchor that an offset touches. */
export function anchorAt(text: string, offset: number, context: LanguageContext): Anchor | undefined {
  return anchorsIn(text, context).find(({ start, end }) => start <= offset && offset <= end);
}

export function filesOf({ rationale }: LanguageContext, side: Side): readonly ShownFile[] {
  return rationale.answers.find((answer) => answer.side === side)?.files ?? [];
}

/** The file of a side by its path; the first where no path is named. */
export function fileOf(
  context: LanguageContext,
  side: Side,
  path: string | undefined,
): ShownFile | undefined {
  const files = filesOf(context, side);
  return path === undefined ? files[0] : files.find((file) => file.path === path);
}

/** The prompt as anchors count its lines. */
export function promptLines({ rationale }: LanguageContext): string[] {
  return rationale.prompt.trimEnd().split('\n');
}

/** How a case ended on each side: `A pass, B fail`. */
export function verdictLine({ outcomes }: CaseEvidence): string {
  const parts = sides.flatMap((side) => {
    const outcome = outcomes[side];
    return outcome === undefined ? [] : [`${side} ${outcome.verdict}`];
  });
  return parts.length === 0 ? 'not run' : parts.join(', ');
}

export function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
