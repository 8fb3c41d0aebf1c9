import type { Criterion } from '../../core/task/rubric.ts';
import { moveInGroup } from './radioGroup.ts';

/** What the keys of a row of scores do. */
interface ScoreRow {
  readonly scale: Criterion['scale'];
  /** `null` clears the score. */
  readonly score: (value: number | null) => void;
}

/**
 * Keys in a row of scores (class `scores`): a digit scores and moves on to the next row, Backspace clears the score. After the last
 * row, an event `scored` tells the panel to take the focus. No digit in a row is ever a preference or a decision.
 */
export function scoreByKey(event: KeyboardEvent, { scale, score }: ScoreRow): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isDigit = /^\d$/.test(event.key);
  if (!isDigit && event.key !== 'Backspace' && event.key !== 'Delete') return moveInGroup(event);
  event.preventDefault();
  event.stopPropagation();
  if (!isDigit) return score(null);
  const value = scale.find((point) => String(point.value) === event.key)?.value;
  const row = event.currentTarget;
  if (value === undefined || !(row instanceof HTMLElement)) return;
  score(value);
  focusNext(row);
}

/** Focuses the first row without a score, else the first row. */
export function focusScores(root: ParentNode): void {
  const row = root.querySelector('.scores:not(:has([aria-checked="true"]))') ?? root.querySelector('.scores');
  row?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
}

function focusNext(row: HTMLElement): void {
  const rows = [...(row.getRootNode() as ShadowRoot).querySelectorAll<HTMLElement>('.scores')];
  const next = rows[rows.indexOf(row) + 1];
  if (next !== undefined) next.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  else row.dispatchEvent(new CustomEvent('scored', { bubbles: true, composed: true }));
}
