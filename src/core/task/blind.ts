import { maskIdentity, type Mask } from '../blinding/mask.ts';
import { shownPart } from '../extraction/answerSize.ts';
import type { ShownOrder } from './preference.ts';
import { sides, type Side } from './side.ts';
import { contentHash } from '../text/hash.ts';
import type { Rubric } from './rubric.ts';
import type { Answer, Case, Limits, SourceFile, Task } from './task.ts';
import { taskTitle } from './title.ts';

/** An answer as the evaluator may see it: a side, and a text in which the model's name is masked. */
export interface BlindAnswer {
  readonly side: Side;
  readonly text: string;
  readonly masks: readonly Mask[];
}

/** A task as the evaluator may see it. Has no `model`, `reference`, `gold`, `source` and no answer id. */
export interface BlindTask {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly prompt: string;
  readonly files: readonly SourceFile[];
  readonly answers: readonly BlindAnswer[];
  readonly cases: readonly Case[];
  readonly entry: string | undefined;
  readonly rubric: string | Rubric | undefined;
  readonly ask: readonly string[];
  readonly tags: readonly string[];
  readonly limits: Limits;
  readonly build: readonly string[] | undefined;
}

/**
 * The only function that turns a raw task into data that is shown before the review is submitted.
 * `order` is the answer ids as shown (see `shownOrder`).
 */
export function blindView(task: Task, order: ShownOrder): BlindTask {
  return {
    id: task.id,
    title: taskTitle(task),
    language: task.language,
    prompt: task.prompt,
    files: task.files ?? [],
    answers: order.map((answerId, index) => blindAnswer(answerOf(task, answerId), sides[index]!)),
    cases: task.cases ?? [],
    entry: task.entry,
    rubric: task.rubric,
    ask: task.ask ?? ['rank'],
    tags: task.tags ?? [],
    limits: task.limits ?? {},
    build: task.build,
  };
}

/**
 * The order of a task's answers for one evaluator: random, seeded with both ids, so that it is the same on every machine
 * and every time and reveals nothing about the order in the file.
 */
export function shownOrder(task: Pick<Task, 'id' | 'answers'>, evaluator: string): string[] {
  const ids = task.answers.map((answer) => answer.id).toSorted();
  const flip = Number.parseInt(contentHash(['order', evaluator, task.id]).slice(0, 8), 16) % 2 === 1;
  return flip ? ids.toReversed() : ids;
}

function blindAnswer(answer: Answer, side: Side): BlindAnswer {
  return { side, ...maskIdentity(shownPart(answer.text)) };
}

function answerOf(task: Task, answerId: string): Answer {
  const answer = task.answers.find((candidate) => candidate.id === answerId);
  if (answer === undefined) throw new RangeError(`task "${task.id}" has no answer "${answerId}"`);
  return answer;
}
