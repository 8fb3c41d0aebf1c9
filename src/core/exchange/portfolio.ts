import type { Ideal } from '../ideal/ideal.ts';
import { mayBeShown } from './licences.ts';
import { preferenceStatement, toShown } from '../task/preference.ts';
import type { Review } from '../review/review.ts';
import { rubricSchema, type Rubric } from '../task/rubric.ts';
import type { Task } from '../task/task.ts';
import { taskTitle } from '../task/title.ts';
import { counted } from './dropped.ts';
import type { ExchangeData, Exporter, ExportReport, LeftOut } from './exporter.ts';
import { noIdeal, idealsInEffect } from './ideals.ts';
import { leftOutOf, mergeLeftOut, reviewsInEffect } from './inEffect.ts';

/** A piece of work for the portfolio. `withheld` names its texts that may not be shown. */
export type Piece = { readonly id: string; readonly withheld: string | undefined } & (
  | { readonly kind: 'review'; readonly task: Task; readonly review: Review }
  | { readonly kind: 'ideal'; readonly task: Task; readonly ideal: Ideal; readonly text: string }
  | { readonly kind: 'rubric'; readonly task: Task; readonly rubric: Rubric }
);

/** The author's own work as Markdown: reviews, rubrics and ideals. Texts of others appear only if their licence allows it. */
export const portfolio: Exporter = {
  id: 'portfolio',
  title: 'Portfolio',
  description: 'Reviews, rubrics and ideals as Markdown, without prompts and answers that may not be shown',
  fileExtension: 'md',
  export: (data) => portfolioOf(data, () => true),
};

/** A portfolio of only the pieces with these ids. */
export function portfolioWith(chosen: ReadonlySet<string>): Exporter {
  return { ...portfolio, export: (data) => portfolioOf(data, ({ id }) => chosen.has(id)) };
}

function portfolioOf(
  data: ExchangeData,
  isChosen: (piece: Piece) => boolean,
): { lines: string[]; report: ExportReport } {
  const { pieces, leftOut } = piecesOf(data);
  const shown = pieces.filter(isChosen);
  const works = Map.groupBy(
    shown.filter((piece) => piece.kind !== 'rubric'),
    ({ task }) => task,
  );
  const rubrics = shown.flatMap((piece) => (piece.kind === 'rubric' ? [piece.rubric] : []));
  const dropped = counted(shown, {
    'scores, flags, runs, diagnostics and the chain of hashes': ({ kind }) => kind !== 'rubric',
    'texts that the licence of the task does not allow to be shown': ({ withheld }) => withheld !== undefined,
  });
  return {
    lines: [
      '# Reviews',
      ...[...works].flatMap(([task, some]) => sectionOf(task, some)),
      ...rubrics.flatMap(rubricLines),
    ],
    report: { target: portfolio.title, exported: shown.length, leftOut, dropped },
  };
}

/**
 * The pieces that can be shown: the reviews and ideals in effect and the distinct rubrics of the tasks. `leftOut` gives
 * the reasons for the rest.
 */
export function piecesOf(data: ExchangeData): { pieces: Piece[]; leftOut: LeftOut[] } {
  const { inEffect, without } = reviewsInEffect(data);
  const reviews = inEffect.map(({ task, review }): Piece => ({
    kind: 'review',
    id: review.id,
    task,
    review,
    withheld: mayShow(task) ? undefined : 'the prompt and the answers',
  }));
  const written = idealsInEffect(data);
  const ideals = written.ideals.map(({ task, ideal, text }): Piece => ({
    kind: 'ideal',
    id: ideal.id,
    task,
    ideal,
    text,
    withheld: mayShow(task) ? undefined : isOfAnswer(ideal) ? 'the prompt and the code' : 'the prompt',
  }));
  const works = [...reviews, ...ideals];
  const rubrics = new Map(
    works.flatMap(({ task }) =>
      typeof task.rubric === 'object' ? [[task.rubric.id, rubricPiece(task, task.rubric)]] : [],
    ),
  );
  const skipped = data.skips.map(({ taskId }) => ({ id: taskId, reason: 'skipped' }));
  const unusable = written.leftOut.filter(({ reason }) => reason !== noIdeal);
  return {
    pieces: [...works, ...rubrics.values()],
    leftOut: mergeLeftOut(leftOutOf([...without, ...skipped]), unusable),
  };
}

