import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
  type ScaleOptions,
} from 'chart.js';
import { colourOf, dashes, fillOf, pointStyles, type ChartTheme } from './chartTheme.ts';
import type { ChartSpec, Point } from './figure.ts';
import { intervalMarks, referenceLine, referenceRoom } from './chartMarks.ts';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  ScatterController,
  Tooltip,
);

type Config = ChartConfiguration<'bar' | 'line' | 'scatter'>;
type Dataset = ChartDataset<'bar' | 'line' | 'scatter'>;
type LinearOptions = ScaleOptions<'linear'>;
type AnyScale = ScaleOptions<'linear' | 'category'>;

/** A missing value. */
const nowhere = Number.NaN;

/** The configuration of Chart.js for a chart in the colours of a theme. */
export function chartConfig(spec: ChartSpec, theme: ChartTheme): Config {
  switch (spec.kind) {
    case 'stack':
      return barConfig(spec, theme, false);
    case 'bars':
      return barConfig(spec, theme, true);
    case 'intervals':
      return intervalConfig(spec, theme);
    case 'lines':
      return lineConfig(spec, theme);
  }
}

/** A value in words, for the tooltip and for screen readers. */
export function told(spec: ChartSpec, series: number, place: number): string {
  const { name, values } = spec.series[series]!;
  const label = spec.kind === 'lines' ? `${spec.along} ${place + 1}` : spec.labels[place]!;
  const value = values[place];
  const text =
    value === undefined
      ? 'no value'
      : typeof value === 'number'
        ? spec.format(value)
        : pointText(value, spec.format);
  return `${label}, ${name}: ${text}`;
}

function pointText({ value, low, high }: Point, format: (value: number) => string): string {
  if (low === undefined || high === undefined) return format(value);
  return `${format(value)} (95%: ${format(low)} to ${format(high)})`;
}

function barConfig(
  spec: Extract<ChartSpec, { kind: 'stack' | 'bars' }>,
  theme: ChartTheme,
  isHorizontal: boolean,
): Config {
  const values = valueScale(spec.axis, theme, {
    beginAtZero: true,
    ticks: { precision: spec.kind === 'stack' || spec.axis === 'reviews' ? 0 : 1 },
  });
  const isStacked = spec.kind === 'stack';
  const places = placeScale(theme, isHorizontal);
  return {
    type: 'bar',
    data: {
      labels: [...spec.labels],
      datasets: spec.series.map(({ name, values: data }, at): Dataset => {
        const colour = colourOf(theme, at);
        return {
          type: 'bar',
          label: name,
          data: data.map((value) => value ?? nowhere),
          backgroundColor: fillOf(at, colour),
          borderColor: colour,
          borderWidth: 1,
          maxBarThickness: 28,
        };
      }),
    },
    options: {
      ...common(spec, theme),
      indexAxis: isHorizontal ? 'y' : 'x',
      scales: isHorizontal
        ? { x: values, y: places }
        : { x: { ...places, stacked: isStacked }, y: { ...values, stacked: isStacked } },
    },
  };
}

/** Each label has a band with the series below one another. */
function intervalConfig(spec: Extract<ChartSpec, { kind: 'intervals' }>, theme: ChartTheme): Config {
  const rows = spec.labels.length;
  const offset = (series: number) => ((series + 1) / (spec.series.length + 1) - 0.5) * 0.9;
  return {
    type: 'scatter',
    data: {
      datasets: spec.series.map(({ name, values, style }, at): Dataset => {
        const colour = colourOf(theme, style ?? at);
        return {
          type: 'scatter',
          label: name,
          data: values.map((point, row) => ({ x: point?.value ?? nowhere, y: row + offset(at) })),
          backgroundColor: colour,
          borderColor: colour,
          borderWidth: 2,
          pointStyle: pointStyles[(style ?? at) % pointStyles.length]!,
          pointRadius: 5,
          pointHoverRadius: 7,
        };
      }),
    },
    options: {
      ...common(spec, theme),
      layout: { padding: { top: spec.reference === undefined ? 0 : referenceRoom } },
      scales: {
        x: valueScale(spec.axis, theme, {
          suggestedMin: lowest(spec),
          suggestedMax: spec.to,
          ticks: { callback: (value) => spec.tick(Number(value)) },
        }),
        y: {
          type: 'linear',
          reverse: true,
          min: -0.5,
          max: rows - 0.5,
          grid: { display: false },
          border: { color: theme.lines },
          afterBuildTicks: (axis) => {
            axis.ticks = spec.labels.map((_, value) => ({ value }));
          },
          ticks: {
            color: theme.text,
            font: fontOf(theme),
            autoSkip: false,
            padding: 8,
            callback: (value) => lines(spec.labels[Number(value)] ?? ''),
          },
        },
      },
    },
    plugins: [intervalMarks(spec, theme), referenceLine(spec.reference, 'x', theme)],
  };
}

