import * as vscode from 'vscode';
import { dashboardViewType } from '../commands/manifest.ts';
import type { DashboardPanel, DashboardServices } from './dashboardPanel.ts';

/** Settings that the figures or their names depend on. */
const shaping = [
  'tiebreak.calibration',
  'tiebreak.evaluator',
  'tiebreak.showEvaluators',
  'tiebreak.showModels',
];

/** The window's only dashboard, opened by command and restored after a reload. Its code is loaded on first use. */
export class Dashboard implements vscode.Disposable {
  readonly #services: DashboardServices;
  readonly #subscriptions: vscode.Disposable;
  #panel: DashboardPanel | undefined;
  #opening: Promise<void> | undefined;

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
    // Two commands at once wait for one panel.
    this.#opening ??= this.#show(createTab()).finally(() => (this.#opening = undefined));
    await this.#opening;
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

function createTab(): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(dashboardViewType, 'Tiebreak Dashboard', vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
}
