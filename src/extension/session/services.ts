import type { Check } from '../../checks/check.ts';
import type { Rubric } from '../../core/rubric.ts';
import type { Task } from '../../core/task.ts';
import type { Formatter } from '../../runner/formatting/formatter.ts';
import type { Runner } from '../../runner/runner.ts';
import type { Store } from '../../store/store.ts';

/** What a session needs of the rest of the extension. */
export interface SessionServices {
  readonly store: Store;
  readonly runner: Runner;
  readonly checks: readonly Check[];
  readonly formatter: Formatter;
  readonly evaluator: string;
  readonly toolVersion: string;
  /** Name of the file a nameless block of this language becomes. */
  mainFile(language: string): string;
  rubric(task: Task): Promise<Rubric>;
  /** Why nothing can be run here, with the mend; `undefined` when it can. */
  blocked(language: string): Promise<string | undefined>;
}
