import type { ShownCoefficient, ShownModels, ShownProportion } from '../../protocol/dashboard.ts';
import { numbers, textCell, valueCell, words, type Cell, type Figure, type Point } from './figure.ts';
import { coefficientText, count, figure, intervalText, percent, wholePercent } from './numbers.ts';

/** Models, pairs and opponents that fit into a chart; the table has all. */
const maxRows = 12;
const maxOpponents = 6;

const noStrength =
  'No strengths can be estimated: they need votes in which every model wins and loses at least once against the rest. More reviews of the same models can make an estimate possible.';

/** The comparison of models; empty if no review compares two of them. */
export function modelFigures(models: ShownModels): Figure[] {
  return [
    strengthFigure(models),
    rankFigure(models),
    effectFigure(models),
    matrixFigure(models),
    pairFigure(models),
  ];
}

function strengthFigure({ models, tie }: ShownModels): Figure {
  const drawn = models.slice(0, maxRows);
  const series = [
    { name: 'as voted', values: drawn.map(({ strength }) => pointOf(strength)) },
    { name: 'without position and style', values: drawn.map(({ adjusted }) => pointOf(adjusted)) },
  ];
  return {
    id: 'model-strength',
    title: 'Strength of models',
    isWide: true,
    hint: 'Log strengths by Bradley–Terry with ties by Davidson; 0 is the mean, and a model 0.69 above another wins twice as often as it loses. Lines are 95% intervals, clustered by task; n is the number of votes.',
    empty: isEstimated(models) ? undefined : noStrength,
    notes: [
      ...(tie === undefined
        ? []
        : [`Ties: ν = ${figure(tie)}. “Both bad” is not a tie and counts for neither model.`]),
      ...moreInTable(models.length - drawn.length),
    ],
    chart: {
      kind: 'intervals',
      labels: drawn.map(({ model, votes }) => `${model} (n = ${count(votes)})`),
      series,
      ...rangeOf(series),
      tick: figure,
      reference: { value: 0, name: 'mean' },
      axis: 'log strength',
      format: figure,
    },
    table: {
      columns: [
        words('Model'),
        numbers('Votes (n)'),
        numbers('Won'),
        numbers('Lost'),
        numbers('Tied'),
        numbers('Both bad'),
        numbers('Strength (95%)'),
        numbers('Without position and style (95%)'),
      ],
      rows: models.map(({ model, votes, wins, losses, ties, bothBad, strength, adjusted }) => [
        textCell(model),
        ...[votes, wins, losses, ties, bothBad].map((value) => valueCell(value, count)),
        coefficientCell(strength),
        coefficientCell(adjusted),
      ]),
    },
  };
}

function rankFigure({ models }: ShownModels): Figure {
  const drawn = models.slice(0, maxRows);
  return {
    id: 'model-rank',
    title: 'Rank of models',
    hint: '1 is the strongest. Lines are the ranks in 95 of 100 resamples of the tasks: the votes do not decide between models whose lines overlap.',
    empty: isEstimated(models) ? undefined : noStrength,
    notes: moreInTable(models.length - drawn.length),
    chart: {
      kind: 'intervals',
      labels: drawn.map(({ model }) => model),
      series: [{ name: 'rank', values: drawn.map(({ rank }) => pointOf(rank)) }],
      from: 1,
      to: Math.max(2, models.length),
      tick: (value) => (Number.isInteger(value) ? count(value) : ''),
      axis: 'rank',
      format: count,
    },
    table: {
      columns: [words('Model'), numbers('Rank'), numbers('95% interval')],
      rows: models.map(({ model, rank }) => [
        textCell(model),
        valueCell(rank?.value, count),
        rank?.interval === undefined
          ? { text: 'no interval', sort: -Infinity }
          : { text: intervalText(rank.interval, count), sort: rank.interval.low },
      ]),
    },
  };
}

/** Row against column: how often the row's model was preferred. */
function matrixFigure({ models, pairs }: ShownModels): Figure {
  const names = models.map(({ model }) => model);
  const against = wonAgainst(pairs);
  const drawn = names.slice(0, maxRows);
  const opponents = names.slice(0, maxOpponents);
  return {
    id: 'model-wins',
    title: 'Win matrix',
    hint: 'How often the model of the row was preferred to the other, of the votes that name a winner. Lines are 95% intervals (Wilson).',
    empty: pairs.length === 0 ? noVotes : undefined,
    notes: moreInTable(names.length - Math.min(drawn.length, opponents.length)),
    chart: {
      kind: 'intervals',
      labels: drawn,
      series: opponents.map((opponent) => ({
        name: `against ${opponent}`,
        values: drawn.map((model) => proportionPoint(against(model, opponent))),
      })),
      from: 0,
      to: 1,
      tick: wholePercent,
      reference: { value: 0.5, name: 'even' },
      axis: 'of votes that name a winner',
      format: percent,
    },
    table: {
      columns: [words('Model'), ...names.map((name) => numbers(`against ${name}`))],
      rows: names.map((model) => [
        textCell(model),
        ...names.map((opponent): Cell => {
          const won = against(model, opponent);
          if (won?.share === undefined) return { text: '–', sort: -Infinity };
          return { text: `${percent(won.share)} of ${count(won.of)}`, sort: won.share };
        }),
      ]),
    },
  };
}

