import type { Model } from '../state/model.ts';
import { tablesIn } from './sqlTables.ts';
import type { TaskOfCases } from './taskKinds.ts';
import type { InputContext } from './triedInput.ts';

/** What the open task tells about the form of its cases. */
export function taskOfCases({ state }: Model): TaskOfCases & InputContext {
  const { task, cases } = state;
  return {
    kinds: task?.kinds ?? [],
    entry: task?.entry,
    language: task?.language ?? '',
    cases: cases?.cases ?? [],
    tables: tablesIn(task?.prompt.map(({ text }) => text).join('\n') ?? ''),
  };
}
