import type { Case, SourceFile, Task } from '../../core/task.ts';
import type { RunRequest } from '../../runner/runner.ts';

/** What is asked of the runner for one program of a task. */
export function runRequest(
  { id: taskId, language, entry, limits, build }: Task,
  answerId: string,
  files: readonly SourceFile[],
  cases: readonly Case[],
): RunRequest {
  return {
    taskId,
    answerId,
    language,
    files,
    cases,
    ...(entry === undefined ? {} : { entry }),
    ...(limits === undefined ? {} : { limits }),
    ...(build === undefined ? {} : { build }),
  };
}
