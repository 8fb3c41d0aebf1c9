import type { Rubric } from '../../core/task/rubric.ts';
import type { CaseKind, Task } from '../../core/task/task.ts';
import { taskTitle } from '../../core/task/title.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { QueuePlace } from '../panelSession.ts';
import { promptSegments, type ShownAnswer } from './answers.ts';
import { panelFiles } from './taskFiles.ts';
import type { AnswerDiff } from './answerDiff.ts';

/** The task section of the panel. Contains no source, model, reference or gold verdict of the task. */
export function panelTask(
  task: Task,
  shown: {
    readonly place: QueuePlace;
    readonly answers: readonly ShownAnswer[];
    readonly diff: AnswerDiff;
    readonly rubric: Rubric;
    readonly kinds: readonly CaseKind[];
    readonly submitted: boolean;
  },
): NonNullable<PanelState['task']> {
  const { place, answers, diff, rubric, kinds, submitted } = shown;
  return {
    id: task.id,
    title: taskTitle(task),
    language: task.language,
    ...(task.entry === undefined ? {} : { entry: task.entry }),
    tags: task.tags ?? [],
    place,
    kinds: [...kinds],
    ask: task.ask ?? ['rank'],
    prompt: promptSegments(task.prompt),
    promptText: task.prompt,
    ...panelFiles(task.files),
    answers: answers.map((answer) => answer.panel),
    diff: [...diff.shown],
    compareBy: diff.by,
    rubric,
    submitted,
  };
}
