import type { IdealField } from '../core/ideal/idealDraft.ts';
import type { Case, Task } from '../core/task/task.ts';
import type { Obstacle } from '../core/review/obstacle.ts';
import type { Step } from '../core/review/trail.ts';
import type { InspectionEdit, SettlementEdit } from '../protocol/inspection.ts';
import type { Edit } from '../protocol/panel/edits.ts';
import type { CompareBy, PanelDiffFile, PanelIdeal, PanelState } from '../protocol/panel/state.ts';
import type { ShownAnswer } from './review/answers.ts';
import type { RunChoice } from './review/taskRuns.ts';

/** The answers of a task as they are shown, to an evaluator or a reviewer. */
export interface AnswerSource {
  readonly task: Task;
  readonly title: string;
  readonly answers: readonly ShownAnswer[];
  readonly diff: readonly PanelDiffFile[];
  /** Records that something came into view; omitted for a reviewer. */
  addStep?(kind: Step['kind'], what?: string): void;
}

/** The position of a task in the list from which it was opened: from 1, or 0 if the list does not have it. */
export interface QueuePlace {
  readonly index: number;
  readonly total: number;
}

/** Work on one task that the panel shows: an evaluator's, or a reviewer's. */
export interface PanelSession extends AnswerSource {
  onDidChange(listener: (sections: PanelState) => void): () => void;
  /** The whole state. */
  state(place: QueuePlace): PanelState;
  edit(edit: Edit): void;
  /** The ideal that is written with the review, if any. */
  readonly idealFiles?: PanelIdeal['files'] | undefined;
  editIdeal?(field: IdealField, text: string): void;
  editInspection?(reviewId: string, edit: InspectionEdit): void;
  editSettlement?(edit: SettlementEdit): void;
  compareBy(by: CompareBy): void;
  signOfLife(): void;
  pause(): void;
  run(choice?: RunChoice): Promise<void>;
  compareTimes?(caseId: string): Promise<void>;
  tryInput?(testCase: Case): Promise<void>;
  findDifferences?(): Promise<void>;
  /** Stops only the search for differences. */
  stopSearch?(): void;
  cancelRun(): void;
  /** Resolves with the obstacles, or with an empty list once the work is committed. */
  submit(): Promise<Obstacle[]>;
  skip(reason: string): Promise<void>;
  /** Reopens submitted work: the next submission is a new record that names the old one. */
  revise(): void;
}
