import type { Side } from '../core/preference.ts';
import type { Actions } from './actions.ts';
import type { Model } from './model.ts';

/** What keys need of the page beside the actions. */
export interface KeyTargets {
  readonly actions: Actions;
  readonly model: Model;
  focusRationale(): void;
  insertInRationale(text: string): void;
  applyFirstFix(): void;
  moveSelection(by: number, extend: boolean): void;
  toSide(side: Side): void;
  nextDifference(): void;
  comment(): void;
  /** Where the judgement is a tab, turns to it: what is decided there must be seen. */
  showJudgement(): void;
}

/** One key of the panel: what it is, what it does, in words and in deed. */
export interface KeyBinding {
  /** As the browser names it, with `Shift+` where it matters. */
  readonly key: string;
  /** Another key for the same. */
  readonly also?: string;
  readonly label: string;
  readonly group: 'Look' | 'Run' | 'Judge' | 'Write' | 'Move on';
  /** What the task must ask for; without it the key is none of the panel's. */
  readonly needs?: 'rank' | 'judgement';
  readonly run: (targets: KeyTargets) => void;
}
