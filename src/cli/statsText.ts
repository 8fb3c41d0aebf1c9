import { visibleLine } from '../core/text/visible.ts';
import type {
  ShownAgreement,
  ShownCoefficient,
  ShownInterval,
  ShownModels,
  ShownProportion,
  ShownQuick,
  ShownSlow,
} from '../protocol/dashboard.ts';

/** All figures, as the dashboard's thread gives them to its page. */
export interface Figures {
  readonly reviews: ShownQuick;
  readonly agreement: ShownSlow;
  readonly models: ShownModels;
}

/** The figures as tables for a terminal. */
export function statsText({ reviews, agreement, models }: Figures): string {
  const { submitted, reviews: inEffect, evaluators } = reviews;
  const sections = [
    `${submitted} submitted, ${inEffect} in effect, ${plural(evaluators.length, 'evaluator')}`,
    ...(submitted === 0
      ? []
      : [...modelSections(models), verdictSection(models), agreementSection(agreement)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function modelSections({ isNamed, compared, withheld, models, pairs, effects }: ShownModels): string[] {
  const left = withheld === 0 ? [] : [`${plural(withheld, 'review')} of tasks yet to be judged left out.`];
  if (!isNamed) return ['Models: not named. To compare them, add --show-models.'];
  if (compared === 0) return [['Models: no review compares two named models.', ...left].join(' ')];
  return [
    table(`Models (${plural(compared, 'vote')})`, [
      ['Model', 'Votes', 'Won', 'Lost', 'Tied', 'Both bad', 'Strength (95%)', 'Adjusted (95%)', 'Rank (95%)'],
      ...models.map(({ model, votes, wins, losses, ties, bothBad, strength, adjusted, rank }) => [
        model,
        ...[votes, wins, losses, ties, bothBad].map(String),
        coefficient(strength),
        coefficient(adjusted),
        rank === undefined ? '-' : `${rank.value}${interval(rank.interval, String)}`,
      ]),
    ]),
    table('Pairs of models', [
      ['First', 'Second', 'First won', 'Second won', 'Tied', 'Both bad', 'Won by the first (95%)', 'Ratio'],
      ...pairs.map(({ one, other, wins, losses, ties, bothBad, won, ratio }) => [
        one,
        other,
        ...[wins, losses, ties, bothBad].map(String),
        proportion(won),
        number(ratio),
      ]),
    ]),
    table('Effects of position and style, in log strength', [
      ['Effect', 'Estimate (95%)'],
      ...effects.map(({ name, estimate }) => [name, coefficient(estimate)]),
    ]),
    ...left,
  ];
}

function verdictSection({ verdicts }: ShownModels): string {
  return table('Evaluators against known verdicts', [
    [
      'Evaluator',
      'Known',
      'Correct (95%)',
      'Precision',
      'Recall',
      'F1',
      'p against others',
      'Dawid-Skene',
      'p of votes',
    ],
    ...verdicts.map(({ evaluator, known, precision, recall, f1, pAgainstOthers, estimated, unusual }) => [
      evaluator,
      String(known.of),
      proportion(known),
      number(precision),
      number(recall),
      number(f1),
      probability(pAgainstOthers),
      estimated === undefined ? '-' : percent(estimated),
      probability(unusual?.p),
    ]),
  ]);
}

function agreementSection({ groups, criteria }: ShownSlow): string {
  const row = (name: string, { items, raw, alpha, ac1, fleiss }: ShownAgreement): string[] => [
    name,
    String(items),
    raw === undefined ? '-' : percent(raw),
    coefficient(alpha),
    coefficient(ac1),
    coefficient(fleiss),
  ];
  return table('Agreement', [
    ['Reviews', 'Tasks', 'Raw', 'Alpha (95%)', 'AC1 (95%)', 'Fleiss (95%)'],
    ...groups.flatMap(({ name, tiesIn, strength }) => [
      row(`${name}, direction`, tiesIn),
      row(`${name}, strength`, strength),
    ]),
    ...criteria.map(({ criterion, agreement }) => row(`criterion ${criterion}`, agreement)),
  ]);
}

/** Columns side by side: the first is aligned to the left, the others to the right. */
function table(title: string, [head, ...rows]: readonly (readonly string[])[]): string {
  if (rows.length === 0) return `${title}: none`;
  const all = [head!, ...rows].map((row) => row.map(visibleLine));
  const widths = head!.map((_, at) => Math.max(...all.map((row) => row[at]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function coefficient(value: ShownCoefficient | undefined): string {
  return value === undefined ? '-' : `${number(value.value)}${interval(value.interval, number)}`;
}

function proportion({ share, interval: of }: ShownProportion): string {
  return share === undefined ? '-' : `${percent(share)}${interval(of, percent)}`;
}

function interval(of: ShownInterval | undefined, format: (value: number) => string): string {
  return of === undefined ? '' : ` (${format(of.low)} to ${format(of.high)})`;
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(2);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function probability(p: number | undefined): string {
  return p === undefined ? '-' : p < 0.001 ? '<0.001' : p.toFixed(3);
}
