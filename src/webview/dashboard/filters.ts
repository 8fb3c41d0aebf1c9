import type { ShownFilter } from '../../protocol/dashboard.ts';
import { booleanOr, fields, listOf, numberOr, oneOf, recordOf, textOr } from '../state/kept.ts';
import type { Sorting } from './sorting.ts';

/** Periods by their number of days, today included. */
export const periods = { all: 'All time', 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days' } as const;

const readChoice = fields({
  /** A key of `periods`, or `between` the days below. */
  period: oneOf(['all', '7', '30', '90', 'between'], 'all'),
  from: textOr(''),
  to: textOr(''),
  /** Empty for all. */
  language: textOr(''),
  evaluator: textOr(''),
});
/** The chosen filters as the controls show them. */
export type FilterChoice = ReturnType<typeof readChoice>;

/** The state that the page keeps through a reload. */
export const readKept = fields({
  choice: readChoice,
  page: oneOf(['reviews', 'models'], 'reviews'),
  /** Ids of the figures that are shown as tables. */
  tables: listOf(textOr(undefined)),
  sortings: recordOf(readSorting),
});
export type Kept = ReturnType<typeof readKept>;

function readSorting(kept: unknown): Sorting | undefined {
  const { column, isDescending } = fields({ column: numberOr(-1), isDescending: booleanOr(false) })(kept);
  return Number.isInteger(column) && column >= 0 ? { column, isDescending } : undefined;
}

export const noFilter: FilterChoice = readChoice(undefined);

/** Whether the choice excludes anything. */
export function isFiltered({ period, language, evaluator }: FilterChoice): boolean {
  return period !== 'all' || language !== '' || evaluator !== '';
}

/** The filter of a choice at `now`, in milliseconds. An invalid day sets no limit. */
export function filterOf(
  { period, from, to, language, evaluator }: FilterChoice,
  now: number = Date.now(),
): ShownFilter {
  const days = Number(period);
  const today = new Date(now - (days - 1) * 86_400_000);
  return {
    ...(Number.isFinite(days) && { from: today.toISOString().slice(0, 10) }),
    ...(period === 'between' && isDay(from) && { from }),
    ...(period === 'between' && isDay(to) && { to }),
    ...(language !== '' && { language }),
    ...(evaluator !== '' && { evaluator }),
  };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
