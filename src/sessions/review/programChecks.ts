import { isKnown, looksAt, type Check, type CheckRequest } from '../../checks/check.ts';
import { messageOf } from '../../core/errors.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import { codeHash } from '../../core/task/codeHash.ts';
import type { PanelChecksSide } from '../../protocol/panel/state.ts';
import { Tickets, type Ticket } from '../tickets.ts';

/** The checks of one program: an answer or the ideal. Only the reports of the latest check count. */
export class ProgramChecks {
  readonly #language: string;
  readonly #checks: readonly Check[];
  readonly #changed: () => void;
  readonly #tickets = new Tickets();
  #reports: readonly CheckReport[] = [];
  #running = false;
  #hasCrashed = false;

  constructor(language: string, checks: readonly Check[], changed: () => void) {
    this.#language = language;
    this.#checks = checks;
    this.#changed = changed;
  }

  /** The reports, without masking. */
  get reports(): readonly CheckReport[] {
    return this.#reports;
  }

  get phase(): PanelChecksSide['phase'] {
    if (this.#running) return 'running';
    return isKnown(this.#language, this.#checks) ? 'done' : 'none';
  }

  /** A check threw: the next try may succeed. */
  get hasCrashed(): boolean {
    return this.#hasCrashed;
  }

  /** Checks the program; a check under way is stopped. Resolves when every tool has ended. Never rejects. */
  async check(request: CheckRequest): Promise<void> {
    const ticket = this.#tickets.take();
    this.#reports = [];
    this.#hasCrashed = false;
    this.#running = true;
    this.#changed();
    const fitting = this.#checks.filter((check) => looksAt(check, this.#language));
    await Promise.all(fitting.map((check) => this.#ask(check, request, ticket)));
    if (!ticket.isLatest) return;
    this.#running = false;
    this.#changed();
  }

  /** Stops the check under way; reports still to come are dropped. */
  abort(): void {
    this.#tickets.invalidate();
    this.#running = false;
  }

  async #ask(check: Check, request: CheckRequest, ticket: Ticket): Promise<void> {
    const { report, hasCrashed } = await reportOf(check, request, ticket.signal);
    if (!ticket.isLatest) return;
    this.#hasCrashed ||= hasCrashed;
    const reason = `${report.reason}. To check again, run the cases (key R)`;
    this.#reports = [...this.#reports, hasCrashed ? { ...report, reason } : report];
    this.#changed();
  }
}

/** The report of a check. A check that throws becomes a failed report, so that the other checks go on. */
export async function reportOf(
  check: Check,
  request: CheckRequest,
  signal: AbortSignal,
): Promise<{ readonly report: CheckReport; readonly hasCrashed: boolean }> {
  try {
    return { report: await check.check(request, signal), hasCrashed: false };
  } catch (error) {
    const { answerId, files } = request;
    const report: CheckReport = {
      check: check.id,
      version: '',
      answerId,
      codeHash: codeHash(files),
      status: 'failed',
      reason: messageOf(error),
      diagnostics: [],
    };
    return { report, hasCrashed: true };
  }
}
