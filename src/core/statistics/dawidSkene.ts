import { zeros, type Matrix } from './matrix.ts';

/** A label that an observer gave to an item. The same observer may label an item more than once. */
export interface Label {
  readonly item: string;
  readonly observer: string;
  /** Index of the class, from 0. */
  readonly label: number;
}

export interface DawidSkeneFit {
  /** Prior probability of each class. */
  readonly priors: readonly number[];
  /** Observer → matrix; rows: true class, columns: given label. */
  readonly errorRates: ReadonlyMap<string, Matrix>;
  /** Item → probability of each class. */
  readonly classes: ReadonlyMap<string, readonly number[]>;
  readonly logLikelihood: number;
}

const maxRounds = 10_000;
/** The fit stops when the log-likelihood improves by less than this share. */
const smallestGain = 1e-12;

/** Items with the same labels by the same observers; thousands of items give a few hundred patterns. */
interface LabelPattern {
  readonly given: readonly Label[];
  readonly items: string[];
}

/**
 * The classes of items and the error rates of observers, by expectation–maximisation from the majority's start.
 * `smoothing` is added to every count of the error rates (a Dirichlet prior), for observers with few labels.
 * Source: A. P. Dawid and A. M. Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm,
 * Applied Statistics 28 (1979), 20–28.
 */
export function fitDawidSkene(labels: readonly Label[], classes: number, smoothing = 0): DawidSkeneFit {
  const patterns = labelPatterns(labels);
  let posteriors = patterns.map(({ given }) => sharesOf(given, classes));
  let before = -Infinity;
  for (let round = 0; ; round += 1) {
    const priors = meanOf(patterns, posteriors, classes);
    const errorRates = ratesOf(patterns, posteriors, { classes, smoothing });
    const expected = patterns.map(({ given }) => jointOf(given, priors, errorRates));
    const sums = expected.map((joint) => joint.reduce((total, value) => total + value, 0));
    posteriors = expected.map((joint, at) => joint.map((value) => value / sums[at]!));
    const logLikelihood = patterns.reduce(
      (total, { items }, at) => total + items.length * Math.log(sums[at]!),
      0,
    );
    if (logLikelihood - before < smallestGain * Math.abs(logLikelihood) || round === maxRounds)
      return { priors, errorRates, classes: byItem(patterns, posteriors), logLikelihood };
    before = logLikelihood;
  }
}

function labelPatterns(labels: readonly Label[]): LabelPattern[] {
  const patterns = new Map<string, LabelPattern>();
  for (const [item, given] of Map.groupBy(labels, (label) => label.item)) {
    const key = given
      .map(({ observer, label }) => JSON.stringify([observer, label]))
      .toSorted()
      .join(' ');
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, { given, items: [item] });
    else known.items.push(item);
  }
  return [...patterns.values()];
}

function byItem(
  patterns: readonly LabelPattern[],
  posteriors: readonly (readonly number[])[],
): Map<string, readonly number[]> {
  return new Map(patterns.flatMap(({ items }, at) => items.map((item) => [item, posteriors[at]!] as const)));
}

function sharesOf(given: readonly Label[], classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, index) => given.filter(({ label }) => label === index).length / given.length,
  );
}

/** The mean over items. */
function meanOf(
  patterns: readonly LabelPattern[],
  posteriors: readonly (readonly number[])[],
  classes: number,
): number[] {
  const items = patterns.reduce((sum, pattern) => sum + pattern.items.length, 0);
  return Array.from(
    { length: classes },
    (_, index) =>
      patterns.reduce((sum, pattern, at) => sum + pattern.items.length * posteriors[at]![index]!, 0) / items,
  );
}

function ratesOf(
  patterns: readonly LabelPattern[],
  posteriors: readonly (readonly number[])[],
  { classes, smoothing }: { readonly classes: number; readonly smoothing: number },
): Map<string, Matrix> {
  const counts = new Map<string, number[][]>();
  patterns.forEach(({ given, items }, at) => {
    for (const { observer, label } of given) {
      const ofObserver = counts.get(observer) ?? zeros(classes).map((row) => row.map(() => smoothing));
      counts.set(observer, ofObserver);
      posteriors[at]!.forEach((share, truth) => (ofObserver[truth]![label]! += items.length * share));
    }
  });
  return new Map([...counts].map(([observer, rows]) => [observer, rows.map(asShares)]));
}

function asShares(row: readonly number[]): number[] {
  const sum = row.reduce((total, count) => total + count, 0);
  return row.map((count) => (sum === 0 ? 0 : count / sum));
}

/** The joint probability of each class and the given labels. */
function jointOf(
  given: readonly Label[],
  priors: readonly number[],
  errorRates: ReadonlyMap<string, Matrix>,
): number[] {
  return priors.map((prior, truth) =>
    given.reduce(
      (product, { observer, label }) => product * errorRates.get(observer)![truth]![label]!,
      prior,
    ),
  );
}
