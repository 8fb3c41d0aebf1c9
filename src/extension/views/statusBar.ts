import * as vscode from 'vscode';
import type { ReviewDesk } from '../desk.ts';

const tickMs = 1_000;

/** The open task and the time worked on it. */
export class StatusBar implements vscode.Disposable {
  readonly #desk: ReviewDesk;
  readonly #item = vscode.window.createStatusBarItem('tiebreak.task', vscode.StatusBarAlignment.Left, 10);
  readonly #subscription: vscode.Disposable;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
    this.#item.name = 'Tiebreak task';
    this.#item.command = 'tiebreak.openNext';
    this.#subscription = desk.onDidChangeSession((session) => {
      clearInterval(this.#timer);
      this.#timer = session === undefined ? undefined : setInterval(() => this.#show(), tickMs);
      this.#show();
    });
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const session = this.#desk.session;
    if (session === undefined) return this.#item.hide();
    const time = minutes(session.draft.activeMs);
    this.#item.text = `$(law) ${session.title} · ${time}`;
    this.#item.tooltip = `Tiebreak: ${session.title}\n${time} of active time\nClick for the next task`;
    this.#item.accessibilityInformation = { label: `Tiebreak task ${session.title}, active for ${time}` };
    this.#item.show();
  }
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
