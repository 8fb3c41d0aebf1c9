import assert from 'node:assert/strict';
import type { ShownAgreement, ShownQuick, ShownSlow } from '../../../../src/protocol/dashboard.ts';
import { agreementFigures } from '../../../../src/webview/dashboard/agreementFigures.ts';
import { calibrationFigures, effectFigures } from '../../../../src/webview/dashboard/calibrationFigures.ts';
import type { Figure } from '../../../../src/webview/dashboard/figure.ts';
import { workFigures } from '../../../../src/webview/dashboard/workFigures.ts';

const nothing = { count: 0, of: 0 };
const noBias = { first: nothing };

function quickOf(over: Partial<ShownQuick> = {}): ShownQuick {
  return {
    choices: { evaluators: [], languages: [] },
    stored: 1,
    submitted: 1,
    reviews: 1,
    throughput: [],
    evaluators: [],
    position: noBias,
    overridden: [],
    ...over,
  };
}

function evaluatorOf(name: string, over: Partial<ShownQuick['evaluators'][number]> = {}) {
  return {
    evaluator: name,
    reviews: 1,
    medianActiveMs: 250_000,
    ninthActiveMs: 600_000,
    gold: nothing,
    qualification: { state: 'none' as const, right: 0, done: 0, of: 0 },
    drift: { chart: [], threshold: 4 },
    flipped: nothing,
    kept: nothing,
    position: noBias,
    ...over,
  };
}

const few: ShownAgreement = { items: 12, ratings: 24, raw: 0.5, suppressed: true };
const enough: ShownAgreement = {
  items: 1234,
  ratings: 2468,
  raw: 0.815,
  alpha: { value: -0.004, interval: { low: -0.1, high: 0.1 } },
  ac1: { value: 0.74 },
  suppressed: false,
};
const slowOf = (over: Partial<ShownSlow> = {}): ShownSlow => ({
  groups: [],
  criteria: [],
  pairs: [],
  longer: nothing,
  ...over,
});

