import type { Case, Task } from './task.ts';

// A POSIX text ends with a newline. If an input does not, `while read` in Bash and similar loops lose its last line, and an
// answer fails that a judge would accept.

/** Whether a program reads a text from standard input whose last line has no newline. */
export function lacksNewline(testCase: Case): boolean {
  const input = inputOf(testCase);
  return input !== '' && !input.endsWith('\n');
}

/** The case with a newline at the end of its input. */
export function withNewline(testCase: Case): Case {
  if (!lacksNewline(testCase)) return testCase;
  const input = `${inputOf(testCase)}\n`;
  return testCase.kind === 'stdin' || testCase.kind === 'command' ? { ...testCase, input } : testCase;
}

/** The task with a newline at the end of each input. Everything else stays unchanged, including the id. */
export function withNewlines(task: Task): Task {
  return task.cases?.some(lacksNewline) === true ? { ...task, cases: task.cases.map(withNewline) } : task;
}

function inputOf(testCase: Case): string {
  return testCase.kind === 'stdin' || testCase.kind === 'command' ? (testCase.input ?? '') : '';
}
