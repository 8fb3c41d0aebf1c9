import type { Case, Task } from '../../core/task/task.ts';
import type { RunRequest, TimedProgram, TimingRequest } from '../../runner/runner.ts';

/** An answer or an ideal as it runs. */
export interface RunProgram {
  readonly answerId: string;
  readonly files: RunRequest['files'];
  readonly rejections?: RunRequest['rejections'] | undefined;
}

/** The request to run one program of a task on cases. */
export function runRequest(task: Task, program: RunProgram, cases: readonly Case[]): RunRequest {
  return { ...requestOf(task), ...programOf(program), cases };
}

/** The request to compare the times of two programs of a task. `pairs`: how often each runs. */
export function timingRequest(
  task: Task,
  testCase: Case,
  [first, second]: readonly [RunProgram, RunProgram],
  pairs?: number,
): TimingRequest {
  return {
    ...requestOf(task),
    testCase,
    answers: [programOf(first), programOf(second)],
    ...(pairs === undefined ? {} : { pairs }),
  };
}

function requestOf({
  id: taskId,
  language,
  entry,
  limits,
  build,
}: Task): Omit<TimingRequest, 'testCase' | 'answers'> {
  return {
    taskId,
    language,
    ...(entry === undefined ? {} : { entry }),
    ...(limits === undefined ? {} : { limits }),
    ...(build === undefined ? {} : { build }),
  };
}

/** Only the fields that a request has: callers pass answers with more. */
function programOf({ answerId, files, rejections }: RunProgram): TimedProgram {
  return { answerId, files, ...(rejections === undefined ? {} : { rejections }) };
}
