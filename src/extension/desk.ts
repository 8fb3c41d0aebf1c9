import * as vscode from 'vscode';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { OpenWish, PanelState } from '../protocol/webview.ts';
import type { CalibrationDesk } from './calibration/calibrationDesk.ts';
import type { PanelHost, ReviewPanel } from './panel/panel.ts';
import type { Queue } from './queue/queue.ts';
import type { SessionServices } from './session/services.ts';
import type { Session } from './session/session.ts';
import { settings } from './settings.ts';

/** What the desk needs to open a task. */
export interface DeskServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly queue: Queue;
  readonly calibration: CalibrationDesk;
  readonly state: vscode.Memento;
  session(): Promise<SessionServices>;
  open(wish: OpenWish): Promise<void>;
}

const openTaskKey = 'desk.task';

/**
 * Where one task at a time is judged: holds the session and its panel, opens the next, and brings both back
 * after a reload. Everything else that shows the task (Problems, Test Explorer, status bar) listens here.
 */
export class ReviewDesk implements vscode.Disposable {
  readonly #services: DeskServices;
  readonly #sessionChanged = new vscode.EventEmitter<Session | undefined>();
  readonly #stateChanged = new vscode.EventEmitter<PanelState>();
  /** Another task is on the desk, or none. */
  readonly onDidChangeSession = this.#sessionChanged.event;
  /** Sections of the open task's state changed. */
  readonly onDidChangeState = this.#stateChanged.event;
  readonly #subscription: vscode.Disposable;
  #panel: ReviewPanel | undefined;
  #session: Session | undefined;

