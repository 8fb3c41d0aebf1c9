import * as vscode from 'vscode';
import type * as z from 'zod';
import { clipped } from '../../core/task/title.ts';
import { panelCommand } from '../../protocol/panel/messages.ts';
import type { DeskPanel, Empty } from '../../sessions/desk/desk.ts';
import type { AnswerSource, PanelSession } from '../../sessions/panelSession.ts';
import type { Notices } from '../host/notices.ts';
import { Colouring } from '../../sessions/page/colouring.ts';
import { Highlighter } from '../../sessions/page/highlighter.ts';
import { panelHtml } from './html.ts';
import { preparePage } from './page.ts';
import { PageLink, type PageHost } from '../../sessions/page/pageLink.ts';
import { findTheme } from './themes.ts';

export type PanelCommand = z.infer<typeof panelCommand.payload>['command'];

/** What a panel needs of the rest of the extension. */
export interface PanelOptions {
  readonly extensionUri: vscode.Uri;
  readonly notices: Notices;
  readonly viewType: string;
  /** The tab's title while nothing is open in the panel. */
  readonly title: string;
  readonly host: PageHost;
}

/** Maximum length of a title in a tab: a longer title would push other tabs out of sight. */
const tabLength = 48;

/** A tab with a page that shows a session, or the reason why nothing is open. */
export class ReviewPanel implements DeskPanel, vscode.Disposable {
  readonly #options: PanelOptions;
  readonly #panel: vscode.WebviewPanel;
  readonly #link: PageLink;
  readonly #colouring: Colouring;
  readonly #send: (command: PanelCommand) => void;
  readonly #disposables: vscode.Disposable[] = [];
  #disposed = false;

  /** Adopts a panel that the window restored after a reload, or creates a new one. */
  constructor(options: PanelOptions, panel: vscode.WebviewPanel = createTab(options)) {
    const { extensionUri, notices, host } = options;
    this.#options = options;
    this.#panel = panel;
    const channel = preparePage(panel, options);
    const highlighter = new Highlighter();
    const colouring = new Colouring({
      findTheme,
      highlight: (jobs, theme, signal) => highlighter.highlight(jobs, theme, signal),
      send: (highlight) => this.#link.send({ highlight }),
      report: notices.log,
    });
    this.#colouring = colouring;
    this.#link = new PageLink(channel, host, colouring);
    this.#send = (command) => channel.emit(panelCommand, { command });
    this.#disposables.push(
      panel.onDidChangeViewState(() => (panel.visible ? this.#link.appear() : this.#link.pause())),
    );
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  get whenReady(): Promise<void> {
    return this.#link.whenReady;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  /** Whether the panel is the editor that commands are about. */
  get active(): boolean {
    return this.#panel.active;
  }

  onDidDispose(listener: () => void): void {
    this.#disposables.push(this.#panel.onDidDispose(listener));
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Sends the page a command from the palette or a key chord. */
  command(command: PanelCommand): void {
    this.reveal();
    this.#send(command);
  }

  show(session: PanelSession): void {
    this.#panel.title = clipped(session.title, tabLength);
    this.#link.show(session);
    if (this.#panel.visible) this.#link.appear();
  }

  /** Colours the code of a task that may be shown next. */
  prepare(task: AnswerSource, signal: AbortSignal): Promise<void> {
    return this.#colouring.prepare(task, signal);
  }

  refresh(): void {
    this.#link.refresh();
  }

  showEmpty(empty: Empty): void {
    this.#panel.title = this.#options.title;
    this.#link.showEmpty(empty);
  }

  notify(severity: 'info' | 'warning' | 'error', text: string): void {
    this.#link.notify({ severity, text });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#link.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#panel.dispose();
  }
}

function createTab({ viewType, title }: PanelOptions): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
}
