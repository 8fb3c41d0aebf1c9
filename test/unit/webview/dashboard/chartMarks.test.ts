import assert from 'node:assert/strict';
import type { Chart } from 'chart.js';
import { referenceLine } from '../../../../src/webview/dashboard/chartMarks.ts';
import type { ChartTheme } from '../../../../src/webview/dashboard/chartTheme.ts';

/** Draws the reference of a chart whose area is 100 × 80 pixels at (50, 20), and gives where its name is written. */
function placeOfName(axis: 'x' | 'y'): [number, number] {
  let place: [number, number] | undefined;
  const ignored = () => undefined;
  const ctx = new Proxy(
    {},
    {
      get: (_, name) =>
        name === 'fillText' ? (_text: string, x: number, y: number) => (place = [x, y]) : ignored,
      set: () => true,
    },
  );
  const scale = { getPixelForValue: () => 60 };
  const chartArea = { left: 50, right: 150, top: 20, bottom: 100 };
  const chart = { ctx, chartArea, scales: { x: scale, y: scale } } as unknown as Chart;
  const theme = { text: '#000', font: 'sans-serif' } as ChartTheme;
  const plugin = referenceLine({ value: 0.5, name: 'even' }, axis, theme);
  plugin.afterDatasetsDraw?.(chart, {}, {}, false);
  return place!;
}

describe('the name of a reference line', () => {
  it('is above the area where the line is upright, so that no interval crosses it', () =>
    assert.ok(placeOfName('x')[1] < 20));

  it('is above the line where it is level', () => assert.deepEqual(placeOfName('y'), [54, 56]));
});
