import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { Task } from '../../core/task/task.ts';
import type { OpenTarget } from '../../protocol/panel/messages.ts';
import { inBackground, type Report } from '../../sessions/background.ts';
import { Desk, type Next } from '../../sessions/desk/desk.ts';
import { NextTask } from '../../sessions/review/nextTask.ts';
import type { PreparingServices, SessionServices } from '../../sessions/review/services.ts';
import type { Session } from '../../sessions/review/session.ts';
import type { CalibrationDesk } from '../calibration/calibrationDesk.ts';
import { panelViewType } from '../commands/manifest.ts';
import type { Notices } from '../host/notices.ts';
import { settings } from '../host/settings.ts';
import type { Queue } from '../queue/queue.ts';
import type { PanelOptions, ReviewPanel } from './panel.ts';

/** What the desk needs to open a task. */
export interface ReviewDeskServices {
  readonly extensionUri: vscode.Uri;
  readonly notices: Notices;
  readonly queue: Queue;
  readonly calibration: CalibrationDesk;
  readonly state: vscode.Memento;
  session(): Promise<SessionServices & PreparingServices>;
  open(target: OpenTarget): Promise<void>;
}

const openTaskKey = 'desk.task';

/**
 * The desk of an evaluator, who judges one task at a time. All other views of the task (Problems, Test Explorer, status bar)
 * listen to it.
 */
export class ReviewDesk extends Desk<string, Session, ReviewPanel> implements vscode.Disposable {
  readonly #services: ReviewDeskServices;
  readonly #subscriptions: vscode.Disposable;
  readonly #next: NextTask;

  constructor(services: ReviewDeskServices) {
    const { notices, queue, calibration, state } = services;
    super({
      createPanel: async () => {
        const { ReviewPanel } = await import('./panel.ts');
        return new ReviewPanel(this.#panelOptions());
      },
      open: async (taskId) =>
        openSession(taskId, {
          ...(await services.session()),
          onAction: (action) => this.#next.act(action),
        }),
      fits: (session, taskId) => session.task.id === taskId && !session.submitted,
      next: async (after) => {
        const isOfSet = after !== undefined && (await calibration.qualifies(after));
        return isOfSet ? this.#qualification(after) : this.#queueNext(after);
      },
      hasFeedback: async ({ task }) => (await calibration.calibrationFeedback(task.id)) !== null,
      started: (session) => startChecks(session, notices.log),
      committed: () => queue.refresh(),
      keepsSessionWhenClosed: true,
      remembered: () => state.get<string>(openTaskKey),
      remember: (taskId) => state.update(openTaskKey, taskId),
      report: notices.log,
      nothingOpen: () =>
        tiebreakError('no-task', {
          what: 'No task is open',
          remedy: 'Open a task from the Tiebreak queue first',
        }),
    });
    this.#services = services;
    this.#next = new NextTask({
      services: () => services.session(),
      session: () => this.session,
      upcoming: (inHand) => this.#upcoming(inHand),
      settings,
      colour: async (task, signal) => this.shownPanel?.prepare(task, signal),
      report: notices.log,
    });
    this.#subscriptions = vscode.Disposable.from(
      queue.onDidChange(() => {
        inBackground(this.session?.refresh(), notices.log);
        this.#next.reconsider();
      }),
      this.onDidChangeSession(() => this.#next.interrupt()),
      this.#refreshQueueOnFirstSave(),
    );
  }

  async openTask(taskId: string): Promise<void> {
    await this.open(async () => ({ work: taskId }));
  }

  /** Opens the first unfinished task after this one, or says that none is left. */
  async openNext(after: string | undefined = this.work): Promise<void> {
    await this.open(() => this.#queueNext(after));
  }

  /** Opens the first unfinished task of the qualification set, or shows its result. */
  async openQualification(): Promise<void> {
    await this.open(() => this.#qualification());
  }

  /** Takes over a panel that the window restored. */
  async restoreIn(webviewPanel: vscode.WebviewPanel): Promise<void> {
    const { ReviewPanel } = await import('./panel.ts');
    await this.restore(new ReviewPanel(this.#panelOptions(), webviewPanel));
  }

  override async open(find: () => Promise<Next<string>>): Promise<void> {
    this.#next.interrupt();
    await super.open(find);
  }

  override async next(): Promise<void> {
    this.#next.interrupt();
    await super.next();
  }

  override dispose(): void {
    this.#next.dispose();
    this.#subscriptions.dispose();
    super.dispose();
  }

  async #queueNext(after: string | undefined): Promise<Next<string>> {
    const { queue } = this.#services;
    const work = await queue.next(after);
    if (work !== undefined) return { work };
    const { total } = await queue.page(1);
    return {
      empty:
        total === 0
          ? { reason: 'queue-empty', message: 'The queue is empty. Import tasks, or try the sample queue.' }
          : { reason: 'all-done', message: 'Every task in the queue, as it is filtered now, is done.' },
    };
  }

  /** The task that opens after this one, as `next` would find it. */
  async #upcoming(inHand: string): Promise<Task | undefined> {
    const { queue, calibration } = this.#services;
    if (!(await calibration.qualifies(inHand))) return queue.upcoming(inHand);
    const step = await calibration.qualification(inHand);
    if (!('taskId' in step) || step.taskId === inHand) return undefined;
    return (await this.#services.session()).store.task(step.taskId);
  }

  async #qualification(after?: string): Promise<Next<string>> {
    const step = await this.#services.calibration.qualification(after);
    return 'taskId' in step ? { work: step.taskId } : { empty: step.result };
  }

  /** The first save makes a draft of an open task, and the queue shows that. */
  #refreshQueueOnFirstSave(): vscode.Disposable {
    let isListed = false;
    return vscode.Disposable.from(
      this.onDidChangeSession((session) => {
        isListed = session !== undefined && session.draft.updatedAt !== session.draft.startedAt;
      }),
      this.onDidChangeState(({ saved }) => {
        if (isListed || saved?.state !== 'saved') return;
        isListed = true;
        this.#services.queue.refresh();
      }),
    );
  }

  #panelOptions(): PanelOptions {
    const { extensionUri, notices, queue, calibration } = this.#services;
    return {
      extensionUri,
      notices,
      viewType: panelViewType,
      title: 'Tiebreak',
      host: {
        place: async (taskId) => (await calibration.place(taskId)) ?? queue.place(taskId),
        calibrationFeedback: (taskId) => calibration.calibrationFeedback(taskId),
        submit: () => this.submit(),
        skip: (reason) => this.skip(reason),
        next: () => this.next(),
        open: (target) => this.#services.open(target),
        report: notices.log,
      },
    };
  }
}

/** Rejects with `task-unknown` if the queue does not have the task. */
async function openSession(taskId: string, services: SessionServices): Promise<Session> {
  const task = await services.store.task(taskId);
  if (task === undefined) {
    throw tiebreakError('task-unknown', {
      what: `The task "${taskId}" is no longer in the queue`,
      remedy: 'Import its file again, or open another task',
    });
  }
  const { Session } = await import('../../sessions/review/session.ts');
  return Session.open(task, services);
}

/** What starts automatically when a task opens: checks, and runs if the setting is on. */
function startChecks(session: Session, report: Report): void {
  if (settings.checkOnOpen) inBackground(session.check(), report);
  if (settings.runOnOpen) inBackground(session.run(), report);
}
