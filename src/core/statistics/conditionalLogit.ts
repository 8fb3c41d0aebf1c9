import { addOuter, applied, dot, inverse, product, zeros, type Matrix } from './matrix.ts';

/** One choice among alternatives, each described by its features. */
export interface Choice {
  readonly alternatives: readonly (readonly number[])[];
  /** How often each alternative was chosen; halves are allowed. */
  readonly chosen: readonly number[];
  /** Choices in one cluster may be dependent. */
  readonly cluster: string;
}

/** The fitted weights of the features, with their covariances. */
export interface LogitFit {
  readonly weights: readonly number[];
  readonly logLikelihood: number;
  /** Covariance if all choices are independent and the model is true. */
  readonly modelCovariance: Matrix;
  /** Covariance that stays valid with dependence inside clusters: H⁻¹SH⁻¹. */
  readonly sandwichCovariance: Matrix;
}

const maxSteps = 100;

/**
 * P(alternative) ∝ exp(weights · features), fitted by Newton's method. The weights of the first `free` features are
 * determined only up to a common constant and are fixed to a mean of zero. Choices with the same alternatives are summed
 * first, so that the cost grows with the number of distinct choices. `undefined` if no finite weights fit best.
 * Sources: D. McFadden, Conditional logit analysis of qualitative choice behavior (1974); for the sandwich,
 * K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986), 13–22, without a correction for few clusters.
 */
export function fitConditionalLogit(choices: readonly Choice[], free: number): LogitFit | undefined {
  const size = choices[0]?.alternatives[0]?.length ?? 0;
  if (size === 0) return undefined;
  const sets = distinct(choices);
  const constraint = Array.from({ length: size }, (_, at) => (at < free ? 1 : 0));
  let weights = constraint.map(() => 0);
  for (let step = 0; step < maxSteps; step += 1) {
    const { gradient, hessian } = derivatives(sets, weights);
    addOuter(hessian, constraint, 1);
    const inverted = inverse(hessian);
    if (inverted === undefined) return undefined;
    const change = applied(inverted, gradient);
    const largest = Math.max(...change.map(Math.abs));
    // Limit the step length: the likelihood is concave, so a shorter step in the same direction still improves it.
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
    // Remove the constraint that made the matrix invertible.
    modelCovariance: inverted.map((row, one) =>
      row.map((value, other) => value - (one < free && other < free ? 1 / free ** 2 : 0)),
    ),
    sandwichCovariance: product(product(inverted, clusterScatter(choices, weights)), inverted),
  };
}

/** Merges choices among the same alternatives. */
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

/** S: the sum over clusters of the outer product of the cluster's summed scores. */
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
