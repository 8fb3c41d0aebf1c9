/** The two error rates that the chart distinguishes: the usual rate and the worse rate. */
export interface CusumRates {
  readonly usual: number;
  readonly worse: number;
}

/**
 * The upward Bernoulli CUSUM after each trial, oldest first: it rises at the worse error rate and falls to 0 at the usual
 * error rate. S = max(0, S + log-likelihood ratio). Source: M. R. Reynolds and
 * Z. G. Stoumbos, A CUSUM chart for monitoring a proportion, Journal of Quality Technology 31 (1999), 87–108.
 */
export function bernoulliCusum(errors: readonly boolean[], { usual, worse }: CusumRates): number[] {
  const onError = Math.log(worse / usual);
  const onSuccess = Math.log((1 - worse) / (1 - usual));
  let sum = 0;
  return errors.map((isError) => (sum = Math.max(0, sum + (isError ? onError : onSuccess))));
}

/** The 0-based index of the first trial at which the chart reaches `threshold`; `undefined` if it never does. */
export function firstAlarm(chart: readonly number[], threshold: number): number | undefined {
  const at = chart.findIndex((value) => value >= threshold);
  return at === -1 ? undefined : at;
}
