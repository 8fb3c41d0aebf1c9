/** The kinds of work: judging a task, inspecting a review, or settling the reviews of a task. */
export type WorkKind = 'review' | 'inspection' | 'settlement';

/**
 * Time that a person spent on one piece of work on one day. Its start identifies the work; the record has the same time as
 * `startedAt`. It stays on this machine and is never part of an export.
 */
export interface WorkedTime {
  readonly person: string;
  readonly taskId: string;
  readonly work: WorkKind;
  readonly startedAt: string;
  /** The local day, such as `2026-11-30`. */
  readonly day: string;
  readonly activeMs: number;
  readonly idleMs: number;
}

/** Worked time with what the time sheet says about it. */
export interface WorkedEntry extends WorkedTime {
  /** The task's title; `undefined` if the task is no longer in the queue. */
  readonly title: string | undefined;
  /** Id of the submitted record; `undefined` before the submission. */
  readonly recordId: string | undefined;
}

/** An explanation of active time, shown beside it. */
export const timeExplained =
  'Counts while the task is in sight, until 30 s after the last key, click or scroll. A revision counts its own time.';

/** The local day of a date, such as `2026-11-30`. */
export function localDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
