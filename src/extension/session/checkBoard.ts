import { checkRequest, isKnown, looksAt, type Check } from '../../checks/check.ts';
import type { CheckReport, Diagnostic } from '../../core/diagnostic.ts';
import type { Side } from '../../core/preference.ts';
import type { Case, Task } from '../../core/task.ts';
import type { PanelChecksSide, PanelState } from '../../protocol/webview.ts';
import type { ShownAnswer } from './answers.ts';
import { checkNotes } from './checkNotes.ts';

/** Checks a task's answers, and knows what the panel shows of that. */
export class CheckBoard {
  readonly #task: Task;
  readonly #checks: readonly Check[];
  readonly #changed: () => void;
  readonly #reports = new Map<Side, CheckReport[]>();
  readonly #checking = new Map<Side, AbortController>();
  /** What the user's own language extensions say of the files they have open. */
  readonly #editorDiagnostics = new Map<Side, readonly Diagnostic[]>();

  constructor(task: Task, checks: readonly Check[], changed: () => void) {
    this.#task = task;
    this.#checks = checks;
    this.#changed = changed;
  }

  /** What the checks said of an answer, to the letter. */
  reports(side: Side): readonly CheckReport[] {
    return this.#reports.get(side) ?? [];
  }

  setEditorDiagnostics(side: Side, diagnostics: readonly Diagnostic[]): void {
    this.#editorDiagnostics.set(side, diagnostics);
    this.#changed();
  }

  /** Checks an answer in place of a check of it that is under way. Resolves when every tool has ended. */
  async check({ side, answerId, files }: ShownAnswer, cases: readonly Case[]): Promise<void> {
    this.#checking.get(side)?.abort();
    const controller = new AbortController();
    this.#checking.set(side, controller);
    const { language } = this.#task;
    const request = checkRequest(answerId, language, files, cases);
    this.#reports.set(side, []);
    this.#changed();
    await Promise.all(
      this.#checks
        .filter((check) => looksAt(check, language))
        .map(async (check) => {
          const report = await check.check(request, controller.signal);
          if (controller.signal.aborted) return;
          this.#reports.set(side, [...this.reports(side), report]);
          this.#changed();
        }),
    );
    if (this.#checking.get(side) === controller) this.#checking.delete(side);
    this.#changed();
  }

  /** Ends what is under way; reports that come in afterwards are dropped. */
  abort(): void {
    for (const controller of this.#checking.values()) controller.abort();
  }

  /** What is shown of each side. `shown` gives a side's reports as they may be shown. */
  panel(
    sides: readonly Side[],
    shown: (side: Side) => readonly CheckReport[],
  ): NonNullable<PanelState['checks']> {
    const known = isKnown(this.#task.language, this.#checks) ? 'done' : 'none';
    const panels = sides.map((side): [Side, PanelChecksSide] => {
      const phase = this.#checking.has(side) ? 'running' : known;
      const others = sides.filter((other) => other !== side).flatMap((other) => this.reports(other));
      const of = panelChecks(phase, shown(side), this.#checking.size > 0 ? [] : others);
      return [
        side,
        { ...of, diagnostics: [...of.diagnostics, ...(this.#editorDiagnostics.get(side) ?? [])] },
      ];
    });
    return Object.fromEntries(panels);
  }
}

/** What is shown of the checks of one answer, beside those of the other. */
export function panelChecks(
  phase: PanelChecksSide['phase'],
  reports: readonly CheckReport[],
  others: readonly CheckReport[],
): PanelChecksSide {
  const diagnostics = reports.flatMap((report) => report.diagnostics);
  return { phase, diagnostics, ...checkNotes(reports, others) };
}
