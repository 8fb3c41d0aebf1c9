import { fitConditionalLogit, type Choice, type LogitFit } from './conditionalLogit.ts';
import { normalInterval, type Interval } from './interval.ts';
import type { Matrix } from './matrix.ts';
import { isConnected } from './reach.ts';

/** The outcome of one or several equal comparisons of two items. */
export interface PairedComparison {
  /** Shown or playing first. */
  readonly first: string;
  readonly second: string;
  readonly outcome: 'first' | 'second' | 'tie';
  readonly times?: number;
  /** Comparisons in one cluster (a task or an evaluator) may be dependent; by default each has its own cluster. */
  readonly cluster?: string;
  /** Other influences on the choice, first minus second, standardised; the same number in every comparison. */
  readonly style?: readonly number[];
}

/** How ties are treated: as half a win for each item, left out, or with a parameter (Davidson). */
export type TieRule = 'half' | 'drop' | 'davidson';

export interface BradleyTerryOptions {
  readonly ties: TieRule;
  /** Whether to estimate the effect of the first position. */
  readonly position?: boolean;
}

export interface Estimate {
  readonly value: number;
  /** From the sandwich covariance. */
  readonly standardError: number;
  /** Standard error if all comparisons were independent. */
  readonly modelError: number;
  readonly interval: Interval;
}

export interface BradleyTerryFit {
  /** In the order in which the items first occur. */
  readonly items: readonly string[];
  /** λ: log strengths with a mean of zero. */
  readonly strengths: ReadonlyMap<string, Estimate>;
  /** δ: the effect of the first position on the log strength. */
  readonly position: Estimate | undefined;
  /** ν of Davidson's ties: P(tie) ∝ ν√(πᵢπⱼ). */
  readonly tie: number | undefined;
  /** β of the other influences. */
  readonly style: readonly Estimate[];
  readonly logLikelihood: number;
  /** λ of one item minus λ of another, with the error of the difference. */
  difference(item: string, other: string): Estimate;
}

/**
 * Bradley–Terry: logit P(i beats j) = λᵢ − λⱼ (+ δ for the first) (+ β · style). `undefined` when no finite strengths
 * exist, for instance when an item never loses. Sources: R. A. Bradley and M. E. Terry, Biometrika 39 (1952), 324–345;
 * R. R. Davidson, On extending the Bradley–Terry model to accommodate ties, JASA 65 (1970), 317–328; position as the
 * home advantage of A. Agresti, Categorical Data Analysis, 2nd edition (2002), §10.6.
 */
export function fitBradleyTerry(
  comparisons: readonly PairedComparison[],
  { ties, position = false }: BradleyTerryOptions,
): BradleyTerryFit | undefined {
  const used = comparisons.filter(({ outcome }) => ties !== 'drop' || outcome !== 'tie');
  const items = [...new Set(used.flatMap(({ first, second }) => [first, second]))];
  if (items.length < 2 || !isConnected(items, used.flatMap(beats))) return undefined;
  const styles = used[0]!.style?.length ?? 0;
  const index: ParameterIndex = {
    places: new Map(items.map((item, at) => [item, at])),
    position: position ? items.length : undefined,
    tie: ties === 'davidson' ? items.length + (position ? 1 : 0) : undefined,
    style: items.length + (position ? 1 : 0) + (ties === 'davidson' ? 1 : 0),
    size: items.length + (position ? 1 : 0) + (ties === 'davidson' ? 1 : 0) + styles,
  };
  const fit = fitConditionalLogit(choicesOf(used, index), items.length);
  return fit && described(fit, items, index);
}

/** The index of each parameter among the features. */
interface ParameterIndex {
  readonly places: ReadonlyMap<string, number>;
  readonly position: number | undefined;
  readonly tie: number | undefined;
  readonly style: number;
  readonly size: number;
}

/** Pairs of items of which the first won against or tied with the second. */
function beats({ first, second, outcome }: PairedComparison): [string, string][] {
  if (outcome === 'first') return [[first, second]];
  if (outcome === 'second') return [[second, first]];
  return [
    [first, second],
    [second, first],
  ];
}

/** Equal comparisons share one list of alternatives, so that they can be recognised as equal. */
function choicesOf(comparisons: readonly PairedComparison[], index: ParameterIndex): Choice[] {
  const known = new Map<string, number[][]>();
  return comparisons.map((comparison, at) => {
    const { first, second, outcome, times = 1, cluster = `#${at}`, style = [] } = comparison;
    const key = JSON.stringify([first, second, style]);
    const alternatives = known.get(key) ?? alternativesOf(comparison, index);
    known.set(key, alternatives);
    const chosen = { first: [times, 0], second: [0, times], tie: [times / 2, times / 2] }[outcome];
    if (index.tie === undefined) return { alternatives, chosen, cluster };
    return { alternatives, chosen: outcome === 'tie' ? [0, 0, times] : [...chosen, 0], cluster };
  });
}

/** Features of "the first is better", "the second is better" and, with Davidson's ties, "as good". */
function alternativesOf({ first, second, style = [] }: PairedComparison, index: ParameterIndex): number[][] {
  const forFirst = Array.from({ length: index.size }, () => 0);
  const forSecond = [...forFirst];
  forFirst[index.places.get(first)!] = 1;
  forSecond[index.places.get(second)!] = 1;
  if (index.position !== undefined) forFirst[index.position] = 1;
  style.forEach((value, at) => (forFirst[index.style + at] = value));
  if (index.tie === undefined) return [forFirst, forSecond];
  const forTie = forFirst.map((value, at) => (value + forSecond[at]!) / 2);
  forTie[index.tie] = 1;
  return [forFirst, forSecond, forTie];
}

function described(fit: LogitFit, items: readonly string[], index: ParameterIndex): BradleyTerryFit {
  const one = (at: number): Estimate => estimate(fit, unit(index.size, at));
  return {
    items,
    strengths: new Map(items.map((item, at) => [item, one(at)])),
    position: index.position === undefined ? undefined : one(index.position),
    tie: index.tie === undefined ? undefined : Math.exp(fit.weights[index.tie]!),
    style: Array.from({ length: index.size - index.style }, (_, at) => one(index.style + at)),
    logLikelihood: fit.logLikelihood,
    difference(item, other) {
      const [plus, minus] = [index.places.get(item), index.places.get(other)];
      if (plus === undefined || minus === undefined) throw new RangeError('the item was not compared');
      const direction = unit(index.size, plus);
      direction[minus]! -= 1;
      return estimate(fit, direction);
    },
  };
}

/** A linear combination of the weights, with its standard errors. */
function estimate(fit: LogitFit, direction: readonly number[]): Estimate {
  const value = direction.reduce((sum, times, at) => sum + times * fit.weights[at]!, 0);
  const standardError = Math.sqrt(Math.max(0, quadratic(fit.sandwichCovariance, direction)));
  const modelError = Math.sqrt(Math.max(0, quadratic(fit.modelCovariance, direction)));
  return { value, standardError, modelError, interval: normalInterval(value, standardError) };
}

function quadratic(matrix: Matrix, vector: readonly number[]): number {
  return vector.reduce(
    (sum, one, row) =>
      sum + (one === 0 ? 0 : one * vector.reduce((inner, other, at) => inner + matrix[row]![at]! * other, 0)),
    0,
  );
}

function unit(size: number, at: number): number[] {
  return Array.from({ length: size }, (_, index) => (index === at ? 1 : 0));
}
