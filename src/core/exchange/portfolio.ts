import type { Ideal } from '../ideal.ts';
import { mayBeShown } from '../licences.ts';
import { preferenceStatement, toShown } from '../preference.ts';
import type { Review } from '../review.ts';
import { rubricSchema, type Rubric } from '../rubric.ts';
import type { Task } from '../task.ts';
import { taskTitle } from '../title.ts';
import { counted } from './dropped.ts';
import type { ExchangeData, Exporter, ExportReport, LeftOut } from './exporter.ts';
import { noIdeal, standingIdeals } from './ideals.ts';
import { leftOutOf, mergeLeftOut, reviewsInForce } from './standing.ts';

/** A piece of work that can be shown, and what of it may not be. */
export type Piece = { readonly id: string; readonly withheld: string | undefined } & (
  | { readonly kind: 'review'; readonly task: Task; readonly review: Review }
  | { readonly kind: 'ideal'; readonly task: Task; readonly ideal: Ideal; readonly text: string }
  | { readonly kind: 'rubric'; readonly task: Task; readonly rubric: Rubric }
);

/** One's own work as Markdown, to show: reviews, rubrics and ideals, with texts of others only where they may be shown. */
export const portfolio: Exporter = {
  id: 'portfolio',
  title: 'Portfolio',
  description: 'Reviews, rubrics and ideals as Markdown, without prompts and answers that may not be shown',
  fileExtension: 'md',
  export: (data) => portfolioOf(data, () => true),
};

/** The portfolio of these pieces alone, by their ids. */
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
    'what the licence of its task does not allow to be shown': ({ withheld }) => withheld !== undefined,
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
 * What of the data can be shown: the reviews and ideals in force and the rubrics that tasks bring along, each once. Of
 * the others, why they cannot.
 */
export function piecesOf(data: ExchangeData): { pieces: Piece[]; leftOut: LeftOut[] } {
  const { inForce, without } = reviewsInForce(data);
  const reviews = inForce.map(({ task, review }): Piece => ({
    kind: 'review',
    id: review.id,
    task,
    review,
    withheld: mayShow(task) ? undefined : 'the prompt and the answers',
  }));
  const written = standingIdeals(data);
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

/** All that one person has made, with the decisions of reviewers on it. */
export function workOf({ tasks, reviews, ledger = [] }: ExchangeData, author: string): ExchangeData {
  return {
    tasks,
    reviews: reviews.filter(({ evaluator }) => evaluator === author),
    skips: [],
    ledger: ledger.filter(({ kind, record }) => kind === 'inspection' || record.author === author),
  };
}

/** The licence that the task's source names, as it is written there. */
export function licenceOf({ source }: Task): string | undefined {
  return textIn(source, 'licence') ?? textIn(source, 'license');
}

/** What is not allowed is forbidden. */
function mayShow(task: Task): boolean {
  const licence = licenceOf(task);
  return licence !== undefined && mayBeShown(licence);
}

/** An ideal that began with an answer is a version of it. */
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
  // A title taken from the prompt is a part of it.
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

/** Whom and what a text that is shown comes from, as far as its source tells. */
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

/** A block quote, in which whatever Markdown a text has stays inside. */
function quoted(text: string): string {
  return text
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
