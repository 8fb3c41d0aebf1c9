import { zeros, type Matrix } from './matrix.ts';

/** One label that an observer gave to an item; the same observer may label an item more than once. */
export interface Label {
  readonly item: string;
  readonly observer: string;
  /** Index of the class, from 0. */
  readonly label: number;
}

export interface DawidSkeneFit {
  /** How common each class is. */
  readonly priors: readonly number[];
  /** Observer → rows of the true class, columns of the label given. */
  readonly errorRates: ReadonlyMap<string, Matrix>;
  /** Item → how likely each class is. */
  readonly classes: ReadonlyMap<string, readonly number[]>;
  readonly logLikelihood: number;
}

const mostRounds = 10_000;

/**
 * The classes of items and the error rates of observers, by expectation–maximisation from the majority's start.
 * `smoothing` is added to every count of the error rates (a Dirichlet prior), for observers with few labels.
 * Source: A. P. Dawid and A. M. Skene, Maximum likelihood estimation of observer error-rates using the EM algorithm,
 * Applied Statistics 28 (1979), 20–28.
 */
export function fitDawidSkene(labels: readonly Label[], classes: number, smoothing = 0): DawidSkeneFit {
  const byItem = Map.groupBy(labels, ({ item }) => item);
  let posterior = new Map([...byItem].map(([item, given]) => [item, sharesOf(given, classes)]));
  let before = -Infinity;
  for (let round = 0; ; round += 1) {
    const priors = meanOf([...posterior.values()], classes);
    const errorRates = ratesOf(labels, posterior, classes, smoothing);
    const { logLikelihood, next } = expected(byItem, priors, errorRates);
    posterior = next;
    if (logLikelihood - before < 1e-12 || round === mostRounds)
      return { priors, errorRates, classes: posterior, logLikelihood };
    before = logLikelihood;
  }
}

function sharesOf(given: readonly Label[], classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, index) => given.filter(({ label }) => label === index).length / given.length,
  );
}

function meanOf(vectors: readonly (readonly number[])[], classes: number): number[] {
  return Array.from(
    { length: classes },
    (_, index) => vectors.reduce((sum, vector) => sum + vector[index]!, 0) / vectors.length,
  );
}

function ratesOf(
  labels: readonly Label[],
  posterior: ReadonlyMap<string, readonly number[]>,
  classes: number,
  smoothing: number,
): Map<string, Matrix> {
  const rates = new Map<string, Matrix>();
  for (const [observer, given] of Map.groupBy(labels, (label) => label.observer)) {
    const counts = zeros(classes).map((row) => row.map(() => smoothing));
    for (const { item, label } of given)
      posterior.get(item)!.forEach((share, truth) => (counts[truth]![label]! += share));
    rates.set(
      observer,
      counts.map((row) => {
        const sum = row.reduce((total, count) => total + count, 0);
        return row.map((count) => (sum === 0 ? 0 : count / sum));
      }),
    );
  }
  return rates;
}

function expected(
  byItem: ReadonlyMap<string, readonly Label[]>,
  priors: readonly number[],
  errorRates: ReadonlyMap<string, Matrix>,
): { logLikelihood: number; next: Map<string, number[]> } {
  const next = new Map<string, number[]>();
  let logLikelihood = 0;
  for (const [item, given] of byItem) {
    const joint = priors.map((prior, truth) =>
      given.reduce(
        (product, { observer, label }) => product * errorRates.get(observer)![truth]![label]!,
        prior,
      ),
    );
    const sum = joint.reduce((total, value) => total + value, 0);
    logLikelihood += Math.log(sum);
    next.set(
      item,
      joint.map((value) => value / sum),
    );
  }
  return { logLikelihood, next };
}
