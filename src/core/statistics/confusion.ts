/** How a rater's labels compare with the true labels. */
export interface Confusion {
  readonly accuracy: number;
  /** Unweighted means over the labels. The precision of a label that was never given is 0. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Accuracy and macro averages over all labels that occur; `undefined` without any pair of labels. */
export function confusionOf<Label>(
  pairs: readonly { readonly given: Label; readonly truth: Label }[],
): Confusion | undefined {
  if (pairs.length === 0) return undefined;
  const labels = [...new Set(pairs.flatMap(({ given, truth }) => [given, truth]))];
  const scores = labels.map((label) => {
    const hits = pairs.filter(({ given, truth }) => given === label && truth === label).length;
    const given = pairs.filter((pair) => pair.given === label).length;
    const truth = pairs.filter((pair) => pair.truth === label).length;
    return { precision: ratio(hits, given), recall: ratio(hits, truth), f1: ratio(2 * hits, given + truth) };
  });
  const mean = (pick: (score: (typeof scores)[number]) => number): number =>
    scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
  return {
    accuracy: pairs.filter(({ given, truth }) => given === truth).length / pairs.length,
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
