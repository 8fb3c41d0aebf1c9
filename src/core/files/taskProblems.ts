import type { FileProblem } from './fileProblem.ts';
import { nearest } from '../rationale/nearest.ts';
import { rubricProblems } from './rubricProblems.ts';
import type { Case, Task } from '../task/task.ts';

/** Faults that a task's schema cannot find. `rubricIds` are the shipped rubrics; empty if they are not known. */
export function taskProblems(task: Task, rubricIds: readonly string[] = []): FileProblem[] {
  return [
    ...caseProblems(task),
    ...entryProblems(task),
    ...goldProblems(task),
    ...rubricOfTask(task, rubricIds),
    ...sameAnswers(task),
  ];
}

function caseProblems(task: Task): FileProblem[] {
  return (task.cases ?? []).flatMap((testCase, index) => {
    const path = ['cases', index] as const;
    if (testCase.kind !== 'call') return [];
    return [...calledBy(testCase, task, path), ...expects(testCase, path)];
  });
}

/** A case that calls a function that no answer defines fails on both sides and shows nothing. */
function calledBy(
  testCase: Case & { kind: 'call' },
  task: Task,
  path: readonly (string | number)[],
): FileProblem[] {
  const name = testCase.function ?? task.entry;
  if (name === undefined) {
    const message = `The case “${testCase.id}” names no function and the task has no entry, so it calls the first function that each answer defines. Add "function" to the case or "entry" to the task`;
    return [{ path: [...path, 'id'], severity: 'warning', message }];
  }
  if (testCase.function === undefined) return [];
  return missing(name, task).map((hint) => ({
    path: [...path, 'function'],
    severity: 'warning',
    message: `No answer defines “${name}”. ${hint}`,
  }));
}

function expects(
  { id, expected, throws, comparator }: Case & { kind: 'call' },
  path: readonly (string | number)[],
): FileProblem[] {
  if (expected !== undefined || throws !== undefined || comparator?.kind === 'checker') return [];
  const message = `The case “${id}” expects nothing, so it passes whatever the call returns. Add "expected" or "throws"`;
  return [{ path: [...path, 'id'], severity: 'warning', message }];
}

function entryProblems(task: Task): FileProblem[] {
  // A block without a name becomes this file, so no answer has to name it.
  if (task.entry === undefined || /\.[a-z]{1,5}$/.test(task.entry)) return [];
  return missing(task.entry, task).map((hint) => ({
    path: ['entry'],
    severity: 'warning',
    message: `No answer defines “${task.entry}”. ${hint}`,
  }));
}

/** A hint if neither the answers nor the task's files contain the name as a word. */
function missing(name: string, { answers, files = [] }: Task): string[] {
  const texts = [...answers, ...files].map(({ text }) => text);
  const paths = files.map(({ path }) => path);
  const word = new RegExp(`(?<![\\p{L}\\p{N}_$])${escaped(name)}(?![\\p{L}\\p{N}_$])`, 'u');
  if (paths.includes(name) || texts.some((text) => word.test(text))) return [];
  const known = new Set(
    texts.flatMap(
      (text) =>
        text.match(/(?<=\b(?:def|function|func|fn|class|const|let) +)[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [],
    ),
  );
  const near = nearest(name, [...known]);
  return [near === undefined ? 'Correct the name' : `Did you mean “${near}”?`];
}

function goldProblems({ gold, answers }: Task): FileProblem[] {
  const preference = gold?.preference;
  if (preference?.kind !== 'better') return [];
  const ids = answers.map(({ id }) => id);
  if (ids.includes(preference.winner)) return [];
  const message = `There is no answer “${preference.winner}”. The winner is one of ${ids.map((id) => `“${id}”`).join(', ')}`;
  return [{ path: ['gold', 'preference', 'winner'], severity: 'error', message }];
}

function rubricOfTask({ rubric }: Task, ids: readonly string[]): FileProblem[] {
  if (typeof rubric === 'object')
    return rubricProblems(rubric).map((problem) => ({ ...problem, path: ['rubric', ...problem.path] }));
  if (rubric === undefined || ids.length === 0 || ids.includes(rubric)) return [];
  const message = `There is no rubric “${rubric}”. Name one of ${ids.join(', ')}, or put the rubric itself here`;
  return [{ path: ['rubric'], severity: 'error', message }];
}

function sameAnswers({ answers: [a, b] }: Task): FileProblem[] {
  if (a === undefined || b === undefined || a.text.trim() !== b.text.trim()) return [];
  return [
    {
      path: ['answers', 1, 'text'],
      severity: 'warning',
      message: 'Both answers have the same text, so there is nothing to compare. Correct one of them',
    },
  ];
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
