import type { Check } from '../../checks/check.ts';
import type { Rubric } from '../../core/task/rubric.ts';
import type { CaseKind, Task } from '../../core/task/task.ts';
import type { Formatter } from '../../checks/formatting/formatter.ts';
import type { PreparedRuns } from '../../runner/preparedRuns.ts';
import type { Runner } from '../../runner/runner.ts';
import type { DifferenceFinder } from '../differing/findDifferences.ts';
import type { Store } from '../../store/store.ts';

/** `work` needs the machine: runs, checks, and what follows from changed cases. `typing` is every other change. */
export type OwnAction = 'work' | 'typing';

/** What a session needs from its host: the extension, or a test. */
export interface SessionServices {
  readonly store: Store;
  readonly runner: Runner;
  readonly checks: readonly Check[];
  readonly formatter: Formatter;
  readonly findDifferences: DifferenceFinder;
  readonly evaluator: string;
  readonly toolVersion: string;
  /** The person did something in the session. */
  readonly onAction?: (action: OwnAction) => void;
  /** The clock of the machine, in milliseconds; default: `Date.now`. */
  readonly now?: () => number;
  /** Name of the file for a code block without a name, by language. */
  mainFile(language: string): string;
  /** The kinds of cases that run in a language. */
  caseKinds(language: string): readonly CaseKind[];
  rubric(task: Task): Promise<Rubric>;
  /** Why nothing can run here, with the remedy; `undefined` if it can. */
  blocked(language: string): Promise<string | undefined>;
}

/** What prepares a task before it is opened. */
export interface PreparingServices {
  /** Runs and checks one program at a time, at idle priority. */
  readonly idle: Pick<SessionServices, 'runner' | 'checks'>;
  /** The results of the idle runner, which hands them over to the task's own session. */
  readonly prepared: Pick<PreparedRuns, 'keepOnly'>;
}
