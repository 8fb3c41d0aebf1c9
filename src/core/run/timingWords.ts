import type { Time, TimedAnswer, Timing } from './run.ts';
import { compareTimes, growthOf, type Clock, type Estimate, type TimeComparison } from './timing.ts';

const clocks = { cpuMs: 'Processor time', wallMs: 'Wall-clock time' } as const satisfies Record<
  Clock,
  string
>;

/** The result of a comparison of times, one sentence per line. `names` are the names of the two answers, in order. */
export function timingLines(timing: Timing, names: readonly [string, string]): string[] {
  const problems = timing.answers.flatMap(({ problem }, index) =>
    problem === undefined ? [] : [`${names[index]}: ${problem}.`],
  );
  return [
    ...problems,
    ...clockLine(timing, 'cpuMs', names),
    ...clockLine(timing, 'wallMs', names),
    ...timing.answers.flatMap((answer, index) => growthLine(answer, timing.start, names[index]!)),
  ];
}

function clockLine(timing: Timing, clock: Clock, names: readonly [string, string]): string[] {
  const comparison = compareTimes(timing, clock);
  if (comparison === undefined) return [];
  return [`${clocks[clock]}: ${verdict(comparison, names)} ${figures(comparison, timing, clock, names)}`];
}

function verdict({ ratio, differs }: TimeComparison, [first, second]: readonly [string, string]): string {
  const [slow, fast, shown] = ratio.value >= 1 ? [first, second, ratio] : [second, first, inverse(ratio)];
  const times = `${slow} takes ${shown.value.toFixed(2)} times as long as ${fast}`;
  const span = `${shown.low.toFixed(2)} to ${shown.high.toFixed(2)}, ${percent(ratio.level)} interval`;
  return `${differs ? '' : 'no difference within noise: '}${times} (${span}).`;
}

function inverse({ value, low, high, level }: Estimate): Estimate {
  return { value: 1 / value, low: 1 / high, high: 1 / low, level };
}

function figures(
  { medians, pairs }: TimeComparison,
  timing: Timing,
  clock: Clock,
  names: readonly string[],
): string {
  const times = medians.map(
    ({ value, low, high }, index) =>
      `${names[index]} ${milliseconds(value)} (${milliseconds(low)} to ${milliseconds(high)})`,
  );
  const start = timing.start?.[clock];
  const share = start === undefined ? '' : `, ${milliseconds(start)} of it ${timing.toolchain.name}’s start`;
  return `${times.join(', ')}; medians of ${pairs} runs each, in turn${share}.`;
}

function growthLine({ growth }: TimedAnswer, start: Time | undefined, name: string): string[] {
  if (growth === undefined) return [];
  const stopped = growth.problem === undefined ? '' : `; ${growth.problem}`;
  const found = growthOf({ growth }, start);
  if (found === undefined) {
    return [`${name}: its times at these sizes are too short or too few to estimate their growth${stopped}.`];
  }
  const { exponent, from, to } = found;
  const span = `n = ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
  const bounds = `n^${exponent.low.toFixed(2)} to n^${exponent.high.toFixed(2)}, ${percent(exponent.level)} interval`;
  return [`The time of ${name} ${power(exponent.value)} (${bounds}; ${span}${stopped}).`];
}

/** "grows about as n^2". Rounded to a tenth: measurements cannot distinguish a logarithmic factor from a small power. */
function power(exponent: number): string {
  const rounded = Math.round(exponent * 10) / 10;
  if (rounded <= 0) return 'does not grow with n';
  return rounded === 1 ? 'grows about as n' : `grows about as n^${rounded}`;
}

function milliseconds(ms: number): string {
  return ms < 1_000 ? `${Number(ms.toPrecision(3))} ms` : `${(ms / 1_000).toFixed(2)} s`;
}

function percent(level: number): string {
  return `${Math.floor(level * 1_000) / 10}%`;
}
