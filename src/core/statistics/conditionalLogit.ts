import { addOuter, applied, dot, inverse, product, zeros, type Matrix } from './matrix.ts';

/** One choice among alternatives, each described by its features. */
export interface Choice {
  readonly alternatives: readonly (readonly number[])[];
  /** How often each alternative was chosen; halves are allowed. */
  readonly chosen: readonly number[];
  /** Choices of one cluster may depend on one another. */
  readonly cluster: string;
}

/** The fitted weights of the features, with what is needed for their errors. */
export interface LogitFit {
  readonly weights: readonly number[];
  readonly logLikelihood: number;
  /** Covariance if all choices were independent and the model true. */
  readonly modelCovariance: Matrix;
  /** Covariance that holds with dependence inside clusters: H⁻¹SH⁻¹. */
  readonly sandwichCovariance: Matrix;
}

const mostSteps = 100;

/**
 * P(alternative) ∝ exp(weights · features), fitted by Newton's method. The first `free` features are known only up to
 * a common constant and are held to a mean of zero. Choices with the same alternatives are added up first, so that
 * the cost grows with distinct ones. `undefined` when no finite weights fit best.
 * Sources: D. McFadden, Conditional logit analysis of qualitative choice behavior (1974); for the sandwich,
 * K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986), 13–22, without a correction for few clusters.
 */
export function fitConditionalLogit(choices: readonly Choice[], free: number): LogitFit | undefined {
  const size = choices[0]?.alternatives[0]?.length ?? 0;
  if (size === 0) return undefined;
  const sets = distinct(choices);
  const constraint = Array.from({ length: size }, (_, at) => (at < free ? 1 : 0));
  let weights = constraint.map(() => 0);
  for (let step = 0; step < mostSteps; step += 1) {
    const { gradient, hessian } = derivatives(sets, weights);
    addOuter(hessian, constraint, 1);
    const inverted = inverse(hessian);
    if (inverted === undefined) return undefined;
    const change = applied(inverted, gradient);
    const largest = Math.max(...change.map(Math.abs));
    // A step is cut where it leads too far: the likelihood is concave, so shorter ones in its direction still climb.
    const scale = Math.min(1, 2 / largest);
    weights = weights.map((weight, at) => weight + scale * change[at]!);
    if (weights.some((weight) => !Number.isFinite(weight) || Math.abs(weight) > 30)) return undefined;
    if (largest < 1e-11) return finished(choices, sets, weights, { inverted, free });
  }
  return undefined;
}

function finished(
  choices: readonly Choice[],
  sets: readonly Choice[],
  weights: readonly number[],
  { inverted, free }: { readonly inverted: Matrix; readonly free: number },
): LogitFit {
  return {
    weights,
    logLikelihood: sets.reduce((sum, set) => sum + logLikelihoodOf(set, weights), 0),
    // The constraint that made the matrix invertible is taken out again.
    modelCovariance: inverted.map((row, one) =>
      row.map((value, other) => value - (one < free && other < free ? 1 / free ** 2 : 0)),
    ),
    sandwichCovariance: product(product(inverted, clusterScatter(choices, weights)), inverted),
  };
}

/** Choices among the same alternatives as one. */
function distinct(choices: readonly Choice[]): Choice[] {
  const sets = new Map<string, { alternatives: Choice['alternatives']; chosen: number[]; cluster: string }>();
  for (const { alternatives, chosen } of choices) {
    const key = JSON.stringify(alternatives);
    const known = sets.get(key);
    if (known === undefined) sets.set(key, { alternatives, chosen: [...chosen], cluster: '' });
    else chosen.forEach((count, at) => (known.chosen[at]! += count));
  }
  return [...sets.values()];
}

function derivatives(
  sets: readonly Choice[],
  weights: readonly number[],
): { gradient: number[]; hessian: number[][] } {
  const gradient = weights.map(() => 0);
  const hessian = zeros(weights.length);
  for (const set of sets) {
    const total = set.chosen.reduce((sum, count) => sum + count, 0);
    const probabilities = probabilitiesOf(set, weights);
    const mean = meanFeatures(set, probabilities);
    set.alternatives.forEach((features, at) => {
      const apart = features.map((value, feature) => value - mean[feature]!);
      apart.forEach((value, feature) => (gradient[feature]! += set.chosen[at]! * value));
      addOuter(hessian, apart, total * probabilities[at]!);
    });
  }
  return { gradient, hessian };
}

/** S: the scores of each cluster added up, times themselves, added over the clusters. */
function clusterScatter(choices: readonly Choice[], weights: readonly number[]): number[][] {
  const scores = new Map<string, number[]>();
  const means = new Map<Choice['alternatives'], number[]>();
  for (const choice of choices) {
    const mean = means.get(choice.alternatives) ?? meanFeatures(choice, probabilitiesOf(choice, weights));
    means.set(choice.alternatives, mean);
    const score = scores.get(choice.cluster) ?? weights.map(() => 0);
    choice.alternatives.forEach((features, at) => {
      const count = choice.chosen[at]!;
      if (count !== 0)
        features.forEach((value, feature) => (score[feature]! += count * (value - mean[feature]!)));
    });
    scores.set(choice.cluster, score);
  }
  const scatter = zeros(weights.length);
  for (const score of scores.values()) addOuter(scatter, score, 1);
  return scatter;
}

function probabilitiesOf({ alternatives }: Choice, weights: readonly number[]): number[] {
  const utilities = alternatives.map((features) => dot(features, weights));
  const highest = Math.max(...utilities);
  const powers = utilities.map((utility) => Math.exp(utility - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function meanFeatures({ alternatives }: Choice, probabilities: readonly number[]): number[] {
  return alternatives[0]!.map((_, feature) =>
    alternatives.reduce((sum, features, at) => sum + probabilities[at]! * features[feature]!, 0),
  );
}

function logLikelihoodOf(set: Choice, weights: readonly number[]): number {
  const probabilities = probabilitiesOf(set, weights);
  return set.chosen.reduce(
    (sum, count, at) => sum + (count === 0 ? 0 : count * Math.log(probabilities[at]!)),
    0,
  );
}
