import { setImmediate as nextTurn } from 'node:timers/promises';
import { extractAnswer, type Extraction } from '../../core/extraction/extract.ts';
import { blindView, type BlindAnswer } from '../../core/task/blind.ts';
import type { ShownOrder } from '../../core/task/preference.ts';
import type { Task } from '../../core/task/task.ts';

/** An answer that was read once, so that choosing another reading takes no time. */
export interface ReadAnswer {
  readonly answerId: string;
  readonly blind: BlindAnswer;
  /** The answer as the evaluator sees it. */
  readonly shown: Extraction;
  /** The answer as it was written, which runs. */
  readonly written: Extraction;
}

/** Reads both answers in the shown order. Between two steps, other work of the extension host can go on. */
export async function readAnswers(
  task: Task,
  order: ShownOrder,
  mainFile: string,
): Promise<readonly ReadAnswer[]> {
  const steps = stepsOfReading(task, order, mainFile);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await nextTurn();
  }
}

/** The same without a pause, for callers with nothing else to do. */
export function readAnswersAtOnce(task: Task, order: ShownOrder, mainFile: string): readonly ReadAnswer[] {
  const steps = stepsOfReading(task, order, mainFile);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

function* stepsOfReading(
  task: Task,
  order: ShownOrder,
  mainFile: string,
): Generator<undefined, readonly ReadAnswer[]> {
  const { language, prompt, entry, files } = task;
  const options = { language, prompt, entry, files, mainFile };
  const read: ReadAnswer[] = [];
  for (const [index, blind] of blindView(task, order).answers.entries()) {
    const answerId = order[index]!;
    const { text } = task.answers.find(({ id }) => id === answerId)!;
    yield;
    const written = extractAnswer(text, options);
    yield;
    const shown = blind.text === text ? written : extractAnswer(blind.text, options, text);
    read.push({ answerId, blind, shown, written });
  }
  return read;
}
