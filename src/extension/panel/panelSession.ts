import type { IdealField } from '../../core/idealDraft.ts';
import type { Task } from '../../core/task.ts';
import type { Step } from '../../core/trail.ts';
import type { InspectionEdit, SettlementEdit } from '../../protocol/inspection.ts';
import type { CompareBy, Edit, PanelDiffFile, PanelIdeal, PanelState } from '../../protocol/webview.ts';
import type { ShownAnswer } from '../session/answers.ts';
import type { RunChoice } from '../session/session.ts';

/** The answers of a task as they are shown, whoever looks at them. */
export interface AnswerSource {
  readonly task: Task;
  readonly title: string;
  readonly answers: readonly ShownAnswer[];
  readonly diff: readonly PanelDiffFile[];
  /** Notes that something came into view; where a person judges, that is recorded. */
  looked?(kind: Step['kind'], what?: string): void;
}

/** Work on one task that the panel shows: an evaluator's, or a reviewer's. */
export interface PanelSession extends AnswerSource {
  onDidChange(listener: (sections: PanelState) => void): () => void;
  /** The whole state; `place` is where the task stands in the list it was opened from. */
  state(place: { index: number; total: number }): PanelState;
  edit(edit: Edit): void;
  /** The ideal that is written with the review, where one is. */
  readonly idealFiles?: PanelIdeal['files'] | undefined;
  editIdeal?(field: IdealField, text: string): void;
  editInspection?(reviewId: string, edit: InspectionEdit): void;
  editSettlement?(edit: SettlementEdit): void;
  compareBy(by: CompareBy): void;
  signOfLife(): void;
  pause(): void;
  run(choice?: RunChoice): Promise<void>;
  compareTimes?(caseId: string): Promise<void>;
  cancelRun(): void;
  /** Resolves with what stands in the way, or with nothing once the work is committed. */
  submit(): Promise<string[]>;
  skip(reason: string): Promise<void>;
  /** Takes up again what is submitted: the next submission is a new record that names the old. */
  revise(): void;
}
