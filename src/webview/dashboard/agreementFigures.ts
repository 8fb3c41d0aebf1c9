import { fewestShared as fewest } from '../../core/statistics/agreement.ts';
import type { ShownAgreement, ShownCoefficient, ShownGroup, ShownSlow } from '../../protocol/dashboard.ts';
import {
  numbers,
  textCell,
  valueCell,
  words,
  type Cell,
  type Figure,
  type Point,
  type Series,
} from './figure.ts';
import { coefficientText, count, figure, percent } from './numbers.ts';

/** Groups in a chart at most; the table lists all. */
const maxRows = 12;

const howToShare =
  'Agreement needs tasks that two or more evaluators judged. Give the same task file to another evaluator, then import their reviews.';

/** The series style of each coefficient, the same in all charts. */
const seriesStyles = { raw: 0, alphaNominal: 1, alphaOrdinal: 2, ac1: 3, fleiss: 4, cohen: 5 } as const;

/** Agreement: as a whole, by evaluator, by language, by criterion and by pair. */
export function agreementFigures({ groups, criteria, pairs }: ShownSlow): Figure[] {
  const kinds = (...some: ShownGroup['kind'][]) => groups.filter(({ kind }) => some.includes(kind));
  return [
    groupFigure('agreement', 'Agreement, as a whole and by evaluator', kinds('all', 'evaluator')),
    groupFigure('agreement-language', 'Agreement by language', kinds('language')),
    criterionFigure(criteria),
    pairFigure(pairs),
  ];
}

function groupFigure(id: string, title: string, groups: readonly ShownGroup[]): Figure {
  const shared = groups.filter(({ tiesIn }) => tiesIn.items > 0);
  const drawn = shared.slice(0, maxRows);
  const points = (
    name: string,
    style: keyof typeof seriesStyles,
    value: (group: ShownGroup) => Point | undefined,
  ): Series<Point> => ({
    name,
    style: seriesStyles[style],
    values: drawn.map(value),
  });
  return {
    id,
    title,
    hint: 'Raw agreement, and coefficients corrected for chance: 1 is perfect, 0 is chance. Lines are 95% intervals; n is the number of shared tasks.',
    empty: shared.length === 0 ? howToShare : undefined,
    notes: [
      ...tooFew(shared.map(({ name, tiesIn }) => ({ name, ...tiesIn }))),
      ...uneven(drawn),
      ...leftOut(shared.length - drawn.length),
    ],
    chart: {
      kind: 'intervals',
      labels: drawn.map(({ name, tiesIn }) => `${name} (n = ${count(tiesIn.items)})`),
      series: [
        points('raw', 'raw', ({ tiesIn: { raw } }) => (raw === undefined ? undefined : { value: raw })),
        points('α nominal', 'alphaNominal', ({ tiesIn }) => pointOf(tiesIn.alpha)),
        points('α ordinal', 'alphaOrdinal', ({ strength }) => pointOf(strength.alpha)),
        points('AC1', 'ac1', ({ tiesIn }) => pointOf(tiesIn.ac1)),
        points('Fleiss’ κ', 'fleiss', ({ tiesIn }) => pointOf(tiesIn.fleiss)),
      ],
      from: 0,
      to: 1,
      tick: figure,
      axis: 'agreement',
      format: figure,
    },
    table: {
      columns: [words('Reviews'), words('Agreement on'), ...coefficientColumns('Tasks (n)')],
      rows: groups.flatMap(({ name, tiesIn, tiesOut, strength }) => [
        [textCell(name), textCell('direction, ties in (nominal)'), ...coefficientCells(tiesIn)],
        [textCell(name), textCell('direction, ties out (nominal)'), ...coefficientCells(tiesOut)],
        [textCell(name), textCell('strength −3 to 3 (ordinal)'), ...coefficientCells(strength)],
      ]),
    },
  };
}

function criterionFigure(criteria: ShownSlow['criteria']): Figure {
  const shared = criteria.filter(({ agreement }) => agreement.items > 0);
  const drawn = shared.slice(0, maxRows);
  return {
    id: 'agreement-criterion',
    title: 'Agreement by criterion',
    hint: 'Ordinal α on the scores of single answers. Lines are 95% intervals; n is the number of answers that two or more evaluators scored.',
    empty:
      shared.length === 0
        ? 'No answer was scored by two evaluators. To score an answer, choose a value beside each criterion of the rubric.'
        : undefined,
    notes: [
      ...tooFew(shared.map(({ criterion, agreement }) => ({ name: criterion, ...agreement }))),
      ...leftOut(shared.length - drawn.length),
    ],
    chart: {
      kind: 'intervals',
      labels: drawn.map(({ criterion, agreement }) => `${criterion} (n = ${count(agreement.items)})`),
      series: [
        {
          name: 'raw',
          values: drawn.map(({ agreement: { raw } }) => (raw === undefined ? undefined : { value: raw })),
        },
        {
          name: 'α ordinal',
          style: seriesStyles.alphaOrdinal,
          values: drawn.map(({ agreement }) => pointOf(agreement.alpha)),
        },
        {
          name: 'AC1',
          style: seriesStyles.ac1,
          values: drawn.map(({ agreement }) => pointOf(agreement.ac1)),
        },
      ],
      from: 0,
      to: 1,
      tick: figure,
      axis: 'agreement',
      format: figure,
    },
    table: {
      columns: [words('Criterion'), ...coefficientColumns('Answers (n)')],
      rows: criteria.map(({ criterion, agreement }) => [textCell(criterion), ...coefficientCells(agreement)]),
    },
  };
}

