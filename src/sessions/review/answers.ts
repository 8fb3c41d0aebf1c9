import { blindView, type BlindAnswer } from '../../core/blind.ts';
import { alignLines } from '../../core/comparing.ts';
import { extractAnswer, type Extraction, type Reading } from '../../core/extract.ts';
import type { Side } from '../../core/preference.ts';
import { answerProgram, type Program } from '../../core/programFiles.ts';
import type { SourceFile, Task } from '../../core/task.ts';
import { sameBut } from '../../core/sameBut.ts';
import type { Formatted } from '../../runner/formatting/formatter.ts';
import type { CompareBy, PanelAnswer, PanelDiffFile, PanelSegment } from '../../protocol/webview.ts';

/** A text to be coloured, and the key the panel finds its colours by. */
export interface ColourJob {
  readonly key: string;
  readonly language: string;
  readonly text: string;
}

/** A comparison that leaves nothing out of account. */
export const everything: CompareBy = { ignoreWhitespace: false, ignoreComments: false, format: false };

/** One side of the panel: what is shown, and what is run. */
export interface ShownAnswer {
  readonly side: Side;
  readonly answerId: string;
  readonly panel: PanelAnswer;
  /** As the evaluator sees them: without names the answer gave itself. */
  readonly shownFiles: readonly SourceFile[];
  /** As the answer wrote them, laid over the task's own: what runs. */
  readonly files: readonly SourceFile[];
  /** What of the answer's diff does not apply. */
  readonly rejections?: Program['rejections'];
}

/** Reads both answers in the order shown, each by the reading chosen for it or by the best one. */
export function showAnswers(
  task: Task,
  order: readonly string[],
  readings: Readonly<Record<string, string>>,
  mainFile: string,
): ShownAnswer[] {
  const view = blindView(task, order);
  return order.map((answerId, index) =>
    showAnswer(task, view.answers[index]!, answerId, readings[answerId], mainFile),
  );
}

/**
 * The files of A and B held against each other: by path, or the only file of each. With `formatted`, those of A and of B
 * as a formatter wrote them, where it could write both.
 */
export function diffAnswers(
  answers: readonly ShownAnswer[],
  language: string,
  by: CompareBy = everything,
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
  const whyNotFormatted = [
    ...('whyNot' in ofA ? [`A: ${ofA.whyNot}`] : []),
    ...('whyNot' in ofB ? [`B: ${ofB.whyNot}`] : []),
  ].join('. ');
  return diffFiles(a.shownFiles, b.shownFiles, language, by).map((file) => ({ ...file, whyNotFormatted }));
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

/** The prompt's pieces, ready to be shown. */
export function promptSegments(prompt: string): PanelSegment[] {
  const { segments } = extractAnswer(prompt, { language: '', mainFile: 'prompt' });
  // A prompt without a fence is prose even where it would pass for code in an answer.
  if (!segments.some((segment) => segment.raw !== segment.text)) {
    return [{ kind: 'prose', text: prompt, language: '', key: 'prompt/segment/0' }];
  }
  return panelSegments({ segments, readings: [], problems: [] }, 'prompt');
}

/** Everything of a task that wants colours. */
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
  task: Task,
  blind: BlindAnswer,
  answerId: string,
  chosen: string | undefined,
  mainFile: string,
): ShownAnswer {
  const { side } = blind;
  const options = {
    language: task.language,
    prompt: task.prompt,
    mainFile,
    ...(task.entry === undefined ? {} : { entry: task.entry }),
    ...(task.files === undefined ? {} : { files: task.files }),
  };
  const raw = task.answers.find((answer) => answer.id === answerId)!;
  const shown = extractAnswer(blind.text, options);
  const reading = readingOf(shown, chosen);
  const shownFiles = reading?.files ?? [];
  return {
    side,
    answerId,
    shownFiles,
    ...answerProgram(task, raw, { mainFile, reading: reading?.id }),
    panel: {
      side,
      segments: panelSegments(shown, side),
      files: shownFiles.map((file) => ({
        path: file.path,
        lines: linesOf(file.text),
        key: `${side}/file/${file.path}`,
      })),
      readings: shown.readings.map(({ id, label }) => ({ id, label })),
      reading: reading?.id ?? '',
      problems: [...shown.problems],
      masked: blind.masks.length,
    },
  };
}

function readingOf(extraction: Extraction, id: string | undefined): Reading | undefined {
  return extraction.readings.find((reading) => reading.id === id) ?? extraction.readings[0];
}

function panelSegments(extraction: Extraction, owner: Side | 'prompt'): PanelSegment[] {
  return extraction.segments.map((segment, index) => ({
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

const languagesByEnding: Readonly<Record<string, string>> = {
  py: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'jsx',
  ts: 'typescript',
  tsx: 'tsx',
  json: 'json',
  html: 'html',
  css: 'css',
  md: 'markdown',
  sh: 'shellscript',
  sql: 'sql',
  go: 'go',
  java: 'java',
  rs: 'rust',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  hpp: 'cpp',
  rb: 'ruby',
  php: 'php',
  pl: 'perl',
  r: 'r',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
};

function languageOf(path: string): string | undefined {
  return languagesByEnding[path.split('.').at(-1)?.toLowerCase() ?? ''];
}
