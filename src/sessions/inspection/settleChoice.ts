import type { InspectEntry } from '../../store/store.ts';
import { visibleLine } from '../../core/text/visible.ts';

/** A task that can be settled, as a line to choose. */
export interface SettleChoice {
  readonly taskId: string;
  readonly label: string;
  readonly detail: string;
}

/**
 * The tasks that more than one evaluator has reviewed: lowest agreement first, settled tasks last. `entries` are in the
 * order of agreement. Tasks that are missing here are left out.
 */
export function settleChoices(
  entries: readonly InspectEntry[],
  settled: ReadonlySet<string>,
): readonly SettleChoice[] {
  const byTask = new Map(entries.map((entry) => [entry.taskId, entry]));
  return [...byTask.values()]
    .filter(({ reviewsOfTask, language }) => reviewsOfTask > 1 && language !== undefined)
    .map((entry) => choiceOf(entry, settled.has(entry.taskId)))
    .toSorted((one, other) => Number(settled.has(one.taskId)) - Number(settled.has(other.taskId)));
}

function choiceOf(
  { taskId, title, reviewsOfTask, agreement }: InspectEntry,
  isSettled: boolean,
): SettleChoice {
  const facts = [
    visibleLine(taskId),
    `${reviewsOfTask} reviews`,
    ...(agreement === undefined ? [] : [`${Math.round(agreement * 100)}% agree`]),
    ...(isSettled ? ['settled'] : []),
  ];
  return { taskId, label: title, detail: facts.join(' · ') };
}
