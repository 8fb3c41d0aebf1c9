import { tooLarge } from '../../core/extraction/answerSize.ts';
import { alignLines } from '../../core/code/comparing.ts';
import { languageOfPath } from '../../core/code/languages.ts';
import type { Extraction, Reading } from '../../core/extraction/extract.ts';
import { cutSegments } from '../../core/extraction/segments.ts';
import { thinkingLine } from '../../core/extraction/thinking.ts';
import { sides, type Side } from '../../core/task/side.ts';
import { programOf, type AnswerProgram } from '../../core/extraction/programFiles.ts';
import type { ShownOrder } from '../../core/task/preference.ts';
import type { SourceFile, Task } from '../../core/task/task.ts';
import { sameBut } from '../../core/code/sameBut.ts';
import type { Formatted } from '../../checks/formatting/formatter.ts';
import type { CompareBy, PanelAnswer, PanelDiffFile, PanelSegment } from '../../protocol/panel/state.ts';
import { readAnswersAtOnce, type ReadAnswer } from './readAnswers.ts';

/** A text to colour, and the key by which the panel finds its colours. */
export interface ColourJob {
  readonly key: string;
  readonly language: string;
  readonly text: string;
}

/** A comparison that ignores nothing. */
export const compareExactly: CompareBy = { ignoreWhitespace: false, ignoreComments: false, format: false };

/** One side of the panel: what is shown, and what runs. */
export interface ShownAnswer {
  readonly side: Side;
  readonly answerId: string;
  readonly panel: PanelAnswer;
  /** The files as the evaluator sees them: without names that the answer gives itself. */
  readonly shownFiles: readonly SourceFile[];
  /** The files that run: as the answer wrote them, merged over the task's own files. */
  readonly files: readonly SourceFile[];
  /** The parts of the answer's diff that do not apply. */
  readonly rejections?: AnswerProgram['rejections'];
}

/** Reads both answers in the shown order, each with its chosen reading or else the best one. */
export function showAnswers(
  task: Task,
  order: ShownOrder,
  readings: Readonly<Record<string, string>>,
  mainFile: string,
): ShownAnswer[] {
  return showRead(task, readAnswersAtOnce(task, order, mainFile), readings);
}

/** Shows answers that were read, each with its chosen reading or else the best one. */
export function showRead(
  task: Task,
  read: readonly ReadAnswer[],
  readings: Readonly<Record<string, string>>,
): ShownAnswer[] {
  return read.map((answer) => showAnswer(answer, task.files, readings[answer.answerId]));
}

/**
 * Compares the files of A and B: by path, or the only file of each. With `formatted`, compares the formatted files, if both
 * could be formatted.
 */
export function diffAnswers(
  answers: readonly ShownAnswer[],
  language: string,
  by: CompareBy = compareExactly,
  formatted: readonly Formatted[] = [],
): PanelDiffFile[] {
  const [a, b] = answers;
  if (a === undefined || b === undefined) return [];
  const [ofA, ofB] = formatted;
  if (ofA === undefined || ofB === undefined) return diffFiles(a.shownFiles, b.shownFiles, language, by);
  if ('files' in ofA && 'files' in ofB) {
    const named = ofA.by === ofB.by ? ofA.by : `${ofA.by} and ${ofB.by}`;
    return diffFiles(ofA.files, ofB.files, language, by).map((file) => ({
      ...file,
      formatted: { by: named, a: linesAt(ofA.files, file.a), b: linesAt(ofB.files, file.b) },
    }));
  }
  const whyNotFormatted = whyNot(ofA, ofB);
  return diffFiles(a.shownFiles, b.shownFiles, language, by).map((file) => ({ ...file, whyNotFormatted }));
}

/** Why the answers could not be formatted; a common reason is given once. */
function whyNot(ofA: Formatted, ofB: Formatted): string {
  const reasons = [ofA, ofB].map((of) => ('whyNot' in of ? of.whyNot : undefined));
  if (reasons[0] === reasons[1]) return reasons[0] ?? '';
  return reasons
    .flatMap((reason, index) => (reason === undefined ? [] : [`${sides[index]}: ${reason}`]))
    .join('. ');
}

function linesAt(files: readonly SourceFile[], path: string | undefined): string[] {
  return linesOf(files.find((file) => file.path === path)?.text ?? '');
}

