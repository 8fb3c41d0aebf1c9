import type * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { OpenTarget } from '../../protocol/panel/messages.ts';
import { Desk, type Next } from '../../sessions/desk/desk.ts';
import type { InspectionSession } from '../../sessions/inspection/inspectionSession.ts';
import type { ReviewerServices } from '../../sessions/inspection/services.ts';
import type { SettlementSession } from '../../sessions/inspection/settlementSession.ts';
import type { AnswerSource } from '../../sessions/panelSession.ts';
import { inspectionViewType } from '../commands/manifest.ts';
import type { Notices } from '../host/notices.ts';
import type { PanelOptions, ReviewPanel } from '../panel/panel.ts';
import type { InspectList } from './inspectList.ts';

/** What the desk needs to open a review. */
export interface InspectionDeskServices {
  readonly extensionUri: vscode.Uri;
  readonly notices: Notices;
  readonly list: InspectList;
  readonly state: vscode.Memento;
  session(): Promise<ReviewerServices>;
  open(target: OpenTarget, answers: AnswerSource | undefined): Promise<void>;
  /** An inspection or a settlement was committed. */
  committed(): void;
}

/** The open work: a review to inspect, or a task to settle. */
interface Work {
  readonly kind: 'inspect' | 'settle';
  readonly id: string;
}

type ReviewerSession = InspectionSession | SettlementSession;

const openWorkKey = 'inspection.work';

/** The desk of a reviewer, with its own panel beside the evaluator's. */
export class InspectionDesk extends Desk<Work, ReviewerSession, ReviewPanel> implements vscode.Disposable {
  readonly #services: InspectionDeskServices;

  constructor(services: InspectionDeskServices) {
    const { list, notices, state } = services;
    super({
      createPanel: async () => {
        const { ReviewPanel } = await import('../panel/panel.ts');
        return new ReviewPanel(this.#panelOptions());
      },
      open: async (work) => openSession(work, await services.session()),
      // Reopen a settlement each time: its task may have more reviews by now.
      fits: (session, { kind, id }) =>
        kind === 'inspect' && 'review' in session && session.review.id === id && !session.submitted,
      next: (after) => nextReview(list, after),
      committed: () => {
        list.refresh();
        services.committed();
      },
      keepsSessionWhenClosed: false,
      remembered: () => state.get<Work>(openWorkKey),
      remember: (work) => state.update(openWorkKey, work),
      report: notices.log,
      nothingOpen: () =>
        tiebreakError('no-review', {
          what: 'No review is open',
          remedy: 'Open a review from the Inspect view of Tiebreak first',
        }),
    });
    this.#services = services;
  }

  get isOpen(): boolean {
    return this.session !== undefined;
  }

  /** Id of the review under inspection. */
  get openReview(): string | undefined {
    return this.isInspecting ? this.work?.id : undefined;
  }

  /** Whether the open work is a review to inspect, not a task to settle. */
  get isInspecting(): boolean {
    return this.isOpen && this.work?.kind === 'inspect';
  }

  async inspect(reviewId: string): Promise<void> {
    await this.open(async () => ({ work: { kind: 'inspect', id: reviewId } }));
  }

  async settle(taskId: string): Promise<void> {
    await this.open(async () => ({ work: { kind: 'settle', id: taskId } }));
  }

  /** Opens the next review to inspect, or says that none is left. */
  async inspectNext(): Promise<void> {
    await this.open(() => nextReview(this.#services.list, this.work));
  }

  /** Replays every recorded run of the open work. */
  async replay(): Promise<void> {
    if (this.openPanel.visible) await this.session?.run();
  }

  /** Takes over a panel that the window restored. */
  async restoreIn(webviewPanel: vscode.WebviewPanel): Promise<void> {
    const { ReviewPanel } = await import('../panel/panel.ts');
    await this.restore(new ReviewPanel(this.#panelOptions(), webviewPanel));
  }

  #panelOptions(): PanelOptions {
    const { extensionUri, notices, list } = this.#services;
    return {
      extensionUri,
      notices,
      viewType: inspectionViewType,
      title: 'Tiebreak Inspect',
      host: {
        place: async () => ({ index: 0, total: (await list.page(1)).total }),
        submit: () => this.submit(),
        skip: (reason) => this.skip(reason),
        next: () => this.next(),
        open: (target, answers) => this.#services.open(target, answers),
        report: notices.log,
      },
    };
  }
}

async function nextReview(list: InspectList, after: Work | undefined): Promise<Next<Work>> {
  const id = await list.next(after?.kind === 'inspect' ? after.id : undefined);
  if (id !== undefined) return { work: { kind: 'inspect', id } };
  const message =
    'All reviews here are inspected. Import more reviews, or exchange reviews through a folder.';
  return { empty: { reason: 'all-inspected', message } };
}

async function openSession({ kind, id }: Work, services: ReviewerServices): Promise<ReviewerSession> {
  if (kind === 'settle') {
    const { SettlementSession } = await import('../../sessions/inspection/settlementSession.ts');
    return SettlementSession.open(id, services);
  }
  const { InspectionSession } = await import('../../sessions/inspection/inspectionSession.ts');
  return InspectionSession.open(id, services);
}
