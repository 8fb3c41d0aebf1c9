import type { ShownCoefficient, ShownInterval } from '../../protocol/dashboard.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  // No minus sign on −0.00.
  signDisplay: 'negative',
});
const percentage = new Intl.NumberFormat('en', {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercentage = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const minutes = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'minute',
  unitDisplay: 'short',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const seconds = new Intl.NumberFormat('en', {
  style: 'unit',
  unit: 'second',
  unitDisplay: 'short',
  maximumFractionDigits: 0,
});
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });
const shortDate = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** `100,000`. */
export const count = (value: number): string => whole.format(value);
/** `0.74`, with a typographic minus sign. */
export const figure = (value: number): string => decimal.format(value).replace('-', '−');
/** `81.5%`. */
export const percent = (share: number): string => percentage.format(share);
/** `80%`, for an axis. */
export const wholePercent = (share: number): string => wholePercentage.format(share);
/** Active time: `4.2 min`, or `12 sec` if less than a minute. */
export const time = (ms: number): string =>
  ms < 60_000 ? seconds.format(ms / 1_000) : minutes.format(ms / 60_000);
/** `Nov 21, 2026`, of an ISO day. */
export const dayName = (day: string): string => date.format(new Date(`${day}T00:00:00Z`));
/** `Nov 21`. */
export const shortDay = (day: string): string => shortDate.format(new Date(`${day}T00:00:00Z`));

/** `0.61 to 0.82`, or `no interval`. */
export function intervalText(interval: ShownInterval | undefined, format: (value: number) => string): string {
  return interval === undefined ? 'no interval' : `${format(interval.low)} to ${format(interval.high)}`;
}

/** `0.74 (0.61 to 0.82)`. */
export function coefficientText(coefficient: ShownCoefficient): string {
  return `${figure(coefficient.value)} (${intervalText(coefficient.interval, figure)})`;
}
