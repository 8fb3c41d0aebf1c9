import type { Case } from '../../core/task/task.ts';

export type UnitCase = Extract<Case, { kind: 'unit' }>;

/** How a language finds passes that do not depend on what the test expects. */
export interface Control {
  /** Words without which an answer cannot do what this control finds. It must have no state: no flag `g`. */
  readonly suspects: RegExp;
  /**
   * The test with checks that cannot hold, so that an honest answer fails it. Checks that hold nevertheless print or throw
   * `controlMark` and what they found. `undefined` if there is nothing in the test to check.
   */
  readonly control: (testCase: UnitCase) => UnitCase | undefined;
}

/** What a control prints or throws before what it found. */
export const controlMark = 'tiebreak control: ';

/** The functions among `known` whose name a test contains. */
export function usedIn<Known extends { readonly name: string }>(
  { source }: UnitCase,
  known: readonly Known[],
): readonly Known[] {
  const words = new Set(source.match(/[\w$!?]+/g));
  return known.filter(({ name }) => words.has(name));
}
