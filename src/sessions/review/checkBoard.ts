import { checkRequest, type Check } from '../../checks/check.ts';
import type { CheckReport, Diagnostic } from '../../core/run/diagnostic.ts';
import type { Side } from '../../core/task/side.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { PanelChecksSide, PanelState } from '../../protocol/panel/state.ts';
import type { ShownAnswer } from './answers.ts';
import { checkNotes } from './checkNotes.ts';
import { ProgramChecks } from './programChecks.ts';

/** The checks of both answers, and the section of the panel that shows them. */
export class CheckBoard {
  readonly #task: Task;
  readonly #checks: readonly Check[];
  readonly #changed: () => void;
  readonly #bySide = new Map<Side, ProgramChecks>();
  /** Diagnostics of the user's own language extensions. */
  readonly #editorDiagnostics = new Map<Side, readonly Diagnostic[]>();

  constructor(task: Task, checks: readonly Check[], changed: () => void) {
    this.#task = task;
    this.#checks = checks;
    this.#changed = changed;
  }

  /** The reports of an answer, without masking. */
  reports(side: Side): readonly CheckReport[] {
    return this.#side(side).reports;
  }

  /** A check of this side threw: the next try may succeed. */
  hasCrashed(side: Side): boolean {
    return this.#side(side).hasCrashed;
  }

  isRunning(side: Side): boolean {
    return this.#side(side).phase === 'running';
  }

  setEditorDiagnostics(side: Side, diagnostics: readonly Diagnostic[]): void {
    this.#editorDiagnostics.set(side, diagnostics);
    this.#changed();
  }

  /** Checks an answer; a check of it under way is stopped. Resolves when every tool has ended. Never rejects. */
  async check({ side, answerId, files }: ShownAnswer, cases: readonly Case[]): Promise<void> {
    await this.#side(side).check(checkRequest(answerId, this.#task.language, files, cases));
  }

  /** Stops every check under way; reports still to come are dropped. */
  abort(): void {
    for (const checks of this.#bySide.values()) checks.abort();
  }

  /** The checks section of the panel. `shown` returns a side's masked reports. */
  panel(
    sides: readonly Side[],
    shown: (side: Side) => readonly CheckReport[],
  ): NonNullable<PanelState['checks']> {
    const isRunning = sides.some((side) => this.isRunning(side));
    const panels = sides.map((side): [Side, PanelChecksSide] => {
      const others = isRunning
        ? []
        : sides.filter((other) => other !== side).flatMap((other) => this.reports(other));
      const panel = panelChecks(this.#side(side).phase, shown(side), others);
      const ofEditor = this.#editorDiagnostics.get(side) ?? [];
      return [side, { ...panel, diagnostics: [...panel.diagnostics, ...ofEditor] }];
    });
    return Object.fromEntries(panels);
  }

  #side(side: Side): ProgramChecks {
    let checks = this.#bySide.get(side);
    if (checks === undefined) {
      checks = new ProgramChecks(this.#task.language, this.#checks, this.#changed);
      this.#bySide.set(side, checks);
    }
    return checks;
  }
}

/** The checks of one answer as the panel shows them. `others`: the reports of the other answer. */
export function panelChecks(
  phase: PanelChecksSide['phase'],
  reports: readonly CheckReport[],
  others: readonly CheckReport[],
): PanelChecksSide {
  const diagnostics = reports.flatMap((report) => report.diagnostics);
  return { phase, diagnostics, ...checkNotes(reports, others) };
}
