import type { Rubric } from '../../core/rubric.ts';
import type { Task } from '../../core/task.ts';
import { taskTitle } from '../../core/title.ts';
import type { PanelState } from '../../protocol/webview.ts';
import { promptSegments, type ShownAnswer } from './answers.ts';
import type { Comparison } from './comparison.ts';

/** What the panel shows of a task itself: nothing of where it comes from and what is known of it beforehand. */
export function panelTask(
  task: Task,
  shown: {
    readonly place: { readonly index: number; readonly total: number };
    readonly answers: readonly ShownAnswer[];
    readonly comparison: Comparison;
    readonly rubric: Rubric;
    readonly submitted: boolean;
  },
): NonNullable<PanelState['task']> {
  const { place, answers, comparison, rubric, submitted } = shown;
  return {
    id: task.id,
    title: taskTitle(task),
    language: task.language,
    ...(task.entry === undefined ? {} : { entry: task.entry }),
    tags: task.tags ?? [],
    place,
    ask: task.ask ?? ['rank'],
    prompt: promptSegments(task.prompt),
    answers: answers.map((answer) => answer.panel),
    diff: [...comparison.shown],
    compareBy: comparison.by,
    rubric,
    submitted,
  };
}