function rubricPiece(task: Task, rubric: Rubric): Piece {
  return { kind: 'rubric', id: rubric.id, task, rubric: rubricSchema.parse(rubric), withheld: undefined };
}

/** Everything that one person made, with the reviewers' decisions on it. */
export function workOf({ tasks, reviews, ledger = [] }: ExchangeData, author: string): ExchangeData {
  return {
    tasks,
    reviews: reviews.filter(({ evaluator }) => evaluator === author),
    skips: [],
    ledger: ledger.filter(({ kind, record }) => kind === 'inspection' || record.author === author),
  };
}

/** The licence that the task's source names, verbatim. */
export function licenceOf({ source }: Task): string | undefined {
  return textIn(source, 'licence') ?? textIn(source, 'license');
}

/** Whether the licence allows showing the texts; a missing or unknown licence does not. */
function mayShow(task: Task): boolean {
  const licence = licenceOf(task);
  return licence !== undefined && mayBeShown(licence);
}

/** An ideal that started from an answer is a derived version of that answer. */
function isOfAnswer({ startedFrom }: Ideal): boolean {
  return startedFrom !== null;
}

function textIn(source: Task['source'], name: string): string | undefined {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined;
  const value = (source as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function sectionOf(task: Task, pieces: readonly Piece[]): string[] {
  const isShown = mayShow(task);
  // A title derived from the prompt is part of the prompt.
  const title = isShown || task.title !== undefined ? taskTitle(task) : `A ${task.language} task`;
  return [
    '',
    `## ${title.replaceAll(/\s+/g, ' ')}`,
    '',
    `Language: ${task.language}.${isShown ? ` Source: ${creditOf(task)}.` : ''}`,
    ...(isShown
      ? ['', '### Prompt', '', quoted(task.prompt)]
      : ['', 'The prompt and the answers may not be shown.']),
    ...pieces.flatMap((piece) => {
      if (piece.kind === 'review') return reviewLines(piece, isShown);
      return piece.kind === 'ideal' ? idealLines(piece, isShown || !isOfAnswer(piece.ideal)) : [];
    }),
  ];
}

/** The attribution of a shown text, as far as its source is known. */
function creditOf({ source, ...task }: Task): string {
  const names = ['title', 'name', 'author', 'url'].flatMap((name) => textIn(source, name) ?? []);
  return [...names, `${licenceOf({ source, ...task })} licence`].join(', ').replaceAll(/\s+/g, ' ');
}

function reviewLines({ task, review }: Extract<Piece, { kind: 'review' }>, isShown: boolean): string[] {
  const { preference, shown } = review;
  const isKnown = preference?.kind !== 'better' || shown.includes(preference.winner);
  const verdict =
    preference === null || !isKnown ? [] : ['', `**${preferenceStatement(toShown(preference, shown))}.**`];
  const texts = shown.flatMap((answerId, at) => [
    '',
    `### Answer ${at === 0 ? 'A' : 'B'}`,
    '',
    quoted(task.answers.find(({ id }) => id === answerId)?.text ?? ''),
  ]);
  const rationale = review.rationale.trim() === '' ? [] : ['', review.rationale.trim()];
  return [...(isShown ? texts : []), '', '### Review', ...verdict, ...rationale];
}

function idealLines({ ideal, text }: Extract<Piece, { kind: 'ideal' }>, isShown: boolean): string[] {
  const { notes, proof, references } = ideal;
  return [
    '',
    '### Ideal solution',
    '',
    isShown ? text.trimEnd() : 'The code began with an answer that may not be shown.',
    ...(notes.trim() === '' ? [] : ['', notes.trim()]),
    ...(proof.by === 'cases'
      ? ['', `Proved by cases that a weaker answer fails: ${proof.cases.join(', ')}.`]
      : ['', proof.reason]),
    ...(references.length === 0 ? [] : ['', 'References:', '']),
    ...references.map(({ title, url }) => `- ${title}${url === undefined ? '' : ` <${url}>`}`),
  ];
}

function rubricLines({ title, criteria }: Rubric): string[] {
  return [
    '',
    `## Rubric: ${title}`,
    ...criteria.flatMap(({ title: name, description, scale }) => [
      '',
      `### ${name}`,
      '',
      description,
      '',
      ...scale.map(({ value, meaning }) => `- ${value}: ${meaning}`),
    ]),
  ];
}

/** The text as a block quote that contains all of its Markdown. */
function quoted(text: string): string {
  return text
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
