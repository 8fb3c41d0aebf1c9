import * as vscode from 'vscode';
import { messageOf, tiebreakError } from '../../core/errors.ts';
import { clipped } from '../../core/title.ts';
import type { Channel } from '../../protocol/channel.ts';
import { inspectionEdited, settlementEdited } from '../../protocol/inspection.ts';
import {
  active,
  cancelRun,
  compareBy,
  compareTimes,
  edited,
  idealTyped,
  looked,
  openInEditor,
  panelCommand,
  panelReady,
  revise,
  runCases,
  showNext,
  skipTask,
  stateChanged,
  submitReview,
  themeChanged,
  type OpenWish,
  type PanelState,
} from '../../protocol/webview.ts';
import type * as z from 'zod';
import { panelViewType } from '../manifest.ts';
import { colourJobs, promptSegments } from '../session/answers.ts';
import { panelHtml } from './html.ts';
import { Highlighter } from './highlighter.ts';
import { preparePage } from './page.ts';
import type { PanelSession } from './panelSession.ts';
import { findTheme } from './themes.ts';

export type PanelCommand = z.infer<typeof panelCommand.payload>['command'];

/** What the panel asks of the rest of the extension. */
export interface PanelHost {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** What the tab is called while nothing is open in it. */
  readonly title: string;
  place(taskId: string): Promise<{ index: number; total: number }>;
  /** What is to be learned from a task once it is submitted; `null` for most. */
  lesson?(taskId: string): Promise<PanelState['lesson']>;
  /** Moves on after a submission or a skip. */
  next(afterTaskId: string): Promise<void>;
  open(wish: OpenWish, session: PanelSession | undefined): Promise<void>;
  /** The session's work was committed, or its task skipped. */
  settled(): void;
}

/** Characters of a title that a tab shows: a longer one would push the others out of sight. */
const tabLength = 48;

/** What a page needs to draw a state that it was sent, in milliseconds. */
const drawingMs = 150;

/** After which somebody who typed in the ideal has paused, in milliseconds. */
const typingPauseMs = 700;

