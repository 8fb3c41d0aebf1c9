import assert from 'node:assert/strict';
import type { ShownModels } from '../../../../src/protocol/dashboard.ts';
import type { Figure } from '../../../../src/webview/dashboard/figure.ts';
import { modelFigures } from '../../../../src/webview/dashboard/modelFigures.ts';
import { hasModels, modelsSummary } from '../../../../src/webview/dashboard/models.ts';
import { verdictFigures } from '../../../../src/webview/dashboard/modelVerdicts.ts';

const counts = { votes: 40, wins: 30, losses: 8, ties: 2, bothBad: 0 };

function shown(over: Partial<ShownModels> = {}): ShownModels {
  return {
    isNamed: true,
    compared: 40,
    withheld: 0,
    models: [],
    pairs: [],
    effects: [],
    verdicts: [],
    ...over,
  };
}

describe('figures of models', () => {
  it('say why there are no strengths, and still show the win matrix', () => {
    const won = { count: 5, of: 5, share: 1, interval: { low: 0.57, high: 1 } };
    const figures = modelFigures(
      shown({
        models: [
          { model: 'a', ...counts },
          { model: 'b', ...counts },
        ],
        pairs: [{ one: 'a', other: 'b', wins: 5, losses: 0, ties: 0, bothBad: 1, won }],
      }),
    );
    const empty = figures.filter(({ empty: why }) => why !== undefined).map(({ id }) => id);
    assert.deepEqual(empty, ['model-strength', 'model-rank', 'model-effects']);
    assert.deepEqual(texts(figure(figures, 'model-wins')), [
      ['a', '–', '100.0% of 5'],
      ['b', '0.0% of 5', '–'],
    ]);
    assert.deepEqual(texts(figure(figures, 'model-pairs')), [
      ['a', 'b', '5', '0', '0', '1', '100.0% (57.0% to 100.0%)', 'one never won'],
    ]);
  });

  it('make room on the axis for every interval', () => {
    const strength = { value: 1, interval: { low: -0.5, high: 2.5 } };
    const { chart } = figure(
      modelFigures(shown({ models: [{ model: 'a', ...counts, strength }] })),
      'model-strength',
    );
    assert.ok(chart.kind === 'intervals');
    assert.deepEqual([chart.from, chart.to], [-0.5, 2.5]);
  });

  it('draw as many models as fit, with all models in the table', () => {
    const models = Array.from({ length: 15 }, (_, at) => ({
      model: `m${at}`,
      ...counts,
      strength: { value: -at },
      rank: { value: at + 1 },
    }));
    const rank = figure(modelFigures(shown({ models })), 'model-rank');
    assert.ok(rank.chart.kind === 'intervals');
    assert.equal(rank.chart.labels.length, 12);
    assert.equal(rank.table.rows.length, 15);
    assert.deepEqual(rank.notes, ['3 more are in the table.']);
  });

  it('are in the summary, with the number left out', () => {
    assert.equal(hasModels(shown({ isNamed: false })), false);
    assert.equal(hasModels(shown({ compared: 0 })), false);
    assert.equal(
      modelsSummary(shown({ compared: 1, withheld: 1 })),
      '1 vote between 0 models. 1 review is left out: you have not judged its task yet.',
    );
  });
});

describe('figures of verdicts', () => {
  it('say what is missing if no verdict is known', () => {
    const [known, confusion, unusual] = verdictFigures(shown({ isNamed: false }));
    assert.match(known!.empty!, /^No judged task has a known verdict/);
    assert.match(confusion!.empty!, /^No judged task has a known verdict/);
    assert.match(unusual!.empty!, /names are hidden/);
  });

  it('write small p-values as a bound, and an unusual evaluator beyond the limit', () => {
    const none = [0, 0, 0, 0];
    const figures = verdictFigures(
      shown({
        verdicts: [
          {
            evaluator: 'E-1',
            known: { count: 1, of: 10, share: 0.1, interval: { low: 0.02, high: 0.4 } },
            precision: 0.5,
            recall: 0.1,
            f1: 0.2,
            table: [[1, 9, 0, 0], none, none, none],
            pAgainstOthers: 0.0004,
            unusual: { votes: 12, statistic: 60, limit: 40, p: 0.00001 },
          },
        ],
      }),
    );
    assert.deepEqual(texts(figure(figures, 'verdicts-known')), [
      ['E-1', '10', '10.0% (2.0% to 40.0%)', '0.50', '0.10', '0.20', '< 0.001', 'too few'],
    ]);
    assert.deepEqual(texts(figure(figures, 'verdicts-confusion')), [
      ['E-1', 'first answer', '1', '9', '0', '0'],
    ]);
    const { chart } = figure(figures, 'verdicts-unusual');
    assert.ok(chart.kind === 'intervals');
    assert.deepEqual(chart.series[0]!.values, [{ value: 1.5 }]);
  });
});

function figure(figures: readonly Figure[], id: string): Figure {
  return figures.find((each) => each.id === id)!;
}

function texts({ table }: Figure): string[][] {
  return table.rows.map((row) => row.map(({ text }) => text));
}