  constructor(services: DeskServices) {
    this.#services = services;
    this.#subscription = services.queue.onDidChange(() => {
      this.#session?.refresh().catch((error: unknown) => services.log.warn(messageOf(error)));
    });
  }

  get session(): Session | undefined {
    return this.#session;
  }

  get panel(): ReviewPanel | undefined {
    return this.#panel;
  }

  /** The panel with a task in it. Throws `no-task` where there is none. */
  get openPanel(): ReviewPanel {
    if (this.#panel !== undefined && this.#session !== undefined) return this.#panel;
    throw tiebreakError('no-task', {
      what: 'No task is open',
      mend: 'Open one from the Tiebreak queue first',
    });
  }

  async openTask(taskId: string): Promise<void> {
    await this.#reveal();
    await this.#show(taskId);
  }

  /** Opens the first task after this one that is still to do, or says that there is none. */
  async openNext(after: string | undefined = this.#session?.task.id): Promise<void> {
    await this.#reveal();
    await this.#showNext(after);
  }

  /** Opens the first task of the qualification set that is still to do, or tells how it came out. */
  async openQualification(): Promise<void> {
    await this.#reveal();
    await this.#showQualification();
  }

  /** Takes over a panel that the window restored, with the task that was open in it. */
  async restore(webviewPanel: vscode.WebviewPanel): Promise<void> {
    const { ReviewPanel } = await import('./panel/panel.ts');
    this.#adopt(new ReviewPanel(this.#host(), webviewPanel));
    const taskId = this.#services.state.get<string>(openTaskKey);
    await (taskId === undefined ? this.#showNext() : this.#show(taskId));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#panel?.dispose();
    this.#session?.dispose();
    this.#sessionChanged.dispose();
    this.#stateChanged.dispose();
  }

  /** Brings what is unsaved to the store; called when the extension ends. */
  async flush(): Promise<void> {
    await this.#session?.flush();
  }

  /**
   * What comes after a task: the rest of the qualification set that it is of, else the queue's next. The panel is not
   * revealed: that takes the focus, some time later, from whatever the person has opened meanwhile.
   */
  async #goOn(after: string): Promise<void> {
    const isOfSet = await this.#services.calibration.qualifies(after);
    await (isOfSet ? this.#showQualification(after) : this.#showNext(after));
  }

  async #showNext(after?: string): Promise<void> {
    const next = await this.#services.queue.next(after);
    if (next !== undefined) return this.#show(next);
    const { total } = await this.#services.queue.page(0, 1);
    await this.#showEmpty(
      total === 0
        ? { reason: 'queue-empty', message: 'The queue is empty. Import tasks, or try the sample queue.' }
        : { reason: 'all-done', message: 'Every task in the queue, as it is filtered now, is done.' },
    );
  }

  async #showQualification(after?: string): Promise<void> {
    const step = await this.#services.calibration.course(after);
    await ('taskId' in step ? this.#show(step.taskId) : this.#showEmpty(step.result));
  }

  async #showEmpty(empty: NonNullable<PanelState['empty']>): Promise<void> {
    const panel = await this.#somePanel();
    await this.#putAway();
    await this.#services.state.update(openTaskKey, undefined);
    panel.showEmpty(empty);
  }

  async #show(taskId: string): Promise<void> {
    const panel = await this.#somePanel();
    try {
      const services = await this.#services.session();
      if (this.#session?.task.id !== taskId || this.#session.submitted) {
        const task = await services.store.task(taskId);
        if (task === undefined) throw unknownTask(taskId);
        await this.#putAway();
        const { Session } = await import('./session/session.ts');
        this.#take(await Session.open(task, services));
      }
      await this.#services.state.update(openTaskKey, taskId);
      await panel.show(this.#session!);
      void panel.whenReady.then(() => {
        if (this.#session?.task.id === taskId) this.#start(this.#session);
      });
    } catch (error) {
      this.#services.log.error(error instanceof Error ? error : String(error));
      panel.showEmpty({ reason: 'failed', message: messageOf(error) });
    }
  }

  /** What happens by itself when a task opens: checks, and runs where the setting says so. */
  #start(session: Session): void {
    const report = (error: unknown) => this.#services.log.error(messageOf(error));
    if (settings.checkOnOpen) session.check().catch(report);
    if (settings.runOnOpen) session.run().catch(report);
  }

  #take(session: Session): void {
    this.#session = session;
    let listed = session.draft.updatedAt !== session.draft.startedAt;
    session.onDidChange((sections) => {
      this.#stateChanged.fire(sections);
      // The first save makes a draft of an open task, and the queue shows that.
      if (sections.saved?.state === 'saved' && !listed) {
        listed = true;
        this.#services.queue.refresh();
      }
    });
    this.#sessionChanged.fire(session);
  }

  async #putAway(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    try {
      if (!session.submitted) await session.flush();
    } catch (error) {
      // Kept on the desk: what was typed is only in this session's memory.
      this.#session = session;
      throw error;
    }
    session.dispose();
    this.#sessionChanged.fire(undefined);
  }

  async #reveal(): Promise<void> {
    (await this.#somePanel()).reveal();
  }

  /** The panel there is, or a new one. Its code is loaded when the first is opened. */
  async #somePanel(): Promise<ReviewPanel> {
    const { ReviewPanel } = await import('./panel/panel.ts');
    return this.#panel ?? this.#adopt(ReviewPanel.create(this.#host()));
  }

  #adopt(panel: ReviewPanel): ReviewPanel {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.onDidDispose(() => {
      // Its page is gone: it must hear no more of the session.
      panel.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      // The session stays: a run goes on, and reopening the task finds it as it was left.
      this.#session?.pause();
    });
    return panel;
  }

  #host(): PanelHost {
    const { extensionUri, log, queue, calibration } = this.#services;
    return {
      extensionUri,
      log,
      title: 'Tiebreak',
      place: async (taskId) => (await calibration.place(taskId)) ?? queue.place(taskId),
      lesson: (taskId) => calibration.lesson(taskId),
      next: (after) => this.#goOn(after),
      open: (wish) => this.#services.open(wish),
      settled: () => queue.refresh(),
    };
  }
}

function unknownTask(taskId: string): Error {
  return tiebreakError('task-unknown', {
    what: `There is no task "${taskId}" in the queue any more`,
    mend: 'Import its file again, or open another task',
  });
}
