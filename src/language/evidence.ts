import { sides, type Side } from '../core/task/side.ts';
import { findAnchors, type Anchor } from '../core/rationale/anchors.ts';
import type { ShownFile } from '../core/rationale/context.ts';
import type { CaseEvidence, LanguageContext } from '../protocol/language.ts';

/** Every anchor in a text. The context's cases determine which case anchors are valid. */
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

/** The file of a side by its path; the first file if there is no path. */
export function fileOf(
  context: LanguageContext,
  side: Side,
  path: string | undefined,
): ShownFile | undefined {
  const files = filesOf(context, side);
  return path === undefined ? files[0] : files.find((file) => file.path === path);
}

/** The lines of the prompt, numbered as in anchors. */
export function promptLines({ rationale }: LanguageContext): string[] {
  return rationale.prompt.trimEnd().split('\n');
}

/** The verdicts of a case on each side: `A pass, B fail`. */
export function verdictLine({ results }: CaseEvidence): string {
  const parts = sides.flatMap((side) => {
    const result = results[side];
    return result === undefined ? [] : [`${side} ${result.verdict}`];
  });
  return parts.length === 0 ? 'not run' : parts.join(', ');
}

export function countOf(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
