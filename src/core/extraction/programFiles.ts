import { extractAnswer } from './extract.ts';
import type { Rejection } from './extraction/types.ts';
import type { Answer, SourceFile, Task } from './task.ts';

/** What runs for an answer. */
export interface Program {
  readonly files: SourceFile[];
  /** What of the answer's diff does not apply: then nothing is run. */
  readonly rejections?: readonly Rejection[];
}

/**
 * What runs and is checked for an answer: its files by the reading of that id, or by the best one, laid over the
 * task's own. The answer's files come first, the one the program starts from at their head. Empty where the answer
 * holds no code.
 */
export function answerProgram(
  task: Pick<Task, 'language' | 'prompt' | 'entry' | 'files'>,
  answer: Pick<Answer, 'text'>,
  { mainFile, reading }: { readonly mainFile: string; readonly reading?: string | undefined },
): Program {
  const { language, prompt, entry, files = [] } = task;
  const { readings } = extractAnswer(answer.text, { language, prompt, entry, files, mainFile });
  const chosen = readings.find(({ id }) => id === reading) ?? readings[0];
  if (chosen === undefined) return { files: [] };
  const kept = files.filter((file) => chosen.removed?.includes(file.path) !== true);
  const { rejections } = chosen;
  return { files: overlay(kept, chosen.files), ...(rejections !== undefined && { rejections }) };
}

/** The same, where nothing is run and a diff that applies in part will do. */
export function programFiles(...given: Parameters<typeof answerProgram>): SourceFile[] {
  return answerProgram(...given).files;
}

/** Files over others: a file takes the place of one of the same path. */
export function overlay(base: readonly SourceFile[], over: readonly SourceFile[]): SourceFile[] {
  const replaced = new Set(over.map((file) => file.path));
  return [...over, ...base.filter((file) => !replaced.has(file.path))];
}