function pairFigure(pairs: ShownSlow['pairs']): Figure {
  const told = pairs.filter(({ kappa }) => kappa !== undefined);
  const drawn = told.slice(0, maxRows);
  const name = ({ one, other }: ShownSlow['pairs'][number]): string => `${one} and ${other}`;
  return {
    id: 'agreement-pairs',
    title: 'Two evaluators on the same tasks',
    hint: 'Raw agreement on the direction with ties, and Cohen’s κ with its 95% interval; n is the number of tasks that both judged.',
    empty: pairs.length === 0 ? howToShare : undefined,
    notes: [
      ...tooFew(pairs.map((pair) => ({ name: name(pair), items: pair.items, suppressed: !pair.kappa }))),
      ...leftOut(told.length - drawn.length),
    ],
    chart: {
      kind: 'intervals',
      labels: drawn.map((pair) => `${name(pair)} (n = ${count(pair.items)})`),
      series: [
        { name: 'raw', values: drawn.map(({ raw }) => ({ value: raw })) },
        { name: 'Cohen’s κ', style: seriesStyles.cohen, values: drawn.map(({ kappa }) => pointOf(kappa)) },
      ],
      from: 0,
      to: 1,
      tick: figure,
      axis: 'agreement',
      format: figure,
    },
    table: {
      columns: [words('Evaluators'), numbers('Tasks (n)'), numbers('Raw'), numbers('Cohen’s κ (95%)')],
      rows: pairs.map((pair) => [
        textCell(name(pair)),
        valueCell(pair.items, count),
        valueCell(pair.raw, percent),
        coefficientCell(pair.kappa, pair.items),
      ]),
    },
  };
}

const coefficientColumns = (items: string) => [
  numbers(items),
  numbers('Ratings'),
  numbers('Raw'),
  numbers('Krippendorff’s α (95%)'),
  numbers('AC1 (95%)'),
  numbers('Fleiss’ κ (95%)'),
];

function coefficientCells({ items, ratings, raw, alpha, ac1, fleiss }: ShownAgreement): Cell[] {
  return [
    valueCell(items, count),
    valueCell(ratings, count),
    valueCell(raw, percent),
    coefficientCell(alpha, items),
    coefficientCell(ac1, items),
    coefficientCell(fleiss, items, 'raters vary'),
  ];
}

/** `none` says why the coefficient is undefined when there are enough items. */
function coefficientCell(
  coefficient: ShownCoefficient | undefined,
  items: number,
  none = 'no variation',
): Cell {
  if (coefficient === undefined) return { text: items < fewest ? 'too few' : none, sort: -Infinity };
  return { text: coefficientText(coefficient), sort: coefficient.value };
}

function pointOf(coefficient: ShownCoefficient | undefined): Point | undefined {
  return coefficient && { value: coefficient.value, ...coefficient.interval };
}

function tooFew(
  groups: readonly { readonly name: string; readonly items: number; readonly suppressed: boolean }[],
): string[] {
  const few = groups.filter(({ suppressed, items }) => suppressed && items < fewest);
  if (few.length === 0) return [];
  const named = few.slice(0, 3).map(({ name, items }) => `${name} has ${count(items)}`);
  const more = few.length > 3 ? `, and ${count(few.length - 3)} more have fewer as well` : '';
  return [
    `Too few items for a coefficient or an interval, which need at least n = ${fewest}: ${named.join(', ')}${more}.`,
  ];
}

/** Why a coefficient that the legend names is missing from a chart. */
function uneven(groups: readonly ShownGroup[]): string[] {
  const isUneven = groups.some(({ tiesIn: { items, ac1, fleiss } }) => items >= fewest && ac1 && !fleiss);
  return isUneven
    ? ['Fleiss’ κ needs the same number of reviews on every task, so it is missing for some groups.']
    : [];
}

function leftOut(rows: number): string[] {
  return rows > 0 ? [`${count(rows)} more are in the table.`] : [];
}
