import { messageOf } from '../../core/errors.ts';
import { problem, type Obstacle } from '../../core/review/obstacle.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { PanelSession } from '../panelSession.ts';
import { Listeners } from './listeners.ts';

/** Why the panel shows no session, in words. */
export type Empty = NonNullable<PanelState['empty']>;

/** What to show: a piece of work, or the reason why nothing is open. */
export type Next<Work> = { readonly work: Work } | { readonly empty: Empty };

/** The result of a submission; `problems` are the reasons for a refusal. */
export interface Submission {
  readonly accepted: boolean;
  readonly problems: Obstacle[];
}

/** A session that a desk holds: it is flushed before it is disposed. */
export interface DeskSession extends PanelSession {
  /** Saves what is unsaved. Rejects with the store's error. */
  flush(): Promise<void>;
  /** Ends the session and drops its listeners. */
  dispose(): void;
}

/** The panel of a desk: it shows a session, or the reason why nothing is open, and carries messages. */
export interface DeskPanel {
  /** Resolves when the page has drawn its first state. */
  readonly whenReady: Promise<void>;
  show(session: PanelSession): void;
  /** Sends the whole state of the shown session again. */
  refresh(): void;
  showEmpty(empty: Empty): void;
  notify(severity: 'info' | 'warning' | 'error', text: string): void;
  reveal(): void;
  onDidDispose(listener: () => void): void;
  dispose(): void;
}

/** The differences between desks. */
export interface DeskOptions<Work, Session extends DeskSession, Panel extends DeskPanel> {
  createPanel(): Promise<Panel>;
  open(work: Work): Promise<Session>;
  /** Whether the open session already shows this work, so that it need not be opened again. */
  fits(session: Session, work: Work): boolean;
  /** The work after a piece of work that was submitted or skipped; without an argument, the first work. */
  next(after: Work | undefined): Promise<Next<Work>>;
  /** Whether there is something to read before the next work opens. */
  hasFeedback?(session: Session): Promise<boolean>;
  /** Called once a session is shown, to start what runs automatically. */
  started?(session: Session): void;
  /** A session's work was committed or skipped. */
  committed(): void;
  /** The panel was closed: whether the session stays, so that its runs go on. */
  readonly keepsSessionWhenClosed: boolean;
  /** What was open when the window ended. */
  remembered(): Work | undefined;
  remember(work: Work | undefined): PromiseLike<void>;
  /** Receives failures that no caller receives. */
  report(error: unknown): void;
  /** The error to throw if a session is needed and none is open. */
  nothingOpen(): Error;
}

/** Distinguishes the latest of several openings: an older one must no longer show its session. */
type Ticket = number;

/**
 * One panel with one session: opens work, submits or skips it, moves on to the next, and restores it after a reload. Each
 * opening takes a ticket. An opening that finds a later ticket disposes of the session that it has loaded.
 */
export class Desk<Work, Session extends DeskSession, Panel extends DeskPanel = DeskPanel> {
  readonly #options: DeskOptions<Work, Session, Panel>;
  readonly #sessionChanged: Listeners<Session | undefined>;
  readonly #stateChanged: Listeners<PanelState>;
  readonly #left: Listeners<Session>;
  #panel: Panel | undefined;
  #creating: Promise<Panel> | undefined;
  #session: Session | undefined;
  #work: Work | undefined;
  #ticket: Ticket = 0;

  constructor(options: DeskOptions<Work, Session, Panel>) {
    this.#options = options;
    const report = (error: unknown): void => options.report(error);
    this.#sessionChanged = new Listeners(report);
    this.#stateChanged = new Listeners(report);
    this.#left = new Listeners(report);
  }

  /** Fires when another session is on the desk, or none. */
  get onDidChangeSession(): Listeners<Session | undefined>['add'] {
    return this.#sessionChanged.add;
  }

  /** Fires when sections of the open session's state changed. */
  get onDidChangeState(): Listeners<PanelState>['add'] {
    return this.#stateChanged.add;
  }

