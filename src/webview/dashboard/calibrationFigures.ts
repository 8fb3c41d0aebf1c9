import type { ShownProportion, ShownQuick, ShownSlow } from '../../protocol/dashboard.ts';
import { numbers, textCell, valueCell, words, type Cell, type Figure, type Point } from './figure.ts';
import { coefficientText, count, figure, intervalText, percent, wholePercent } from './numbers.ts';

const intervalHint = 'Lines are 95% intervals (Wilson).';

/** The results of evaluators on tasks with a known verdict, and on tasks that they judge twice. */
export function calibrationFigures({ evaluators, position }: ShownQuick): Figure[] {
  const judged = (pick: (evaluator: ShownQuick['evaluators'][number]) => ShownProportion) =>
    evaluators.filter((evaluator) => pick(evaluator).of > 0);
  const gold = judged((evaluator) => evaluator.gold);
  const repeated = judged(({ kept }) => kept);
  return [
    {
      id: 'gold',
      title: 'Gold verdicts matched',
      hint: `Share of first attempts at tasks with a known verdict that reach the same verdict. ${intervalHint}`,
      empty: gold.length === 0 ? noGold : undefined,
      chart: shares(gold, [{ name: 'met', of: (evaluator) => evaluator.gold }], 'of gold tasks'),
      table: goldTable(gold),
    },
    drift(evaluators.filter(({ drift: { chart } }) => chart.length > 0)),
    {
      id: 'flips',
      title: 'Flip rate on hidden duplicates',
      hint: `Tasks shown again with the sides swapped: how often the winner changed, and how often the verdict stayed the same. ${intervalHint}`,
      empty:
        repeated.length === 0
          ? 'No hidden duplicate was judged. Duplicates are injected into the queue at the rate in the settings. An evaluator counts once they have judged a task and its duplicate.'
          : undefined,
      chart: shares(
        repeated,
        [
          { name: 'flipped', of: ({ flipped }) => flipped },
          { name: 'same again', of: ({ kept }) => kept },
        ],
        'of duplicates',
      ),
      table: shareTable(repeated, [
        { n: 'Duplicates (n)', title: 'Same again', of: ({ kept }) => kept },
        { n: 'Both times a winner (n)', title: 'Flipped', of: ({ flipped }) => flipped },
      ]),
    },
    positionFigure({ evaluators, position }),
  ];
}

const noGold =
  'No gold task was judged. Settle a task and keep its verdict as gold, or import tasks with a known verdict.';

type Evaluator = ShownQuick['evaluators'][number];
interface Share {
  readonly of: (evaluator: Evaluator) => ShownProportion;
}

function shares(
  evaluators: readonly Evaluator[],
  series: readonly (Share & { readonly name: string })[],
  axis: string,
): Figure['chart'] {
  return {
    kind: 'intervals',
    labels: evaluators.map((evaluator) => {
      const most = Math.max(...series.map(({ of }) => of(evaluator).of));
      return `${evaluator.evaluator} (n = ${count(most)})`;
    }),
    series: series.map(({ name, of }) => ({
      name,
      values: evaluators.map((evaluator) => pointOf(of(evaluator))),
    })),
    from: 0,
    to: 1,
    tick: wholePercent,
    axis,
    format: percent,
  };
}

function shareTable(
  evaluators: readonly Evaluator[],
  columns: readonly (Share & { readonly n: string; readonly title: string })[],
): Figure['table'] {
  return {
    columns: [
      words('Evaluator'),
      ...columns.flatMap(({ n, title }) => [numbers(n), numbers(title), numbers(`${title}: 95% interval`)]),
    ],
    rows: evaluators.map((evaluator) => [
      textCell(evaluator.evaluator),
      ...columns.flatMap(({ of }) => [valueCell(of(evaluator).of, count), ...shareCells(of(evaluator))]),
    ]),
  };
}

/** With the state of the qualification in words, because it is a count, not an estimate. */
function goldTable(evaluators: readonly Evaluator[]): Figure['table'] {
  const { columns, rows } = shareTable(evaluators, [
    { n: 'Gold tasks (n)', title: 'Met', of: ({ gold }) => gold },
  ]);
  return {
    columns: [...columns, words('Qualification')],
    rows: rows.map((row, at) => [...row, textCell(qualificationText(evaluators[at]!))]),
  };
}

function qualificationText({ qualification: { state, right, done, of } }: Evaluator): string {
  if (state === 'none') return 'no set';
  const counts = `${count(right)} right of ${count(done)} done, ${count(of)} in the set`;
  return `${state === 'open' ? 'not decided' : state}: ${counts}`;
}

