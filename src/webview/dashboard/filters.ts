import * as z from 'zod';
import type { ShownFilter } from '../../protocol/dashboard.ts';

/** Periods to choose from, by how many days back from today they begin. */
export const periods = { all: 'All time', 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days' } as const;

const choiceSchema = z.object({
  /** A key of `periods`, or `between` the days below. */
  period: z.enum(['all', '7', '30', '90', 'between']).default('all'),
  from: z.string().default(''),
  to: z.string().default(''),
  /** Empty for all. */
  language: z.string().default(''),
  evaluator: z.string().default(''),
});
/** What the person chose to see, as the controls show it. */
export type FilterChoice = z.infer<typeof choiceSchema>;

/** What the page keeps of itself through a reload. */
export const keptSchema = z.object({
  choice: choiceSchema.prefault({}),
  /** Ids of the figures that are shown as tables. */
  tables: z.array(z.string()).default([]),
  sortings: z
    .record(z.string(), z.object({ column: z.int().nonnegative(), isDescending: z.boolean() }))
    .default({}),
});
export type Kept = z.infer<typeof keptSchema>;

export const noFilter: FilterChoice = choiceSchema.parse({});

/** Whether anything is left out. */
export function isFiltered({ period, language, evaluator }: FilterChoice): boolean {
  return period !== 'all' || language !== '' || evaluator !== '';
}

/** The filter that a choice asks for today, `now` being a moment. A day that is not one is no limit. */
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
  return z.iso.date().safeParse(text).success;
}
