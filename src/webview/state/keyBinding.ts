import type { Side } from '../../core/task/side.ts';
import type { Actions } from './actions.ts';
import type { Model } from './model.ts';

/** What keys act on. */
export interface KeyTargets {
  readonly actions: Actions;
  readonly model: Model;
  focusRationale(): void;
  insertInRationale(text: string): void;
  applyFirstFix(): void;
  /** Focuses the first row without a score. */
  focusScores(): void;
  /** Flags the finding of the checks on the selected lines; without one, selects and shows the next finding. */
  flagSuspicion(): void;
  moveSelection(by: number, extend: boolean): void;
  toSide(side: Side): void;
  nextDifference(): void;
  tryInput(): void;
  findDifferences(): void;
  comment(): void;
  /** In a narrow window, switches to the tab with the judgement. */
  showJudgement(): void;
}

/** A key of the panel and its action. */
export interface KeyBinding {
  /** The name that the browser gives it, with `Shift+` where it matters. */
  readonly key: string;
  /** Another key for the same action. */
  readonly also?: string;
  readonly label: string;
  readonly group: 'Look' | 'Run' | 'Judge' | 'Write' | 'Go to';
  /** What the task must ask for; if it does not, the key does nothing. */
  readonly needs?: 'rank' | 'scores' | 'judgement';
  readonly run: (targets: KeyTargets) => void;
}
