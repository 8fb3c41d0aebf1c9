import type { ShownModels, ShownProportion } from '../../protocol/dashboard.ts';
import { verdictNames } from '../../protocol/figures.ts';
import { numbers, textCell, valueCell, words, type Cell, type Figure, type Point } from './figure.ts';
import { count, figure, intervalText, percent, wholePercent } from './numbers.ts';

type Verdicts = ShownModels['verdicts'][number];

/** How evaluators' verdicts compare with known verdicts, and with those of the other evaluators. */
export function verdictFigures({ verdicts, isNamed }: ShownModels): Figure[] {
  return [knownFigure(verdicts), confusionFigure(verdicts), unusualFigure(verdicts, isNamed)];
}

const noKnown =
  'No judged task has a known verdict. Settle a task, keep a verdict as gold, or import tasks with a known verdict.';

function knownFigure(verdicts: readonly Verdicts[]): Figure {
  const rows = verdicts.filter(({ known, estimated }) => known.of > 0 || estimated !== undefined);
  return {
    id: 'verdicts-known',
    title: 'Correct verdicts',
    isWide: true,
    hint: 'Against gold and settled verdicts, with 95% intervals (Wilson) and Fisher’s exact p of the difference from all others; and as Dawid and Skene estimate it from the reviews alone, where three evaluators share 20 tasks.',
    empty: rows.length === 0 ? noKnown : undefined,
    chart: {
      kind: 'intervals',
      labels: rows.map(({ evaluator, known }) => `${evaluator} (n = ${count(known.of)})`),
      series: [
        { name: 'against known verdicts', values: rows.map(({ known }) => pointOf(known)) },
        {
          name: 'estimated without them',
          values: rows.map(({ estimated }) => (estimated === undefined ? undefined : { value: estimated })),
        },
      ],
      from: 0,
      to: 1,
      tick: wholePercent,
      axis: 'of verdicts',
      format: percent,
    },
    table: {
      columns: [
        words('Evaluator'),
        numbers('Known verdicts (n)'),
        numbers('Correct (95%)'),
        numbers('Precision'),
        numbers('Recall'),
        numbers('F1'),
        numbers('p against all others'),
        numbers('Dawid–Skene'),
      ],
      rows: rows.map(({ evaluator, known, precision, recall, f1, pAgainstOthers, estimated }) => [
        textCell(evaluator),
        valueCell(known.of, count),
        proportionCell(known),
        ...[precision, recall, f1].map((value) => valueCell(value, figure)),
        pCell(pAgainstOthers),
        valueCell(estimated, percent, 'too few'),
      ]),
    },
  };
}

/** Known verdict against the verdict given, over all evaluators in the chart and one by one in the table. */
function confusionFigure(verdicts: readonly Verdicts[]): Figure {
  const rows = verdicts.filter(({ known }) => known.of > 0);
  const total = verdictNames.map((_, truth) =>
    verdictNames.map((__, given) => rows.reduce((sum, { table }) => sum + table[truth]![given]!, 0)),
  );
  const known = verdictNames.flatMap((name, truth) =>
    total[truth]!.some((times) => times > 0) ? [{ name, truth }] : [],
  );
  return {
    id: 'verdicts-confusion',
    title: 'Verdicts given for each known verdict',
    hint: 'First and second are the answers in the order of their ids, on whichever side they were shown.',
    empty: rows.length === 0 ? noKnown : undefined,
    chart: {
      kind: 'bars',
      labels: known.map(({ name }) => `known: ${name}`),
      series: verdictNames.map((name, given) => ({
        name: `given: ${name}`,
        values: known.map(({ truth }) => total[truth]![given]!),
      })),
      axis: 'reviews',
      format: count,
    },
    table: {
      columns: [
        words('Evaluator'),
        words('Known verdict'),
        ...verdictNames.map((name) => numbers(`Given: ${name}`)),
      ],
      rows: rows.flatMap(({ evaluator, table }) =>
        known.map(({ name, truth }) => [
          textCell(evaluator),
          textCell(name),
          ...table[truth]!.map((times) => valueCell(times, count)),
        ]),
      ),
    },
  };
}

function unusualFigure(verdicts: readonly Verdicts[], isNamed: boolean): Figure {
  const rows = verdicts.flatMap(({ evaluator, unusual }) =>
    unusual === undefined ? [] : [{ evaluator, ...unusual }],
  );
  return {
    id: 'verdicts-unusual',
    title: 'Unusual votes between models',
    hint: 'How unlikely an evaluator’s votes are if they vote as the others do on the same models (Fisher’s combination of p). By chance, 1 of 100 evaluators is beyond the line. Check the reviews of evaluators beyond it.',
    empty:
      rows.length > 0
        ? undefined
        : isNamed
          ? 'No evaluator has voted on two models on which the others have ten votes.'
          : 'Needs the models of the answers, whose names are hidden.',
    chart: {
      kind: 'intervals',
      labels: rows.map(({ evaluator, votes }) => `${evaluator} (n = ${count(votes)})`),
      series: [
        {
          name: 'share of the 1% limit',
          values: rows.map(({ statistic, limit }) => ({ value: statistic / limit })),
        },
      ],
      from: 0,
      to: 1.2,
      tick: wholePercent,
      reference: { value: 1, name: '1% limit' },
      axis: 'of the 1% limit',
      format: percent,
    },
    table: {
      columns: [
        words('Evaluator'),
        numbers('Votes (n)'),
        numbers('M = −2 Σ ln p'),
        numbers('1% limit'),
        numbers('p'),
      ],
      rows: rows.map(({ evaluator, votes, statistic, limit, p }) => [
        textCell(evaluator),
        valueCell(votes, count),
        valueCell(statistic, figure),
        valueCell(limit, figure),
        pCell(p),
      ]),
    },
  };
}

function pointOf({ share, interval }: ShownProportion): Point | undefined {
  return share === undefined ? undefined : { value: share, ...interval };
}

function proportionCell({ share, interval }: ShownProportion): Cell {
  if (share === undefined) return { text: 'none at n = 0', sort: -Infinity };
  return { text: `${percent(share)} (${intervalText(interval, percent)})`, sort: share };
}

function pCell(p: number | undefined): Cell {
  if (p === undefined) return { text: '–', sort: -Infinity };
  return { text: p < 0.001 ? '< 0.001' : p.toFixed(3), sort: p };
}
