import * as vscode from 'vscode';
import { messageOf, tiebreakError } from '../../core/errors.ts';
import type { OpenWish } from '../../protocol/webview.ts';
import { inspectionViewType } from '../manifest.ts';
import type { PanelHost, ReviewPanel } from '../panel/panel.ts';
import type { AnswerSource } from '../panel/panelSession.ts';
import type { InspectList } from './inspectList.ts';
import type { InspectionSession, ReviewerServices } from './inspectionSession.ts';
import type { SettlementSession } from './settlementSession.ts';

/** What the desk needs to open a review. */
export interface InspectionDeskServices {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly list: InspectList;
  readonly state: vscode.Memento;
  session(): Promise<ReviewerServices>;
  open(wish: OpenWish, answers: AnswerSource | undefined): Promise<void>;
  /** An inspection or a settlement was committed. */
  settled(): void;
}

/** What is on the desk: a review that is inspected, or a task that is settled. */
type Work = { readonly kind: 'inspect' | 'settle'; readonly id: string };

const openWorkKey = 'inspection.work';

/** Where a reviewer works, in a panel of its own beside that of the evaluator. Brings its work back after a reload. */
export class InspectionDesk implements vscode.Disposable {
  readonly #services: InspectionDeskServices;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Another review is on the desk, or none. */
  readonly onDidChange = this.#changed.event;
  #panel: ReviewPanel | undefined;
  #session: InspectionSession | SettlementSession | undefined;
  #work: Work | undefined;

  constructor(services: InspectionDeskServices) {
    this.#services = services;
  }

  get isOpen(): boolean {
    return this.#session !== undefined;
  }

  /** Whether what is open is one review to decide on, and not a task to settle. */
  get isInspecting(): boolean {
    return this.isOpen && this.#work?.kind === 'inspect';
  }

  /** The panel with a review in it. Throws `no-review` where there is none. */
  get openPanel(): ReviewPanel {
    if (this.#panel !== undefined && this.#session !== undefined) return this.#panel;
    throw tiebreakError('no-review', {
      what: 'No review is open',
      mend: 'Open one from the Inspect view of Tiebreak first',
    });
  }

  async inspect(reviewId: string): Promise<void> {
    await this.#reveal();
    await this.#show({ kind: 'inspect', id: reviewId });
  }

  async settle(taskId: string): Promise<void> {
    await this.#reveal();
    await this.#show({ kind: 'settle', id: taskId });
  }

  /** Opens the next review to inspect, or says that there is none. */
  async inspectNext(): Promise<void> {
    await this.#reveal();
    await this.#showNext();
  }

  /** Replays every recorded run of what is open. */
  async replay(): Promise<void> {
    if (this.openPanel.visible) await this.#session?.run();
  }

  /** Takes over a panel that the window restored, with the work that was open in it. */
  async restore(webviewPanel: vscode.WebviewPanel): Promise<void> {
    const { ReviewPanel } = await import('../panel/panel.ts');
    this.#adopt(new ReviewPanel(this.#host(), webviewPanel));
    const work = this.#services.state.get<Work>(openWorkKey);
    await (work === undefined ? this.#showNext() : this.#show(work));
  }

  /** Brings what is unsaved to the store; called when the extension ends. */
  async flush(): Promise<void> {
    await this.#session?.flush();
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#session?.dispose();
    this.#changed.dispose();
  }

  /** The panel is not revealed: that takes the focus, some time later, from whatever the person has opened meanwhile. */
  async #showNext(): Promise<void> {
    const after = this.#work?.kind === 'inspect' ? this.#work.id : undefined;
    const next = await this.#services.list.next(after);
    if (next !== undefined) return this.#show({ kind: 'inspect', id: next });
    const panel = await this.#somePanel();
    await this.#putAway();
    panel.showEmpty({
      reason: 'all-inspected',
      message: 'No review is left to inspect. Import those of others, or exchange them through a folder.',
    });
  }

  async #show(work: Work): Promise<void> {
    const panel = await this.#somePanel();
    await this.#putAway();
    try {
      const services = await this.#services.session();
      this.#session = await sessionOf(work, services);
      this.#work = work;
      await this.#services.state.update(openWorkKey, work);
      await panel.show(this.#session);
    } catch (error) {
      this.#services.log.error(error instanceof Error ? error : String(error));
      panel.showEmpty({ reason: 'failed', message: messageOf(error) });
    }
    this.#changed.fire();
  }

  async #putAway(): Promise<void> {
    // A failure to save leaves the session on the desk: what was typed is only in its memory.
    await this.#session?.flush();
    this.#session?.dispose();
    this.#session = undefined;
    this.#changed.fire();
  }

  async #reveal(): Promise<void> {
    (await this.#somePanel()).reveal();
  }

  /** The panel there is, or a new one. Its code is loaded when the first is opened. */
  async #somePanel(): Promise<ReviewPanel> {
    const { ReviewPanel } = await import('../panel/panel.ts');
    return this.#panel ?? this.#adopt(ReviewPanel.create(this.#host(), inspectionViewType));
  }

  #adopt(panel: ReviewPanel): ReviewPanel {
    this.#panel?.dispose();
    this.#panel = panel;
    panel.onDidDispose(() => {
      panel.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      void this.#putAway().catch((error: unknown) => this.#services.log.error(messageOf(error)));
    });
    return panel;
  }

  #host(): PanelHost {
    const { extensionUri, log, list } = this.#services;
    return {
      extensionUri,
      log,
      title: 'Tiebreak Inspect',
      place: async () => ({ index: 0, total: (await list.page(1)).total }),
      next: () => this.#showNext(),
      open: (wish, session) => this.#services.open(wish, session),
      settled: () => {
        list.refresh();
        this.#services.settled();
      },
    };
  }
}

async function sessionOf(
  work: Work,
  services: ReviewerServices,
): Promise<InspectionSession | SettlementSession> {
  if (work.kind === 'settle') {
    const { SettlementSession } = await import('./settlementSession.ts');
    return SettlementSession.open(work.id, services);
  }
  const { InspectionSession } = await import('./inspectionSession.ts');
  return InspectionSession.open(work.id, services);
}
