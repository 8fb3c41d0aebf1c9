import type { PanelChannel } from '../state/actions.ts';
import type { Model } from '../state/model.ts';

/** Reports to the host what comes into view, once each, for the trail of the review. */
export function reportViews(model: Model, channel: PanelChannel): void {
  let taskId: string | undefined;
  let reported = new Set<string>();
  const tell = (kind: 'written' | 'code' | 'difference' | 'case' | 'diagnostics', what?: string): void => {
    const key = `${kind} ${what ?? ''}`;
    if (taskId === undefined || reported.has(key)) return;
    reported.add(key);
    channel.emit('viewed', { taskId, kind, ...(what === undefined ? {} : { what }) });
  };
  model.listen(() => {
    const { arrangement, attention, mode, state } = model;
    if (state.task?.id !== taskId) reported = new Set();
    taskId = state.task?.id;
    if (mode !== 'judge' || state.task?.submitted !== false) return;
    tell(arrangement.view === 'diff' ? 'difference' : arrangement.view);
    for (const caseId of attention.openCases) tell('case', caseId);
    if (attention.lower === 'diagnostics') tell('diagnostics');
  });
}
