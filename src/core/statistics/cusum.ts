/** The rates between which the chart decides: the share of errors that is usual, and the one worth a word. */
export interface CusumRates {
  readonly usual: number;
  readonly worse: number;
}

/**
 * The upward Bernoulli CUSUM after each trial, oldest first: it climbs while errors come at the worse rate and falls
 * to 0 while they come at the usual one. S = max(0, S + log-likelihood ratio). Source: M. R. Reynolds and
 * Z. G. Stoumbos, A CUSUM chart for monitoring a proportion, Journal of Quality Technology 31 (1999), 87–108.
 */
export function bernoulliCusum(errors: readonly boolean[], { usual, worse }: CusumRates): number[] {
  const onError = Math.log(worse / usual);
  const onSuccess = Math.log((1 - worse) / (1 - usual));
  let sum = 0;
  return errors.map((isError) => (sum = Math.max(0, sum + (isError ? onError : onSuccess))));
}

/** The first trial, from 0, after which the chart stands at or above `threshold`; `undefined` when it never does. */
export function firstAlarm(chart: readonly number[], threshold: number): number | undefined {
  const at = chart.findIndex((value) => value >= threshold);
  return at === -1 ? undefined : at;
}
