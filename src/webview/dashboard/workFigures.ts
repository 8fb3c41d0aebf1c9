import type { ShownQuick } from '../../protocol/dashboard.ts';
import { numbers, textCell, valueCell, words, type Figure, type Series } from './figure.ts';
import { count, dayName, shortDay, time } from './numbers.ts';

/** Maximum number of evaluators with their own series in the chart by day; all others share one series. */
const maxSeries = 6;

/** Throughput, active time and overridden rules. */
export function workFigures(quick: ShownQuick): Figure[] {
  return [throughput(quick), activeTime(quick), overridden(quick)];
}

function throughput({ throughput: days, evaluators }: ShownQuick): Figure {
  const shown = everyDay(days.map(({ day }) => day));
  const counts = new Map(days.map(({ day, reviews }) => [day, reviews]));
  return {
    id: 'throughput',
    title: 'Reviews submitted per day',
    hint: 'Days are in UTC. A revision counts on the day on which it was submitted.',
    isWide: true,
    chart: {
      kind: 'stack',
      labels: shown.map(shortDay),
      series: stacked(evaluators).map(({ name, members }) => ({
        name,
        values: shown.map((day) =>
          members.reduce((sum, evaluator) => sum + (counts.get(day)?.[evaluator] ?? 0), 0),
        ),
      })),
      axis: 'reviews',
      format: count,
    },
    table: {
      columns: [words('Day'), ...evaluators.map(({ evaluator }) => numbers(evaluator)), numbers('All')],
      rows: days.map(({ day, reviews }) => [
        { text: dayName(day), sort: day },
        ...evaluators.map(({ evaluator }) => valueCell(reviews[evaluator] ?? 0, count)),
        valueCell(
          Object.values(reviews).reduce((sum, each) => sum + each, 0),
          count,
        ),
      ]),
    },
  };
}

function stacked(evaluators: ShownQuick['evaluators']): { name: string; members: string[] }[] {
  const byCount = evaluators
    .toSorted((one, other) => other.reviews - one.reviews)
    .map(({ evaluator }) => evaluator);
  const own = byCount.slice(0, maxSeries).toSorted();
  const rest = byCount.slice(maxSeries);
  const series = own.map((evaluator) => ({ name: evaluator, members: [evaluator] }));
  return rest.length === 0 ? series : [...series, { name: `${count(rest.length)} others`, members: rest }];
}

/** Every day from the first to the last, days without reviews included. */
function everyDay(days: readonly string[]): string[] {
  const [first, last] = [days[0], days.at(-1)];
  const found: string[] = [];
  if (first === undefined || last === undefined) return found;
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    found.push(new Date(at).toISOString().slice(0, 10));
  return found;
}

function activeTime({ evaluators }: ShownQuick): Figure {
  const series: Series<number>[] = [
    { name: 'median', values: evaluators.map(({ medianActiveMs }) => medianActiveMs / 60_000) },
    { name: '90th percentile', values: evaluators.map(({ ninthActiveMs }) => ninthActiveMs / 60_000) },
  ];
  return {
    id: 'active-time',
    title: 'Active time per review',
    hint: 'Pauses count for 30 seconds at most. Half of the reviews took at most the median, nine out of ten at most the 90th percentile.',
    chart: {
      kind: 'bars',
      labels: evaluators.map(({ evaluator, reviews }) => `${evaluator} (n = ${count(reviews)})`),
      series,
      axis: 'minutes',
      format: (value) => time(value * 60_000),
    },
    table: {
      columns: [words('Evaluator'), numbers('Reviews (n)'), numbers('Median'), numbers('90th percentile')],
      rows: evaluators.map(({ evaluator, reviews, medianActiveMs, ninthActiveMs }) => [
        textCell(evaluator),
        valueCell(reviews, count),
        valueCell(medianActiveMs, time),
        valueCell(ninthActiveMs, time),
      ]),
    },
  };
}

function overridden({ overridden: rules, reviews }: ShownQuick): Figure {
  return {
    id: 'overridden',
    title: 'Rules most overridden',
    hint: `Of ${count(reviews)} reviews in effect, the number submitted despite a finding of the rule. A high number can mean that the rule is wrong.`,
    empty:
      rules.length === 0
        ? 'No review was submitted despite a finding. Overridden findings are counted here by rule.'
        : undefined,
    chart: {
      kind: 'bars',
      labels: rules.map(({ rule, name }) => `${rule} ${name}`),
      series: [{ name: 'reviews', values: rules.map((rule) => rule.reviews) }],
      axis: 'reviews',
      format: count,
    },
    table: {
      columns: [words('Rule'), words('What it seriesStyles for'), numbers('Reviews')],
      rows: rules.map(({ rule, name, reviews: overriding }) => [
        textCell(rule),
        textCell(name),
        valueCell(overriding, count),
      ]),
    },
  };
}
