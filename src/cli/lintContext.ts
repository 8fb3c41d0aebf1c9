import { askedOf } from '../core/asked.ts';
import { blindView } from '../core/blind.ts';
import { alignLines } from '../core/comparing.ts';
import { extractAnswer } from '../core/extract.ts';
import type { RationaleContext, ShownFile } from '../core/rationale/context.ts';
import type { Task } from '../core/task.ts';

type Shown = RationaleContext['answers'][number];

/** What a rationale is held against when only the task is known: no scores, runs or checks. */
export function lintContext(
  task: Task,
  order: readonly string[],
  { mainFile, ...choice }: Pick<RationaleContext, 'shown' | 'rubric'> & { readonly mainFile: string },
): RationaleContext {
  const { answers, cases, prompt } = blindView(task, order);
  const shownAnswers = answers.map(({ side, text }) => ({ side, ...readAnswer(task, text, mainFile) }));
  return {
    ...choice,
    ranked: askedOf(task).rank,
    scores: {},
    prompt,
    answers: shownAnswers,
    cases: cases.map(({ id, title }) => ({ id, title })),
    results: {},
    diagnostics: {},
    hunks: hunksOf(shownAnswers),
    recent: [],
  };
}

function readAnswer(task: Task, text: string, mainFile: string): Pick<Shown, 'files' | 'text'> {
  const { language, prompt, entry, files } = task;
  const { segments, readings } = extractAnswer(text, {
    language,
    prompt,
    entry,
    files,
    mainFile,
  });
  const shown = readings[0]?.files ?? [];
  return {
    text: segments.map((segment) => segment.text).join('\n'),
    files: shown.map((file) => ({ path: file.path, lines: linesOf(file.text) })),
  };
}

/** A final newline ends the last line instead of starting another. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** How many hunks A and B differ in: the only file of each against the other's, else files of the same path. */
function hunksOf([a, b]: readonly Shown[]): number {
  if (a === undefined || b === undefined) return 0;
  if (a.files.length === 1 && b.files.length === 1) return hunksBetween(a.files[0], b.files[0]);
  const paths = [...new Set([...a.files, ...b.files].map((file) => file.path))];
  return paths.reduce((sum, path) => sum + hunksBetween(named(a.files, path), named(b.files, path)), 0);
}

function hunksBetween(a: ShownFile | undefined, b: ShownFile | undefined): number {
  const rows = alignLines(a?.lines ?? [''], b?.lines ?? ['']);
  return rows.filter((row, at) => row.kind !== 'same' && (at === 0 || rows[at - 1]!.kind === 'same')).length;
}

function named(files: readonly ShownFile[], path: string): ShownFile | undefined {
  return files.find((file) => file.path === path);
}