const noVotes = 'No vote names a winner between two models.';

function wonAgainst(
  pairs: ShownModels['pairs'],
): (model: string, opponent: string) => ShownProportion | undefined {
  const known = new Map(
    pairs.flatMap(({ one, other, won }) => [
      [`${one}\n${other}`, won] as const,
      [`${other}\n${one}`, complement(won)] as const,
    ]),
  );
  return (model, opponent) => known.get(`${model}\n${opponent}`);
}

function complement({ count: won, of, share, interval }: ShownProportion): ShownProportion {
  return {
    count: of - won,
    of,
    share: share === undefined ? undefined : 1 - share,
    interval: interval && { low: 1 - interval.high, high: 1 - interval.low },
  };
}

function pairFigure({ pairs }: ShownModels): Figure {
  const drawn = pairs.toSorted((one, other) => other.won.of - one.won.of).slice(0, maxRows);
  return {
    id: 'model-pairs',
    title: 'Pairs of models',
    hint: 'How often the first model of the pair was preferred. The ratio of strengths is Rao and Kupper’s, which takes ties into account. Lines are 95% intervals (Wilson).',
    empty: pairs.length === 0 ? noVotes : undefined,
    notes: moreInTable(pairs.length - drawn.length),
    chart: {
      kind: 'intervals',
      labels: drawn.map(({ one, other, won }) => `${one} over ${other} (n = ${count(won.of)})`),
      series: [{ name: 'the first wins', values: drawn.map(({ won }) => proportionPoint(won)) }],
      from: 0,
      to: 1,
      tick: wholePercent,
      reference: { value: 0.5, name: 'even' },
      axis: 'of votes that name a winner',
      format: percent,
    },
    table: {
      columns: [
        words('First'),
        words('Second'),
        numbers('First won'),
        numbers('Second won'),
        numbers('Tied'),
        numbers('Both bad'),
        numbers('Won by the first (95%)'),
        numbers('Ratio of strengths'),
      ],
      rows: pairs.map(({ one, other, wins, losses, ties, bothBad, won, ratio }) => [
        textCell(one),
        textCell(other),
        ...[wins, losses, ties, bothBad].map((value) => valueCell(value, count)),
        proportionCell(won),
        valueCell(ratio, figure, 'one never won'),
      ]),
    },
  };
}

function effectFigure({ effects }: ShownModels): Figure {
  const names: Readonly<Record<string, string>> = { position: 'shown first (side A)' };
  const series = [{ name: 'effect', values: effects.map(({ estimate }) => pointOf(estimate)) }];
  return {
    id: 'model-effects',
    title: 'Effects of position and style',
    hint: 'How much being side A, and having one standard deviation more of a trait, adds to the log strength of an answer if the models are equally strong. Lines are 95% intervals, clustered by task.',
    empty:
      effects.length === 0
        ? 'The effects cannot be told apart from the models in these votes. More reviews can separate them.'
        : undefined,
    chart: {
      kind: 'intervals',
      labels: effects.map(({ name }) => names[name] ?? name),
      series,
      ...rangeOf(series),
      tick: figure,
      reference: { value: 0, name: 'no effect' },
      axis: 'log strength',
      format: figure,
    },
    table: {
      columns: [words('Effect'), numbers('Log strength (95%)'), numbers('Times the odds')],
      rows: effects.map(({ name, estimate }) => [
        textCell(names[name] ?? name),
        coefficientCell(estimate),
        valueCell(Math.exp(estimate.value), figure),
      ]),
    },
  };
}

function isEstimated(models: ShownModels['models']): boolean {
  return models.some(({ strength }) => strength !== undefined);
}

/** The range of a chart's axis, because log strengths have no natural limits. */
function rangeOf(series: readonly { readonly values: readonly (Point | undefined)[] }[]): {
  from: number;
  to: number;
} {
  const ends = series.flatMap(({ values }) =>
    values.flatMap((point) =>
      point === undefined ? [] : [point.low ?? point.value, point.high ?? point.value],
    ),
  );
  return { from: Math.min(0, ...ends), to: Math.max(0, ...ends) };
}

function pointOf(coefficient: ShownCoefficient | undefined): Point | undefined {
  return coefficient && { value: coefficient.value, ...coefficient.interval };
}

function proportionPoint(proportion: ShownProportion | undefined): Point | undefined {
  return proportion?.share === undefined ? undefined : { value: proportion.share, ...proportion.interval };
}

function coefficientCell(coefficient: ShownCoefficient | undefined): Cell {
  if (coefficient === undefined) return { text: 'none', sort: -Infinity };
  return { text: coefficientText(coefficient), sort: coefficient.value };
}

function proportionCell({ share, interval }: ShownProportion): Cell {
  if (share === undefined) return { text: '–', sort: -Infinity };
  return { text: `${percent(share)} (${intervalText(interval, percent)})`, sort: share };
}

function moreInTable(rows: number): string[] {
  return rows > 0 ? [`${count(rows)} more are in the table.`] : [];
}
