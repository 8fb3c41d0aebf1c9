import * as vscode from 'vscode';
import type { Channel } from '../../protocol/channel.ts';
import {
  dashboardRequest,
  figuresChanged,
  modelFiguresOf,
  quickFiguresOf,
  slowFiguresOf,
} from '../../protocol/dashboard.ts';
import type { RequestType } from '../../protocol/message.ts';
import { calibrationSettings } from '../calibration/calibrationSettings.ts';
import type { CommandId } from '../commands/manifest.ts';
import { panelHtml } from '../panel/html.ts';
import { preparePage } from '../panel/page.ts';
import type { Queue } from '../queue/queue.ts';
import type { Notices } from '../host/notices.ts';
import { settings } from '../host/settings.ts';
import { inBackground } from '../../sessions/background.ts';
import { FiguresThread } from './figuresThread.ts';

/** What the dashboard needs of the rest of the extension. */
export interface DashboardServices {
  readonly extensionUri: vscode.Uri;
  readonly notices: Notices;
  readonly queue: Queue;
  /** The id in the person's own records. */
  evaluator(): string;
  /** The path of the database, once it exists and is up to date. */
  database(): Promise<string>;
}

const page = { title: 'Tiebreak dashboard', element: 'tiebreak-dashboard', script: 'dashboard/dashboard.js' };

const requests = {
  'next-task': ['tiebreak.openNext'],
  import: ['tiebreak.importTasks'],
  log: ['tiebreak.showLog'],
  'show-models': ['workbench.action.openSettings', 'tiebreak.showModels'],
} as const satisfies Record<string, readonly [CommandId | 'workbench.action.openSettings', ...string[]]>;

/** Connects the dashboard's page with the thread that computes its figures. */
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
    this.#channel.handle(modelFiguresOf, (request) => this.#ask(modelFiguresOf, request));
    this.#channel.on(dashboardRequest, ({ what }) => {
      const [command, ...args] = requests[what];
      inBackground(vscode.commands.executeCommand(command, ...args), services.notices.log);
    });
    panel.onDidChangeViewState(() => {
      if (this.#stale) this.refresh();
    });
    panel.webview.html = panelHtml(panel.webview, services.extensionUri, page);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Makes the page request its figures again as soon as it is visible. */
  refresh(): void {
    this.#stale = !this.#panel.visible;
    if (!this.#stale) this.#channel.emit(figuresChanged, {});
  }

  /** Starts over with the current settings. */
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
    const thread = this.#thread;
    try {
      return await (await thread).ask(type, request);
    } catch (error) {
      this.#services.notices.log(error);
      // The next attempt opens the database again. Another thread may have been started in the meantime.
      if (this.#thread === thread) this.#endThread();
      throw error;
    }
  }

  async #startThread(): Promise<FiguresThread> {
    const { extensionUri, notices } = this.#services;
    const script = vscode.Uri.joinPath(extensionUri, 'dist', 'extension', 'dashboardThread.js').fsPath;
    const data = {
      path: await this.#services.database(),
      showEvaluators: settings.showEvaluators,
      showModels: settings.showModels,
      evaluator: this.#services.evaluator(),
      passMark: (await calibrationSettings()).passMark,
    };
    return new FiguresThread(script, data, notices.log);
  }

  #endThread(): void {
    const thread = this.#thread;
    this.#thread = undefined;
    // The caller already received the error of a thread that did not start.
    thread?.then((it) => it.dispose()).catch(() => undefined);
  }
}
