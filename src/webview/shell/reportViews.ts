import type { Channel } from '../protocol/channel.ts';
import { looked } from '../protocol/webview.ts';
import type { Model } from './model.ts';

/** Tells the host what comes into view of a task that is judged, each thing once, for the record of how it was judged. */
export function tellLooks(model: Model, channel: Channel): void {
  let taskId: string | undefined;
  let told = new Set<string>();
  const tell = (kind: 'written' | 'code' | 'difference' | 'case' | 'diagnostics', what?: string): void => {
    const key = `${kind} ${what ?? ''}`;
    if (taskId === undefined || told.has(key)) return;
    told.add(key);
    channel.emit(looked, { taskId, kind, ...(what === undefined ? {} : { what }) });
  };
  model.listen(() => {
    const { arrangement, attention, mode, state } = model;
    if (state.task?.id !== taskId) told = new Set();
    taskId = state.task?.id;
    if (mode !== 'judge' || state.task?.submitted !== false) return;
    tell(arrangement.view === 'diff' ? 'difference' : arrangement.view);
    for (const caseId of attention.openCases) tell('case', caseId);
    if (attention.lower === 'diagnostics') tell('diagnostics');
  });
}
