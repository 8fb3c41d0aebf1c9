import * as vscode from 'vscode';
import { dashboardViewType } from '../manifest.ts';
import type { DashboardPanel, DashboardServices } from './dashboardPanel.ts';

/** Settings that the figures or their names depend on. */
const shaping = ['tiebreak.showEvaluators', 'tiebreak.calibration'];

/** The window's one dashboard, opened by command and brought back after a reload. Its code is loaded with the first. */
export class Dashboard implements vscode.Disposable {
  readonly #services: DashboardServices;
  readonly #subscriptions: vscode.Disposable;
  #panel: DashboardPanel | undefined;

  constructor(services: DashboardServices) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      services.queue.onDidChange(() => this.#panel?.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (shaping.some((name) => event.affectsConfiguration(name))) this.#panel?.begin();
      }),
    );
  }

  async open(): Promise<void> {
    if (this.#panel !== undefined) return this.#panel.reveal();
    await this.#show(
      vscode.window.createWebviewPanel(dashboardViewType, 'Tiebreak Dashboard', vscode.ViewColumn.Active, {
        retainContextWhenHidden: true,
      }),
    );
  }

  /** Takes over a panel that the window restored; the page keeps its own filters. */
  async restore(webviewPanel: vscode.WebviewPanel): Promise<void> {
    await this.#show(webviewPanel);
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#subscriptions.dispose();
  }

  async #show(webviewPanel: vscode.WebviewPanel): Promise<void> {
    const { DashboardPanel } = await import('./dashboardPanel.ts');
    const panel = new DashboardPanel(this.#services, webviewPanel);
    this.#panel?.dispose();
    this.#panel = panel;
    webviewPanel.onDidDispose(() => {
      panel.dispose();
      if (this.#panel === panel) this.#panel = undefined;
    });
  }
}
