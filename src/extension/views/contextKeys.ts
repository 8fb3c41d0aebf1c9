import * as vscode from 'vscode';
import type { Step } from '../../core/review/trail.ts';
import type { Session } from '../../sessions/review/session.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import type { InspectionDesk } from '../inspection/inspectionDesk.ts';
import type { Queue } from '../queue/queue.ts';
import { inBackground, type Report } from '../../sessions/background.ts';

/** Sets the context keys that menus and key bindings use. */
export class ContextKeys implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;
  readonly #known = new Map<string, boolean>();

  constructor(desk: ReviewDesk, queue: Queue, inspection: InspectionDesk, report: Report) {
    const set = (key: string, value: boolean) => inBackground(this.#set(key, value), report);
    const update = () => {
      set('taskOpen', desk.session !== undefined);
      set('running', desk.session?.running ?? false);
      set('filtered', queue.filtered);
      set('grouped', queue.choice.grouped ?? false);
      for (const step of doneIn(desk.session)) set(step, true);
      set('reviewOpen', inspection.isOpen);
      set('inspecting', inspection.isInspecting);
    };
    this.#subscriptions = vscode.Disposable.from(
      desk.onDidChangeSession(update),
      desk.onDidChangeState(({ cases, draft }) => {
        if (cases !== undefined || draft !== undefined) update();
      }),
      desk.onDidLeave(({ submitted }) => {
        if (submitted) set('submitted', true);
      }),
      queue.onDidChange(update),
      inspection.onDidChangeSession(update),
    );
    update();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Sets a key only if it changed: each call crosses a process. */
  #set(key: string, value: boolean): PromiseLike<unknown> | undefined {
    if (this.#known.get(key) === value) return undefined;
    this.#known.set(key, value);
    return vscode.commands.executeCommand('setContext', `tiebreak.${key}`, value);
  }
}

/** The steps of the walkthrough that the person has done on the open task, in the panel or by a command. */
function doneIn(session: Session | undefined): string[] {
  if (session === undefined) return [];
  const { preference, rationale, trail = [] } = session.draft;
  const did = (...kinds: readonly Step['kind'][]): boolean => trail.some(({ kind }) => kinds.includes(kind));
  const done = {
    ran: did('run'),
    compared: did('difference', 'case'),
    ranked: preference !== null,
    explained: rationale.trim() !== '',
  };
  return Object.entries(done).flatMap(([step, isDone]) => (isDone ? [step] : []));
}
