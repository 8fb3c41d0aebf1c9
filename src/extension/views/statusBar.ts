import * as vscode from 'vscode';
import { timeExplained } from '../../core/review/workedTime.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';

const tickMs = 1_000;

/** The open task and the active time spent on it. */
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
      this.#timer = session === undefined ? undefined : setInterval(() => this.#tick(), tickMs);
      this.#show();
    });
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
    this.#item.dispose();
  }

  /** The panel and the status bar show the same clock. */
  #tick(): void {
    this.#desk.session?.tick();
    this.#show();
  }

  #show(): void {
    const session = this.#desk.session;
    if (session === undefined) return this.#item.hide();
    const time = minutes(session.activeMs);
    this.#item.text = `$(law) ${session.title} · ${time}`;
    this.#item.tooltip = `Tiebreak: ${session.title}\nActive time: ${time}. ${timeExplained}\nSelect to open the next task`;
    this.#item.accessibilityInformation = { label: `Tiebreak task ${session.title}, active time ${time}` };
    this.#item.show();
  }
}

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
