import * as vscode from 'vscode';
import type { Channel } from '../../protocol/channel.ts';
import { dashboardWish, figuresChanged, quickFiguresOf, slowFiguresOf } from '../../protocol/dashboard.ts';
import type { RequestType } from '../../protocol/message.ts';
import { calibrationSettings } from '../calibration/calibrationSettings.ts';
import type { CommandId } from '../manifest.ts';
import { panelHtml } from '../panel/html.ts';
import { preparePage } from '../panel/page.ts';
import type { Queue } from '../queue/queue.ts';
import { settings } from '../settings.ts';
import { FiguresThread } from './figuresThread.ts';

/** What the dashboard needs of the rest of the extension. */
export interface DashboardServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly queue: Queue;
  /** Where the database lies, once it is there and up to date. */
  database(): Promise<string>;
}

const page = { title: 'Tiebreak dashboard', element: 'tiebreak-dashboard', script: 'dashboard/dashboard.js' };

const wishes = {
  'next-task': 'tiebreak.openNext',
  import: 'tiebreak.importTasks',
  log: 'tiebreak.showLog',
} as const satisfies Record<string, CommandId>;

/** Connects the dashboard's page with the thread that works out its figures. */
export class DashboardPanel implements vscode.Disposable {
  readonly #services: DashboardServices;
  readonly #panel: vscode.WebviewPanel;
  readonly #channel: Channel;
  #thread: Promise<FiguresThread> | undefined;
  #stale = false;
  #disposed = false;

  constructor(services: DashboardServices, panel: vscode.WebviewPanel) {
    this.#services = services;
    this.#panel = panel;
    this.#channel = preparePage(panel, services);
    this.#channel.handle(quickFiguresOf, (request) => this.#ask(quickFiguresOf, request));
    this.#channel.handle(slowFiguresOf, (request) => this.#ask(slowFiguresOf, request));
    this.#channel.on(dashboardWish, ({ what }) => void vscode.commands.executeCommand(wishes[what]));
    panel.onDidChangeViewState(() => {
      if (this.#stale) this.refresh();
    });
    panel.webview.html = panelHtml(panel.webview, services.extensionUri, page);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Has the page ask for its figures again, once somebody sees it. */
  refresh(): void {
    this.#stale = !this.#panel.visible;
    if (!this.#stale) this.#channel.emit(figuresChanged, {});
  }

  /** Begins anew, with the settings as they are now. */
  begin(): void {
    this.#endThread();
    this.refresh();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#endThread();
    this.#channel.dispose();
    this.#panel.dispose();
  }

  async #ask<Request, Reply>(type: RequestType<Request, Reply>, request: Request): Promise<Reply> {
    this.#thread ??= this.#startThread();
    try {
      return await (await this.#thread).ask(type, request);
    } catch (error) {
      this.#services.log.error(error instanceof Error ? error : String(error));
      // The next try opens the database anew.
      this.#endThread();
      throw error;
    }
  }

  async #startThread(): Promise<FiguresThread> {
    const { extensionUri, log } = this.#services;
    const script = vscode.Uri.joinPath(extensionUri, 'dist', 'extension', 'dashboardThread.js').fsPath;
    const data = {
      path: await this.#services.database(),
      showEvaluators: settings.showEvaluators,
      passMark: (await calibrationSettings()).passMark,
    };
    return new FiguresThread(script, data, (error) => log.error(error));
  }

  #endThread(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.then((it) => it.dispose()).catch(() => undefined);
  }
}