/** The axis begins below 0 when a coefficient is worse than chance. */
function lowest({ from, series }: Extract<ChartSpec, { kind: 'intervals' }>): number {
  const values = series.flatMap(({ values: points }) =>
    points.map((point) => (point === undefined ? from : (point.low ?? point.value))),
  );
  return Math.min(from, ...values);
}

function lineConfig(spec: Extract<ChartSpec, { kind: 'lines' }>, theme: ChartTheme): Config {
  const longest = Math.max(0, ...spec.series.map(({ values }) => values.length));
  return {
    type: 'line',
    data: {
      labels: Array.from({ length: longest }, (_, at) => `${at + 1}`),
      datasets: spec.series.map(({ name, values }, at): Dataset => {
        const colour = colourOf(theme, at);
        return {
          type: 'line',
          label: name,
          data: values.map((value) => value ?? nowhere),
          borderColor: colour,
          backgroundColor: colour,
          borderWidth: 2,
          borderDash: [...dashes[at % dashes.length]!],
          pointStyle: pointStyles[at % pointStyles.length]!,
          pointRadius: longest > 40 ? 0 : 3,
          pointHoverRadius: 6,
        };
      }),
    },
    options: {
      ...common(spec, theme),
      scales: {
        x: { ...placeScale(theme, false), title: title(spec.along, theme) },
        y: valueScale(spec.axis, theme, {
          beginAtZero: true,
          suggestedMax: spec.reference.value * 1.15,
        }),
      },
    },
    plugins: [referenceLine(spec.reference, 'y', theme)],
  };
}

function common(spec: ChartSpec, theme: ChartTheme): NonNullable<Config['options']> {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    plugins: {
      legend: {
        display: spec.series.length > 1,
        position: 'bottom',
        onClick: () => undefined,
        labels: {
          color: theme.text,
          font: fontOf(theme),
          usePointStyle: spec.kind !== 'stack' && spec.kind !== 'bars',
          boxWidth: 14,
          boxHeight: spec.kind === 'lines' || spec.kind === 'intervals' ? 6 : 12,
          padding: 12,
        },
      },
      tooltip: {
        backgroundColor: theme.tooltip.background,
        borderColor: theme.tooltip.border,
        borderWidth: 1,
        titleColor: theme.tooltip.text,
        bodyColor: theme.tooltip.text,
        bodyFont: fontOf(theme),
        displayColors: false,
        callbacks: {
          title: () => '',
          label: ({ datasetIndex, dataIndex }) => told(spec, datasetIndex, dataIndex),
        },
      },
    },
  };
}

function valueScale(name: string, theme: ChartTheme, options: Partial<LinearOptions>): LinearOptions {
  return {
    type: 'linear',
    grid: { color: theme.lines },
    border: { color: theme.lines },
    title: title(name, theme),
    ...options,
    ticks: { color: theme.text, font: fontOf(theme), maxTicksLimit: 7, ...options.ticks },
  };
}

function placeScale(theme: ChartTheme, isHorizontal: boolean): AnyScale {
  return {
    type: 'category',
    grid: { display: false },
    border: { color: theme.lines },
    ticks: {
      color: theme.text,
      font: fontOf(theme),
      autoSkip: !isHorizontal,
      maxRotation: 0,
      autoSkipPadding: 14,
    },
  };
}

function title(text: string, theme: ChartTheme) {
  return { display: true, text, color: theme.text, font: fontOf(theme) };
}

function fontOf({ font }: ChartTheme) {
  return { family: font, size: 12 };
}

/** Puts the n of a label on its own line. */
function lines(label: string): string | string[] {
  const at = label.lastIndexOf(' (n = ');
  return at === -1 ? label : [label.slice(0, at), label.slice(at + 1)];
}