/** A panel of the window: shows a session, or why there is none, and carries the wishes of the page. */
export class ReviewPanel implements vscode.Disposable {
  readonly #host: PanelHost;
  readonly #panel: vscode.WebviewPanel;
  readonly #channel: Channel;
  readonly #highlighter = new Highlighter();
  readonly #disposables: vscode.Disposable[] = [];
  #session: PanelSession | undefined;
  #unlisten: (() => void) | undefined;
  #empty: PanelState['empty'] = { reason: 'loading', message: 'Opening the task…' };
  #themeId = '';
  #colouring = 0;
  /** The version of the ideal that was coloured last. */
  #coloured = '';
  #colourTimer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  #disposed = false;
  #tellReady: () => void = () => undefined;
  /** Resolves when the page has had the time to draw its first state: until then other work would only hold it up. */
  readonly whenReady = new Promise<void>((resolve) => (this.#tellReady = resolve));

  /** Takes a new panel or one that the window restored after a reload. */
  constructor(host: PanelHost, panel: vscode.WebviewPanel) {
    this.#host = host;
    this.#panel = panel;
    this.#channel = preparePage(panel, host);
    this.#listen();
    this.#disposables.push(panel.onDidChangeViewState(() => this.#session?.pause()));
    panel.webview.html = panelHtml(panel.webview, host.extensionUri);
  }

  static create(host: PanelHost, viewType: string = panelViewType): ReviewPanel {
    const panel = vscode.window.createWebviewPanel(viewType, host.title, vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    return new ReviewPanel(host, panel);
  }

  get session(): PanelSession | undefined {
    return this.#session;
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  onDidDispose(listener: () => void): void {
    this.#disposables.push(this.#panel.onDidDispose(listener));
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Has the page do what a palette command or a chord asks for. */
  command(command: PanelCommand): void {
    this.reveal();
    this.#channel.emit(panelCommand, { command });
  }

  async show(session: PanelSession): Promise<void> {
    this.#release();
    this.#session = session;
    this.#panel.title = clipped(session.title, tabLength);
    this.#unlisten = session.onDidChange((sections) => this.#send(sections));
    if (this.#ready) this.#send(await this.#state());
  }

  showEmpty(empty: NonNullable<PanelState['empty']>): void {
    this.#release();
    this.#empty = empty;
    this.#panel.title = this.#host.title;
    this.#send({ task: null, draft: null, cases: null, highlight: null, empty });
  }

  notify(severity: 'info' | 'warning' | 'error', text: string): void {
    this.#send({ notice: { severity, text } });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#release();
    this.#channel.dispose();
    vscode.Disposable.from(...this.#disposables).dispose();
    this.#panel.dispose();
  }

  #listen(): void {
    const channel = this.#channel;
    channel.handle(panelReady, async ({ themeId }) => {
      this.#themeId = themeId;
      this.#ready = true;
      const state = await this.#state();
      setTimeout(this.#tellReady, drawingMs);
      return state;
    });
    channel.on(themeChanged, ({ themeId }) => {
      this.#themeId = themeId;
      void this.#colour();
    });
    channel.on(edited, ({ taskId, edit }) => {
      if (this.#session?.task.id === taskId) this.#session.edit(edit);
    });
    channel.on(idealTyped, ({ taskId, field, text }) => {
      if (this.#session?.task.id === taskId) this.#session.editIdeal?.(field, text);
    });
    channel.on(inspectionEdited, ({ reviewId, edit }) => this.#session?.editInspection?.(reviewId, edit));
    channel.on(settlementEdited, ({ taskId, edit }) => {
      if (this.#session?.task.id === taskId) this.#session.editSettlement?.(edit);
    });
    channel.on(looked, ({ taskId, kind, what }) => {
      if (this.#session?.task.id === taskId) this.#session.looked?.(kind, what);
    });
    channel.on(compareBy, (by) => this.#session?.compareBy(by));
    channel.on(active, () => this.#session?.signOfLife());
    channel.handle(runCases, ({ fresh, caseIds }) => {
      // The reply says that the run has begun; results come as state.
      this.#current()
        .run({ fresh, ...(caseIds === undefined ? {} : { caseIds }) })
        .catch((error: unknown) => this.notify('error', messageOf(error)));
      return {};
    });
    channel.handle(compareTimes, ({ caseId }) => {
      this.#current()
        .compareTimes?.(caseId)
        .catch((error: unknown) => this.notify('error', messageOf(error)));
      return {};
    });
    channel.handle(cancelRun, () => {
      this.#current().cancelRun();
      return {};
    });
    channel.handle(submitReview, () => this.submit());
    channel.handle(skipTask, async ({ reason }) => {
      await this.skip(reason);
      return {};
    });
    channel.handle(showNext, async () => {
      await this.#host.next(this.#session?.task.id ?? '');
      return {};
    });
    channel.handle(revise, () => {
      this.#current().revise();
      return {};
    });
    channel.handle(openInEditor, async (wish) => {
      await this.#host.open(wish, this.#session);
      return {};
    });
  }

  /** Submits and moves on; what stands in the way comes back, an error of the store becomes a notice as well. */
  async submit(): Promise<{ accepted: boolean; problems: string[] }> {
    const session = this.#current();
    try {
      const problems = await session.submit();
      if (problems.length > 0) return { accepted: false, problems };
    } catch (error) {
      this.notify('error', messageOf(error));
      return { accepted: false, problems: [messageOf(error)] };
    }
    await this.#afterSubmission(session);
    this.notify('info', `Submitted “${session.title}”`);
    return { accepted: true, problems: [] };
  }

  async skip(reason: string): Promise<void> {
    const session = this.#current();
    await session.skip(reason);
    await this.#moveOn(session);
  }

  /** Moves on, but where there is something to learn first. */
  async #afterSubmission(session: PanelSession): Promise<void> {
    try {
      const lesson = await this.#host.lesson?.(session.task.id);
      if (!lesson) return await this.#moveOn(session);
      this.#host.settled();
      this.#send(await this.#state());
    } catch (error) {
      this.notify('error', messageOf(error));
    }
  }

  /** The work on a task is committed: a failure to open the next one must not read as a failure of that. */
  async #moveOn(session: PanelSession): Promise<void> {
    this.#host.settled();
    try {
      await this.#host.next(session.task.id);
    } catch (error) {
      this.notify('error', messageOf(error));
    }
  }

  #current(): PanelSession {
    if (this.#session !== undefined) return this.#session;
    throw tiebreakError('no-task', { what: 'No task is open', mend: 'Open one from the queue' });
  }

  async #state(): Promise<PanelState> {
    const session = this.#session;
    if (session === undefined)
      return { task: null, draft: null, cases: null, highlight: null, empty: this.#empty };
    void this.#colour();
    const { id } = session.task;
    const [place, lesson] = await Promise.all([this.#host.place(id), this.#host.lesson?.(id)]);
    return { ...session.state(place), lesson: lesson ?? null };
  }

  /** Colours arrive after the code: it can be read without them. */
  async #colour(): Promise<void> {
    const session = this.#session;
    const turn = ++this.#colouring;
    if (session === undefined || this.#themeId === '') return;
    try {
      const theme = await findTheme(this.#themeId);
      const { answers, idealFiles, task } = session;
      const jobs = colourJobs(promptSegments(task.prompt), answers, task.language, idealFiles);
      const highlight = theme === undefined ? null : await this.#highlighter.highlight(jobs, theme);
      if (turn === this.#colouring) this.#send({ highlight });
    } catch (error) {
      this.#host.log.warn(`The code could not be coloured: ${messageOf(error)}`);
    }
  }

  #send(sections: PanelState): void {
    if (this.#disposed) return;
    this.#channel.emit(stateChanged, sections);
    if (sections.task) void this.#colour();
    if (sections.ideal) this.#colourIdeal(sections.ideal);
  }

  /** Once no more is typed in the ideal for a moment. */
  #colourIdeal({ files }: NonNullable<PanelState['ideal']>): void {
    const version = files.map(({ key }) => key).join('\n');
    if (version === this.#coloured) return;
    this.#coloured = version;
    clearTimeout(this.#colourTimer);
    this.#colourTimer = setTimeout(() => void this.#colour(), typingPauseMs);
  }

  #release(): void {
    clearTimeout(this.#colourTimer);
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#session = undefined;
  }
}
