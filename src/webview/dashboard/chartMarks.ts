import type { Chart, Plugin } from 'chart.js';
import { colourOf, dashes, type ChartTheme } from './chartTheme.ts';
import type { ChartSpec } from './figure.ts';

/** Half the height of an interval's ends, in pixels. */
const cap = 4;

/** The bands of an interval chart and its 95% intervals: a line through each point, dashed by the series. */
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
      spec.series.forEach(({ values, look: itsLook }, series) => {
        const look = itsLook ?? series;
        const { data } = chart.getDatasetMeta(series);
        values.forEach((point, place) => {
          const mark = data[place];
          if (point?.low === undefined || point.high === undefined || mark === undefined) return;
          const [low, high] = [along.getPixelForValue(point.low), along.getPixelForValue(point.high)];
          context.save();
          context.strokeStyle = colourOf(theme, look);
          context.lineWidth = 2;
          context.setLineDash([...dashes[look % dashes.length]!]);
          stroke(context, [low, mark.y, high, mark.y]);
          context.setLineDash([]);
          for (const end of [low, high]) stroke(context, [end, mark.y - cap, end, mark.y + cap]);
          context.restore();
        });
      });
    },
  };
}

/** A dashed line at a value of the axis that is worth one, with its meaning beside it. */
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
      context.fillText(reference.name, (axis === 'x' ? at : left) + 4, axis === 'x' ? top + 10 : at - 4);
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
