import { messageOf, tiebreakError } from '../../core/errors.ts';
import type { Channel } from '../../protocol/channel.ts';
import { inspectionEdited, settlementEdited } from '../../protocol/inspection.ts';
import { edited, idealTyped } from '../../protocol/panel/edits.ts';
import {
  active,
  cancelRun,
  compareBy,
  compareTimes,
  findDifferences,
  viewed,
  openInEditor,
  panelReady,
  revise,
  runCases,
  showNext,
  skipTask,
  stateChanged,
  stopSearch,
  submitReview,
  themeChanged,
  tryInput,
  type OpenTarget,
} from '../../protocol/panel/messages.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { Empty, Submission } from '../desk/desk.ts';
import type { PanelSession } from '../panelSession.ts';
import { StateSender } from '../stateSender.ts';
import type { Colouring } from './colouring.ts';

/** The requests of the page to the desk. */
export interface PageHost {
  /** The position of a task in the list from which it was opened. */
  place(taskId: string): Promise<{ index: number; total: number }>;
  /** Calibration feedback on a submitted task; `null` for most. */
  calibrationFeedback?(taskId: string): Promise<PanelState['calibrationFeedback']>;
  submit(): Promise<Submission>;
  skip(reason: string): Promise<void>;
  next(): Promise<void>;
  open(target: OpenTarget, session: PanelSession | undefined): Promise<void>;
  report(error: unknown): void;
}

/** What the page shows about a task in addition to its session. */
interface TaskFacts {
  readonly place: { index: number; total: number };
  readonly calibrationFeedback: NonNullable<PanelState['calibrationFeedback']> | null;
  readonly notice?: PanelState['notice'];
}

/** Time that a page needs to draw a state, in milliseconds. */
const drawingMs = 150;

/** Passes messages between a panel's page and the session that it shows. Makes no decisions. */
export class PageLink {
  readonly #channel: Channel;
  readonly #host: PageHost;
  readonly #colouring: Colouring;
  readonly #sender: StateSender;
  #session: PanelSession | undefined;
  #unlisten: (() => void) | undefined;
  #empty: Empty = { reason: 'loading', message: 'Opening the task…' };
  /** Increases with each whole state; an earlier whole state that is still being prepared is no longer sent. */
  #turn = 0;
  #ready = false;
  #disposed = false;
  /** Whether a whole state is being looked up, to be sent when it is complete. */
  #isLookingUp = false;
  #noticeMeanwhile: PanelState['notice'];
  /** The facts about the shown task, for its first whole state. */
  #lookedUp: Promise<TaskFacts> | undefined;
  /** The number of the page's latest edit. */
  #receivedEdit: number | null = null;
  readonly #drawn = Promise.withResolvers<void>();

  constructor(channel: Channel, host: PageHost, colouring: Colouring) {
    this.#channel = channel;
    this.#host = host;
    this.#colouring = colouring;
    this.#sender = new StateSender((message) => this.#channel.emit(stateChanged, message));
    this.#listen();
  }

  /** Resolves when the page has had time to draw its first state; other work would delay the drawing. */
  get whenReady(): Promise<void> {
    return this.#drawn.promise;
  }

  show(session: PanelSession): void {
    this.#release();
    this.#session = session;
    this.#colouring.setSession(session);
    this.#unlisten = session.onDidChange((sections) => this.send(sections));
    // A new page takes longer to load than this takes to look up.
    this.#lookedUp = this.#factsOf(session.task.id);
    this.refresh();
  }

