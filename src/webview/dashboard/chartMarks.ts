import type { Chart, Plugin } from 'chart.js';
import { colourOf, dashes, type ChartTheme } from './chartTheme.ts';
import type { ChartSpec } from './figure.ts';

/** Room for the name of an upright reference line, in pixels. */
export const referenceRoom = 16;

/** Half the height of the cap at each end of an interval, in pixels. */
const cap = 4;

/** Draws the bands of an interval chart and the 95% intervals, dashed by series. */
export function intervalMarks(spec: Extract<ChartSpec, { kind: 'intervals' }>, theme: ChartTheme): Plugin {
  return {
    id: 'intervals',
    beforeDatasetsDraw: (chart: Chart) => {
      const { ctx: context, scales } = chart;
      const along = scales['x']!;
      const { left, right } = chart.chartArea;
      context.strokeStyle = theme.lines;
      context.lineWidth = 1;
      for (let row = 0.5; row < spec.labels.length - 1; row += 1) {
        const at = scales['y']!.getPixelForValue(row);
        stroke(context, [left, at, right, at]);
      }
      spec.series.forEach(({ values, style: ownStyle }, series) => {
        const style = ownStyle ?? series;
        const { data } = chart.getDatasetMeta(series);
        values.forEach((point, place) => {
          const mark = data[place];
          if (point?.low === undefined || point.high === undefined || mark === undefined) return;
          const [low, high] = [along.getPixelForValue(point.low), along.getPixelForValue(point.high)];
          context.save();
          context.strokeStyle = colourOf(theme, style);
          context.lineWidth = 2;
          context.setLineDash([...dashes[style % dashes.length]!]);
          stroke(context, [low, mark.y, high, mark.y]);
          context.setLineDash([]);
          for (const end of [low, high]) stroke(context, [end, mark.y - cap, end, mark.y + cap]);
          context.restore();
        });
      });
    },
  };
}

/** Draws a dashed line at a reference value, with its name above it. An upright line needs `referenceRoom` above the chart. */
export function referenceLine(
  reference: { readonly value: number; readonly name: string } | undefined,
  axis: 'x' | 'y',
  theme: ChartTheme,
): Plugin {
  return {
    id: 'reference',
    afterDatasetsDraw: ({ ctx: context, chartArea, scales }: Chart) => {
      if (reference === undefined) return;
      const at = scales[axis]!.getPixelForValue(reference.value);
      const { left, right, top, bottom } = chartArea;
      context.save();
      context.strokeStyle = theme.text;
      context.fillStyle = theme.text;
      context.lineWidth = 1;
      context.setLineDash([5, 4]);
      stroke(context, axis === 'x' ? [at, top, at, bottom] : [left, at, right, at]);
      context.font = `11px ${theme.font}`;
      context.fillText(reference.name, (axis === 'x' ? at : left) + 4, (axis === 'x' ? top : at) - 4);
      context.restore();
    },
  };
}

function stroke(
  context: CanvasRenderingContext2D,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}
