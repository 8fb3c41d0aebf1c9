import * as vscode from 'vscode';
import type { ReviewDesk } from '../desk.ts';
import type { InspectionDesk } from '../inspection/inspectionDesk.ts';
import type { Queue } from '../queue/queue.ts';

/** Keeps the keys that menus and key bindings ask for in step with the desk and the queue. */
export class ContextKeys implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;

  constructor(desk: ReviewDesk, queue: Queue, inspection: InspectionDesk) {
    const update = () => {
      set('taskOpen', desk.session !== undefined);
      set('running', desk.session?.running ?? false);
      set('filtered', queue.filtered);
      set('reviewOpen', inspection.isOpen);
      set('inspecting', inspection.isInspecting);
    };
    this.#subscriptions = vscode.Disposable.from(
      desk.onDidChangeSession(update),
      desk.onDidChangeState(({ cases }) => {
        if (cases !== undefined) update();
      }),
      queue.onDidChange(update),
      inspection.onDidChange(update),
    );
    update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

const known = new Map<string, boolean>();

/** Tells the workbench only of changes: each call crosses a process. */
function set(key: string, value: boolean): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void vscode.commands.executeCommand('setContext', `tiebreak.${key}`, value);
}