  /** Fires when a session has left the desk and is disposed. */
  get onDidLeave(): Listeners<Session>['add'] {
    return this.#left.add;
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The open session. Throws `nothingOpen` if no session is open. */
  get current(): Session {
    if (this.#session !== undefined) return this.#session;
    throw this.#options.nothingOpen();
  }

  /** What was opened last; it may not be open any more. */
  get work(): Work | undefined {
    return this.#work;
  }

  /** The panel with a session in it, if there is one. */
  get shownPanel(): Panel | undefined {
    return this.#session === undefined ? undefined : this.#panel;
  }

  /** The panel with a session in it. Throws `nothingOpen` if no session is open. */
  get openPanel(): Panel {
    if (this.shownPanel !== undefined) return this.shownPanel;
    throw this.#options.nothingOpen();
  }

  /**
   * Reveals the panel and opens the work that `find` returns. Rejects if `find` rejects or the open draft cannot be saved.
   */
  async open(find: () => Promise<Next<Work>>): Promise<void> {
    const ticket = this.#takeTicket();
    (await this.#somePanel()).reveal();
    await this.#show(find, ticket);
  }

  /** Takes over a panel that the window restored, with the work that was open in it. Failures are shown in the panel. */
  async restore(panel: Panel): Promise<void> {
    this.#adopt(panel);
    const work = this.#options.remembered();
    const ticket = this.#takeTicket();
    try {
      await this.#show(
        () => (work === undefined ? this.#options.next(undefined) : Promise.resolve({ work })),
        ticket,
      );
    } catch (error) {
      this.#fail(panel, error, ticket);
    }
  }

  /**
   * Opens the next work. Does not reveal the panel: it would take the focus, some time later, from anything that the person
   * has opened in the meantime.
   */
  async next(): Promise<void> {
    await this.#show(() => this.#options.next(this.#work), this.#takeTicket());
  }

  /** Submits and moves on. A failure of the store is shown in the panel and is among the problems. */
  async submit(): Promise<Submission> {
    const session = this.current;
    const ticket = this.#ticket;
    try {
      const problems = await session.submit();
      if (problems.length > 0) return { accepted: false, problems };
    } catch (error) {
      this.#panel?.notify('error', messageOf(error));
      return { accepted: false, problems: [problem(messageOf(error))] };
    }
    await this.#afterCommit(session, ticket);
    this.#panel?.notify('info', `Submitted “${session.title}”`);
    return { accepted: true, problems: [] };
  }

  async skip(reason: string): Promise<void> {
    const session = this.current;
    const ticket = this.#ticket;
    await session.skip(reason);
    this.#options.committed();
    await this.#moveOn(ticket);
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await this.#session?.flush();
  }

  dispose(): void {
    this.#takeTicket();
    this.#panel?.dispose();
    this.#session?.dispose();
    this.#sessionChanged.clear();
    this.#stateChanged.clear();
    this.#left.clear();
  }

  /** Opens the next work, unless there is feedback to read first. */
  async #afterCommit(session: Session, ticket: Ticket): Promise<void> {
    this.#options.committed();
    let hasFeedback = false;
    try {
      hasFeedback = (await this.#options.hasFeedback?.(session)) ?? false;
    } catch (error) {
      this.#panel?.notify('error', messageOf(error));
      return;
    }
    if (!hasFeedback) await this.#moveOn(ticket);
    else if (this.#session === session) this.#panel?.refresh();
  }

  /**
   * Opens the next work, unless the person has opened something else in the meantime. The previous work is committed: a
   * failure here must not look like a failure of the submission.
   */
  async #moveOn(ticket: Ticket): Promise<void> {
    if (this.#isLate(ticket)) return;
    try {
      await this.next();
    } catch (error) {
      this.#panel?.notify('error', messageOf(error));
    }
  }

  async #show(find: () => Promise<Next<Work>>, ticket: Ticket): Promise<void> {
    const panel = await this.#somePanel();
    const next = await find();
    if (this.#isLate(ticket)) return;
    if ('work' in next) return this.#showWork(panel, next.work, ticket);
    await this.flush();
    if (this.#isLate(ticket)) return;
    this.#take(undefined);
    this.#remember(undefined);
    panel.showEmpty(next.empty);
  }

  async #showWork(panel: Panel, work: Work, ticket: Ticket): Promise<void> {
    const isOpen = this.#session !== undefined && this.#options.fits(this.#session, work);
    if (!isOpen && !(await this.#replace(panel, work, ticket))) return;
    const session = this.#session!;
    this.#remember(work);
    panel.show(session);
    this.#background(
      panel.whenReady.then(() => {
        if (this.#session === session) this.#options.started?.(session);
      }),
    );
  }

  /** Opens work in place of the open session. Resolves with `false` if it is outdated or cannot be opened. */
  async #replace(panel: Panel, work: Work, ticket: Ticket): Promise<boolean> {
    // If the same work is opened again, it must find the typed text in the store.
    await this.flush();
    const opened = await this.#options.open(work).then(
      (session) => ({ session }),
      (error: unknown) => ({ error }),
    );
    try {
      // Until now the person could type in the previous session.
      if (!this.#isLate(ticket)) await this.flush();
    } catch (error) {
      if ('session' in opened) opened.session.dispose();
      throw error;
    }
    if ('error' in opened) this.#fail(panel, opened.error, ticket);
    else if (this.#isLate(ticket)) opened.session.dispose();
    else this.#take(opened.session, work);
    return !this.#isLate(ticket) && 'session' in opened;
  }

  /** Replaces the session on the desk, which is saved by now. */
  #take(session: Session | undefined, work: Work | undefined = this.#work): void {
    const before = this.#session;
    if (before === session) return;
    this.#session = session;
    this.#work = work;
    before?.dispose();
    session?.onDidChange((sections) => this.#stateChanged.fire(sections));
    this.#sessionChanged.fire(session);
    if (before !== undefined) this.#left.fire(before);
  }

  #fail(panel: Panel, error: unknown, ticket: Ticket): void {
    this.#options.report(error);
    if (this.#isLate(ticket)) return;
    this.#take(undefined);
    panel.showEmpty({ reason: 'failed', message: messageOf(error) });
  }

  /** The existing panel, or a new one. Two openings at once wait for the same panel. */
  #somePanel(): Promise<Panel> {
    if (this.#panel !== undefined) return Promise.resolve(this.#panel);
    this.#creating ??= this.#createPanel().finally(() => (this.#creating = undefined));
    return this.#creating;
  }

  async #createPanel(): Promise<Panel> {
    const panel = await this.#options.createPanel();
    if (this.#panel === undefined) return this.#adopt(panel);
    // The window restored a panel in the meantime.
    panel.dispose();
    return this.#panel;
  }

  #adopt(panel: Panel): Panel {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.onDidDispose(() => {
      // The page is gone and must not receive messages of the session.
      panel.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#takeTicket();
      if (this.#options.keepsSessionWhenClosed) this.#session?.pause();
      else this.#background(this.#putAway());
    });
    return panel;
  }

  async #putAway(): Promise<void> {
    const session = this.#session;
    // A failure to save leaves the session on the desk: what was typed is only in its memory.
    await session?.flush();
    if (session !== undefined && this.#session === session && this.#panel === undefined)
      this.#take(undefined);
  }

  #remember(work: Work | undefined): void {
    this.#background(this.#options.remember(work));
  }

  #background(work: PromiseLike<unknown>): void {
    work.then(undefined, (error: unknown) => this.#options.report(error));
  }

  #takeTicket(): Ticket {
    this.#ticket += 1;
    return this.#ticket;
  }

  #isLate(ticket: Ticket): boolean {
    return ticket !== this.#ticket;
  }
}
