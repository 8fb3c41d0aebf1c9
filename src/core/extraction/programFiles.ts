import { extractAnswer } from './extract.ts';
import { emptyAnswer } from './noProgram.ts';
import type { Extraction, Rejection } from './types.ts';
import type { Answer, SourceFile, Task } from '../task/task.ts';

/** The program that runs for an answer. */
export interface AnswerProgram {
  readonly files: SourceFile[];
  /** Why nothing runs: the parts of the answer's diff that do not apply, or a missing program. */
  readonly rejections?: readonly Rejection[];
}

/**
 * The files that are run and checked for an answer: the files of the reading with that id, or of the best reading, merged
 * over the task's files. The answer's files come first, and the main file is the first of them. Empty if the answer has no
 * code.
 */
export function answerProgram(
  task: Pick<Task, 'language' | 'prompt' | 'entry' | 'files'>,
  answer: Pick<Answer, 'text'>,
  { mainFile, reading }: { readonly mainFile: string; readonly reading?: string | undefined },
): AnswerProgram {
  const { language, prompt, entry, files } = task;
  return programOf(extractAnswer(answer.text, { language, prompt, entry, files, mainFile }), files, reading);
}

/** The same for an answer that was read already. `files` are the task's. */
export function programOf(
  { readings }: Extraction,
  files: readonly SourceFile[] = [],
  reading?: string,
): AnswerProgram {
  const chosen = readings.find(({ id }) => id === reading) ?? readings[0];
  if (chosen === undefined) return { files: [], rejections: emptyAnswer };
  const kept = files.filter((file) => chosen.removed?.includes(file.path) !== true);
  const { rejections } = chosen;
  return { files: overlay(kept, chosen.files), ...(rejections !== undefined && { rejections }) };
}

/** Only the files, for callers that run nothing and accept a diff that applies in part. */
export function programFiles(...given: Parameters<typeof answerProgram>): SourceFile[] {
  return answerProgram(...given).files;
}

/** Merges files: a file of `over` replaces the file of `base` with the same path. */
export function overlay(base: readonly SourceFile[], over: readonly SourceFile[]): SourceFile[] {
  const replaced = new Set(over.map((file) => file.path));
  return [...over, ...base.filter((file) => !replaced.has(file.path))];
}
