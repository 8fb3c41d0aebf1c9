import { extractAnswer } from './extract.ts';
import type { Answer, SourceFile, Task } from './task.ts';

/**
 * What runs and is checked for an answer: its files by the reading of that id, or by the best one, laid over the
 * task's own. The answer's files come first, the one the program starts from at their head. Empty where the answer
 * holds no code.
 */
export function programFiles(
  task: Pick<Task, 'language' | 'prompt' | 'entry' | 'files'>,
  answer: Pick<Answer, 'text'>,
  { mainFile, reading }: { readonly mainFile: string; readonly reading?: string | undefined },
): SourceFile[] {
  const { language, prompt, entry, files = [] } = task;
  const { readings } = extractAnswer(answer.text, { language, prompt, entry, files, mainFile });
  const chosen = readings.find(({ id }) => id === reading) ?? readings[0];
  return chosen === undefined ? [] : overlay(files, chosen.files);
}

/** Files over others: a file takes the place of one of the same path. */
function overlay(base: readonly SourceFile[], over: readonly SourceFile[]): SourceFile[] {
  const replaced = new Set(over.map((file) => file.path));
  return [...over, ...base.filter((file) => !replaced.has(file.path))];
}