/** The same for any two sets of files. */
export function diffFiles(
  a: readonly SourceFile[],
  b: readonly SourceFile[],
  language: string,
  by: CompareBy,
): PanelDiffFile[] {
  return pairFiles(a, b).map(({ a: fileA, b: fileB }) => {
    const [textA, textB] = [fileA?.text ?? '', fileB?.text ?? ''];
    const written = languageOf(fileA?.path ?? fileB?.path ?? '') ?? language;
    const alike = sameBut(textA, textB, written);
    return {
      ...(fileA === undefined ? {} : { a: fileA.path }),
      ...(fileB === undefined ? {} : { b: fileB.path }),
      rows: alignLines(linesOf(textA), linesOf(textB), { ...by, language: written }),
      ...(alike === undefined ? {} : { sameBut: alike as PanelDiffFile['sameBut'] }),
    };
  });
}

/** The segments of the prompt, ready to be shown. */
export function promptSegments(prompt: string): PanelSegment[] {
  const segments = tooLarge(prompt) === undefined ? cutSegments(prompt) : [];
  // A prompt without a fence is prose, even if it would count as code in an answer.
  if (!segments.some((segment) => segment.raw !== segment.text)) {
    return [{ kind: 'prose', text: prompt, language: '', key: 'prompt/segment/0' }];
  }
  return panelSegments(segments, 'prompt');
}

/** All texts of a task to colour. */
export function colourJobs(
  prompt: readonly PanelSegment[],
  answers: readonly ShownAnswer[],
  language: string,
  ideal: PanelAnswer['files'] = [],
): ColourJob[] {
  const segments = [...prompt, ...answers.flatMap((answer) => answer.panel.segments)]
    .filter((segment) => segment.kind === 'code')
    .map((segment) => ({ key: segment.key, language: segment.language || language, text: segment.text }));
  const files = [...answers.flatMap((answer) => answer.panel.files), ...ideal].map((file) => ({
    key: file.key,
    language: languageOf(file.path) ?? language,
    text: file.lines.join('\n'),
  }));
  return [...segments, ...files];
}

/** Lines as an editor counts them: a final newline ends the last line instead of starting another. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

function showAnswer(
  { answerId, blind, shown, written }: ReadAnswer,
  taskFiles: Task['files'],
  chosen: string | undefined,
): ShownAnswer {
  const { side } = blind;
  const reading = readingOf(shown, chosen);
  const shownFiles = reading?.files ?? [];
  return {
    side,
    answerId,
    shownFiles,
    ...programOf(written, taskFiles, reading?.id),
    panel: {
      side,
      segments: panelSegments(shown.segments, side),
      files: shownFiles.map((file) => ({
        path: file.path,
        lines: linesOf(file.text),
        key: `${side}/file/${file.path}`,
      })),
      readings: shown.readings.map(({ id, label }) => ({ id, label })),
      reading: reading?.id ?? '',
      problems: [...shown.problems],
      leftOut: shown.segments.filter(({ kind }) => kind === 'thinking').map(({ text }) => thinkingLine(text)),
      masked: blind.masks.length,
    },
  };
}

function readingOf(extraction: Extraction, id: string | undefined): Reading | undefined {
  return extraction.readings.find((reading) => reading.id === id) ?? extraction.readings[0];
}

function panelSegments(segments: Extraction['segments'], owner: Side | 'prompt'): PanelSegment[] {
  return segments.map((segment, index) => ({
    kind: segment.kind,
    text: segment.text,
    language: segment.language,
    key: `${owner}/segment/${index}`,
    ...(segment.path === undefined ? {} : { path: segment.path }),
  }));
}

function pairFiles(a: readonly SourceFile[], b: readonly SourceFile[]): { a?: SourceFile; b?: SourceFile }[] {
  if (a.length === 1 && b.length === 1) return [{ a: a[0]!, b: b[0]! }];
  const paths = [...new Set([...a, ...b].map((file) => file.path))];
  return paths.map((path) => {
    const fileA = a.find((file) => file.path === path);
    const fileB = b.find((file) => file.path === path);
    return { ...(fileA === undefined ? {} : { a: fileA }), ...(fileB === undefined ? {} : { b: fileB }) };
  });
}

/** The name of the grammar for a file. JSX and TSX have grammars of their own. */
function languageOf(path: string): string | undefined {
  const ending = path.split('.').at(-1)?.toLowerCase();
  return ending === 'jsx' || ending === 'tsx' ? ending : languageOfPath(path);
}