function drift(evaluators: readonly Evaluator[]): Figure {
  const threshold = evaluators[0]?.drift.threshold ?? 0;
  return {
    id: 'drift',
    title: 'Drift on gold tasks',
    hint: 'A running count (CUSUM), oldest first: each missed gold verdict raises it, each match lowers it. It climbs if an evaluator misses one in four, and stays low at one in ten. At the action limit, talk to the evaluator.',
    empty: evaluators.length === 0 ? noGold : undefined,
    chart: {
      kind: 'lines',
      series: evaluators.map(({ evaluator, drift: { chart } }) => ({ name: evaluator, values: chart })),
      along: 'gold task, oldest first',
      axis: 'Drift (CUSUM)',
      reference: { value: threshold, name: 'action limit' },
      format: figure,
    },
    table: {
      columns: [
        words('Evaluator'),
        numbers('Gold tasks (n)'),
        numbers('Now'),
        numbers('Highest'),
        numbers(`First at ${count(threshold)} or more`),
      ],
      rows: evaluators.map(({ evaluator, drift: { chart, alarm } }) => [
        textCell(evaluator),
        valueCell(chart.length, count),
        valueCell(chart.at(-1), figure),
        valueCell(Math.max(...chart), figure),
        valueCell(
          alarm === undefined ? undefined : alarm + 1,
          (place) => `gold task ${count(place)}`,
          'never',
        ),
      ]),
    },
  };
}

function positionFigure({ evaluators, position }: Pick<ShownQuick, 'evaluators' | 'position'>): Figure {
  const all = [
    { name: 'All reviews', position },
    ...evaluators.map((each) => ({ name: each.evaluator, position: each.position })),
  ].filter((row) => row.position.first.of > 0);
  return {
    id: 'position',
    title: 'Position bias',
    hint: `How often the answer on side A wins. The order is random, so half is fair. ${intervalHint}`,
    empty: all.length === 0 ? noWinner : undefined,
    chart: {
      kind: 'intervals',
      labels: all.map(({ name, position: { first } }) => `${name} (n = ${count(first.of)})`),
      series: [{ name: 'side A wins', values: all.map((row) => pointOf(row.position.first)) }],
      from: 0,
      to: 1,
      tick: wholePercent,
      reference: { value: 0.5, name: 'fair' },
      axis: 'of reviews that name a winner',
      format: percent,
    },
    table: {
      columns: [
        words('Reviews'),
        numbers('Name a winner (n)'),
        numbers('Side A wins'),
        numbers('95% interval'),
        numbers('δ (log strength)'),
        numbers('Standard error of δ'),
      ],
      rows: all.map(({ name, position: { first, delta, standardError } }) => [
        textCell(name),
        valueCell(first.of, count),
        ...shareCells(first),
        valueCell(delta, figure, 'one side always won'),
        valueCell(standardError, figure),
      ]),
    },
  };
}

const noWinner =
  'No review names a winner. Rank two answers and submit the review: wins are counted here by side.';

/** Effects on the verdict other than quality: position and length. */
export function effectFigures(
  { position }: ShownQuick,
  { longer, lengthBeta }: Pick<ShownSlow, 'longer' | 'lengthBeta'>,
): Figure[] {
  const rows = [
    { name: 'Shown first (side A)', proportion: position.first },
    { name: 'Longer', proportion: longer },
  ];
  return [
    {
      id: 'effects',
      title: 'Effects of position and length',
      isWide: true,
      hint: `How often the answer that is shown first, and the longer one, wins. ${intervalHint}`,
      empty: position.first.of === 0 ? noWinner : undefined,
      notes: [
        lengthBeta === undefined
          ? 'The effect of length cannot be estimated: there are too few pairs of unequal length, or one kind always won.'
          : `Effect of length: β = ${coefficientText(lengthBeta)}. Above 0, longer answers win more often (log odds for one standard deviation of relative length).`,
      ],
      chart: {
        kind: 'intervals',
        labels: rows.map(({ name, proportion }) => `${name} (n = ${count(proportion.of)})`),
        series: [{ name: 'wins', values: rows.map(({ proportion }) => pointOf(proportion)) }],
        from: 0,
        to: 1,
        tick: wholePercent,
        reference: { value: 0.5, name: 'no effect' },
        axis: 'of reviews that name a winner',
        format: percent,
      },
      table: {
        columns: [words('Answer'), numbers('Reviews (n)'), numbers('Wins'), numbers('95% interval')],
        rows: rows.map(({ name, proportion }) => [
          textCell(name),
          valueCell(proportion.of, count),
          ...shareCells(proportion),
        ]),
      },
    },
  ];
}

function shareCells({ share, interval }: ShownProportion): [Cell, Cell] {
  return [
    valueCell(share, percent),
    interval === undefined
      ? { text: 'none at n = 0', sort: -Infinity }
      : { text: intervalText(interval, percent), sort: interval.low },
  ];
}

function pointOf({ share, interval }: ShownProportion): Point | undefined {
  return share === undefined ? undefined : { value: share, ...interval };
}