describe('figures of the dashboard', () => {
  it('include days without reviews in the chart', () => {
    const [throughput] = workFigures(
      quickOf({
        evaluators: [evaluatorOf('one')],
        throughput: [
          { day: '2026-02-27', reviews: { one: 2 } },
          { day: '2026-03-02', reviews: { one: 1 } },
        ],
      }),
    );
    const { chart } = throughput!;
    assert.ok(chart.kind === 'stack');
    assert.deepEqual(chart.labels, ['Feb 27', 'Feb 28', 'Mar 1', 'Mar 2']);
    assert.deepEqual(chart.series[0]!.values, [2, 0, 0, 1]);
    assert.deepEqual(texts(throughput!), [
      ['Feb 27, 2026', '2', '2'],
      ['Mar 2, 2026', '1', '1'],
    ]);
  });

  it('combine the least active evaluators in the chart, and list all in the table', () => {
    const evaluators = Array.from({ length: 9 }, (_, at) => evaluatorOf(`e${at}`, { reviews: at + 1 }));
    const reviews = Object.fromEntries(evaluators.map(({ evaluator, reviews: n }) => [evaluator, n]));
    const [throughput] = workFigures(quickOf({ evaluators, throughput: [{ day: '2026-01-01', reviews }] }));
    const { series } = throughput!.chart;
    assert.deepEqual(
      series.map(({ name }) => name),
      ['e3', 'e4', 'e5', 'e6', 'e7', 'e8', '3 others'],
    );
    assert.deepEqual(series.at(-1)!.values, [1 + 2 + 3]);
    assert.equal(throughput!.table.columns.length, 1 + 9 + 1);
  });

  it('write times with their unit', () => {
    const quick = evaluatorOf('two', { medianActiveMs: 12_300, ninthActiveMs: 60_000 });
    const [, time] = workFigures(quickOf({ evaluators: [evaluatorOf('one'), quick] }));
    assert.deepEqual(texts(time!), [
      ['one', '1', '4.2 min', '10.0 min'],
      ['two', '1', '12 sec', '1.0 min'],
    ]);
  });

  it('show coefficients with interval and n, and say if n is too small', () => {
    const [agreement] = agreementFigures(
      slowOf({
        groups: [
          { kind: 'all', name: 'All reviews', tiesIn: enough, tiesOut: enough, strength: enough },
          { kind: 'evaluator', name: 'E-1', tiesIn: few, tiesOut: few, strength: few },
        ],
      }),
    );
    const rows = texts(agreement!);
    assert.deepEqual(rows[0], [
      'All reviews',
      'direction, ties in (nominal)',
      '1,234',
      '2,468',
      '81.5%',
      '0.00 (−0.10 to 0.10)',
      '0.74 (no interval)',
      'raters vary',
    ]);
    assert.deepEqual(rows[3]!.slice(-3), ['too few', 'too few', 'too few']);
    assert.deepEqual(agreement!.notes, [
      'Too few items for a coefficient or an interval, which need at least n = 20: E-1 has 12.',
      'Fleiss’ κ needs the same number of reviews on every task, so it is missing for some groups.',
    ]);
    assert.ok(agreement!.chart.kind === 'intervals');
    assert.deepEqual(agreement!.chart.labels, ['All reviews (n = 1,234)', 'E-1 (n = 12)']);
  });

  it('show a coefficient with the same mark in every chart, and no other with it', () => {
    const charts = agreementFigures(
      slowOf({
        groups: [{ kind: 'all', name: 'All', tiesIn: enough, tiesOut: enough, strength: enough }],
        criteria: [{ criterion: 'clarity', agreement: enough }],
        pairs: [{ one: 'E-1', other: 'E-2', items: 20, raw: 0.5, kappa: { value: 0.1 } }],
      }),
    ).map(({ chart }) => chart);
    const marks = new Map<number, string>();
    for (const chart of charts) {
      assert.ok(chart.kind === 'intervals');
      for (const [place, { name, style = place }] of chart.series.entries()) {
        assert.equal(marks.get(style) ?? name, name);
        marks.set(style, name);
      }
    }
    assert.equal(marks.size, 6);
  });

  it('say what to do if there is no data', () => {
    const empty = [
      ...agreementFigures(slowOf()),
      ...calibrationFigures(quickOf()),
      ...effectFigures(quickOf(), slowOf()),
      ...workFigures(quickOf()).slice(2),
    ];
    for (const { title, empty: why } of empty) assert.ok((why ?? '').length > 40, title);
  });

  it('show gold, drift and flips of evaluators who have any, with n', () => {
    const [gold, drift, flips] = calibrationFigures(
      quickOf({
        evaluators: [
          evaluatorOf('one', {
            gold: { count: 18, of: 20, share: 0.9, interval: { low: 0.698966, high: 0.972134 } },
            qualification: { state: 'passed', right: 8, done: 9, of: 10 },
            drift: { chart: [0.9, 4.2], alarm: 1, threshold: 4 },
            kept: { count: 0, of: 1, share: 0, interval: { low: 0, high: 0.79 } },
          }),
          evaluatorOf('two'),
        ],
      }),
    );
    assert.deepEqual(texts(gold!), [
      ['one', '20', '90.0%', '69.9% to 97.2%', 'passed: 8 right of 9 done, 10 in the set'],
    ]);
    assert.deepEqual(texts(drift!), [['one', '2', '4.20', '4.20', 'gold task 2']]);
    assert.deepEqual(texts(flips!), [['one', '1', '0.0%', '0.0% to 79.0%', '0', '–', 'none at n = 0']]);
  });

  it('name the unit of the effect of length, and say if it cannot be fitted', () => {
    const position = { first: { count: 3, of: 4, share: 0.75, interval: { low: 0.3, high: 0.95 } } };
    const beta = { value: 0.26, interval: { low: -0.14, high: 0.66 } };
    const [fitted] = effectFigures(quickOf({ position }), slowOf({ lengthBeta: beta }));
    assert.match(fitted!.notes![0]!, /β = 0\.26 \(−0\.14 to 0\.66\)\. Above 0, longer/);
    const [unfitted] = effectFigures(quickOf({ position }), slowOf());
    assert.match(unfitted!.notes![0]!, /cannot be estimated/);
  });
});

function texts({ table }: Figure): string[][] {
  return table.rows.map((row) => row.map(({ text }) => text));
}