  /** Sends the whole state of the shown session again. */
  refresh(): void {
    if (this.#ready) this.#sendWhole().catch((error: unknown) => this.#host.report(error));
  }

  /** Shows a notice. A whole state that is still being looked up keeps the notice: it is the newer of the two. */
  notify(notice: NonNullable<PanelState['notice']>): void {
    if (this.#isLookingUp) this.#noticeMeanwhile = notice;
    this.send({ notice });
  }

  showEmpty(empty: Empty): void {
    this.#release();
    this.#empty = empty;
    if (this.#ready) this.#sendState(emptyState(empty));
  }

  /** Sends what the sections change. */
  send(sections: PanelState): void {
    if (this.#disposed) return;
    this.#sender.change(sections);
    this.#colouring.follow(sections);
  }

  /** The panel, and with it the task, came into view: active time counts from now. */
  appear(): void {
    this.#session?.signOfLife();
  }

  /** The panel left the view: the time until it is visible again does not count. */
  pause(): void {
    this.#session?.pause();
  }

  dispose(): void {
    this.#disposed = true;
    this.#release();
    this.#channel.dispose();
  }

  #listen(): void {
    const channel = this.#channel;
    channel.handle(panelReady, ({ themeId }) => this.#welcome(themeId));
    channel.on(themeChanged, ({ themeId }) => this.#colouring.setTheme(themeId));
    this.#listenToEdits();
    this.#listenToRuns();
    channel.handle(submitReview, () => this.#host.submit());
    channel.handle(skipTask, async ({ reason }) => {
      await this.#host.skip(reason);
      return {};
    });
    channel.handle(showNext, async () => {
      await this.#host.next();
      return {};
    });
    channel.handle(revise, () => {
      this.#current().revise();
      return {};
    });
    channel.handle(openInEditor, async (target) => {
      await this.#host.open(target, this.#session);
      return {};
    });
  }

  #listenToEdits(): void {
    const channel = this.#channel;
    channel.on(edited, ({ taskId, edit, number }) => {
      this.#sessionOf(taskId)?.edit(edit);
      this.#confirm(number);
    });
    channel.on(idealTyped, ({ taskId, field, text, number }) => {
      this.#sessionOf(taskId)?.editIdeal?.(field, text);
      this.#confirm(number);
    });
    channel.on(inspectionEdited, ({ reviewId, edit, number }) => {
      this.#session?.editInspection?.(reviewId, edit);
      this.#confirm(number);
    });
    channel.on(settlementEdited, ({ taskId, edit, number }) => {
      this.#sessionOf(taskId)?.editSettlement?.(edit);
      this.#confirm(number);
    });
    channel.on(viewed, ({ taskId, kind, what }) => this.#sessionOf(taskId)?.addStep?.(kind, what));
    channel.on(compareBy, (by) => this.#session?.compareBy(by));
    channel.on(active, () => this.#session?.signOfLife());
  }

  /** Tells the page that an edit has arrived, after the state that the edit led to. */
  #confirm(edit: number): void {
    this.#receivedEdit = edit;
    this.send({ receivedEdit: edit });
  }

  /** The reply only means that a run has begun; results arrive as state, and a failure as a notice. */
  #listenToRuns(): void {
    const channel = this.#channel;
    const tell = (error: unknown): void =>
      this.send({ notice: { severity: 'error', text: messageOf(error) } });
    channel.handle(runCases, ({ fresh, caseIds }) => {
      this.#current()
        .run({ fresh, ...(caseIds === undefined ? {} : { caseIds }) })
        .catch(tell);
      return {};
    });
    channel.handle(compareTimes, ({ caseId }) => {
      this.#current().compareTimes?.(caseId).catch(tell);
      return {};
    });
    channel.handle(tryInput, ({ taskId, case: testCase }) => {
      this.#sessionOf(taskId)?.tryInput?.(testCase).catch(tell);
      return {};
    });
    channel.handle(findDifferences, ({ taskId }) => {
      this.#sessionOf(taskId)?.findDifferences?.().catch(tell);
      return {};
    });
    channel.handle(stopSearch, () => {
      this.#current().stopSearch?.();
      return {};
    });
    channel.handle(cancelRun, () => {
      this.#current().cancelRun();
      return {};
    });
  }

  async #welcome(themeId: string): Promise<Record<string, never>> {
    this.#ready = true;
    await this.#sendWhole();
    this.#colouring.setTheme(themeId);
    setTimeout(this.#drawn.resolve, drawingMs);
    return {};
  }

  /** Sends the current state, unless a later call overtakes this one. */
  async #sendWhole(): Promise<void> {
    const session = this.#session;
    if (session === undefined) return this.#sendState(emptyState(this.#empty));
    this.#turn += 1;
    const turn = this.#turn;
    this.#isLookingUp = true;
    const lookedUp = this.#lookedUp ?? this.#factsOf(session.task.id);
    this.#lookedUp = undefined;
    const { place, ...facts } = await lookedUp;
    // Read and send in one step: a change in between would be lost.
    if (turn === this.#turn && session === this.#session)
      this.#sendState({ ...session.state(place), ...facts });
  }

  #sendState(state: PanelState): void {
    if (this.#disposed) return;
    this.#turn += 1;
    const notice = state.notice ?? this.#noticeMeanwhile ?? null;
    this.#sender.whole({ ...state, notice, receivedEdit: this.#receivedEdit });
    this.#isLookingUp = false;
    this.#noticeMeanwhile = undefined;
    this.#colouring.follow(state);
  }

  /** Where these cannot be looked up, the task is shown without them, with a notice that says why. */
  async #factsOf(taskId: string): Promise<TaskFacts> {
    try {
      const [place, calibrationFeedback = null] = await Promise.all([
        this.#host.place(taskId),
        this.#host.calibrationFeedback?.(taskId),
      ]);
      return { place, calibrationFeedback };
    } catch (error) {
      this.#host.report(error);
      const notice = { severity: 'error', text: messageOf(error) } as const;
      return { place: { index: 0, total: 0 }, calibrationFeedback: null, notice };
    }
  }

  /** The shown session, if a message is about its task. A late message is about the previous task. */
  #sessionOf(taskId: string): PanelSession | undefined {
    return this.#session?.task.id === taskId ? this.#session : undefined;
  }

  #current(): PanelSession {
    if (this.#session !== undefined) return this.#session;
    throw tiebreakError('no-task', { what: 'No task is open', remedy: 'Open a task from the queue' });
  }

  #release(): void {
    this.#unlisten?.();
    this.#unlisten = undefined;
    this.#session = undefined;
    this.#lookedUp = undefined;
    this.#sender.prepare();
    this.#colouring.setSession(undefined);
  }
}

function emptyState(empty: Empty): PanelState {
  return { task: null, draft: null, cases: null, highlight: null, empty };
}
