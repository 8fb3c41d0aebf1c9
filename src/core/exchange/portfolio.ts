import { rubricSchema } from '../rubric.ts';
import { toShown, preferenceStatement } from '../preference.ts';
import { taskTitle } from '../title.ts';
import type { Task } from '../task.ts';
import type { Exporter } from './exporter.ts';
import { standingIdeals, type StandingIdeal } from './ideals.ts';
import { standingReviews, type StandingReview } from './standing.ts';

/**
 * Licences that let a prompt and its answers be shown again with their source named. Anything else, and none at all,
 * leaves them out: what is not allowed is forbidden.
 */
const open =
  /^(mit|apache-2\.0|bsd-[23]-clause|0bsd|isc|unlicense|cc0-1\.0|cc-by(-sa)?-[34]\.0|mpl-2\.0|zlib)$/i;

/** One's own work as Markdown, to show: reviews, rubrics and ideals, with texts of others only where they may be shown. */
export const portfolio: Exporter = {
  id: 'portfolio',
  title: 'Portfolio',
  description: 'Reviews, rubrics and ideals as Markdown, without prompts and answers that may not be shown',
  fileExtension: 'md',
  export(data) {
    const { standing, leftOut } = standingReviews(data);
    const { ideals } = standingIdeals(data);
    const tasks = new Map([...standing, ...ideals].map(({ task }) => [task.id, task]));
    const sections = [...tasks.values()].map((task) =>
      sectionOf(
        task,
        standing.filter((review) => review.task.id === task.id),
        ideals.filter((ideal) => ideal.task.id === task.id),
      ),
    );
    const withheld = [...tasks.values()].filter((task) => !mayShow(task));
    const dropped = [
      'scores, flags, runs, diagnostics and the chain of hashes',
      ...(withheld.length === 0
        ? []
        : [`prompt and answers whose licence does not allow it (of ${withheld.length})`]),
    ];
    return {
      lines: ['# Reviews', ...sections.flat(), ...rubricsOf([...tasks.values()])],
      report: { target: this.title, exported: tasks.size, leftOut, dropped },
    };
  },
};

/** Whether the licence that the task's source names lets its texts be shown. */
function mayShow({ source }: Task): boolean {
  const licence = licenceOf(source);
  return licence !== undefined && open.test(licence);
}

function licenceOf(source: Task['source']): string | undefined {
  if (typeof source !== 'object' || source === null || Array.isArray(source)) return undefined;
  const { licence, license } = source as Readonly<Record<string, unknown>>;
  const named = licence ?? license;
  return typeof named === 'string' ? named : undefined;
}

function sectionOf(
  task: Task,
  reviews: readonly StandingReview[],
  ideals: readonly StandingIdeal[],
): string[] {
  const isShown = mayShow(task);
  // A title taken from the prompt is a part of it.
  const title = isShown || task.title !== undefined ? taskTitle(task) : `A ${task.language} task`;
  return [
    '',
    `## ${title}`,
    '',
    `Language: ${task.language}${isShown ? `. Source: ${licenceOf(task.source)} licence` : ''}.`,
    ...(isShown
      ? ['', '### Prompt', '', quoted(task.prompt)]
      : ['', 'The prompt and the answers may not be shown.']),
    ...reviews.flatMap((review) => reviewLines(review, isShown)),
    ...ideals.flatMap(({ ideal, text }) => [
      '',
      '### Ideal solution',
      '',
      text.trimEnd(),
      ...(ideal.notes.trim() === '' ? [] : ['', ideal.notes.trim()]),
      ...(ideal.proof.by === 'cases'
        ? ['', `Proved by cases that a weaker answer fails: ${ideal.proof.cases.join(', ')}.`]
        : ['', ideal.proof.reason]),
    ]),
  ];
}

function reviewLines({ review, preference, answers }: StandingReview, isShown: boolean): string[] {
  const verdict =
    preference === null ? [] : ['', `**${preferenceStatement(toShown(preference, review.shown))}.**`];
  const texts = review.shown.flatMap((answerId, at) => [
    '',
    `### Answer ${at === 0 ? 'A' : 'B'}`,
    '',
    quoted(answers.find(({ id }) => id === answerId)?.text ?? ''),
  ]);
  return [...(isShown ? texts : []), '', '### Review', ...verdict, '', review.rationale.trim()];
}

/** The rubrics that tasks bring along, each once. */
function rubricsOf(tasks: readonly Task[]): string[] {
  const rubrics = new Map(
    tasks.flatMap(({ rubric }) =>
      typeof rubric === 'object' ? [[rubric.id, rubricSchema.parse(rubric)]] : [],
    ),
  );
  return [...rubrics.values()].flatMap(({ title, criteria }) => [
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
  ]);
}

/** A block quote, in which whatever Markdown a text has stays inside. */
function quoted(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
