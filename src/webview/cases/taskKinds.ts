import type { Case, CaseKind } from '../../core/task/task.ts';

/** What a task tells about the form of its cases. */
export interface TaskOfCases {
  readonly kinds: readonly CaseKind[];
  readonly entry: string | undefined;
  readonly language: string;
  readonly cases: readonly Case[];
}

/**
 * The kinds that run in the task's language, the most likely first: the kinds of the task's own cases, then the usual order
 * for the language.
 */
export function likelyKinds({ kinds, entry, language, cases }: TaskOfCases): CaseKind[] {
  const count = (kind: CaseKind) => cases.filter((testCase) => testCase.kind === kind).length;
  const usual: CaseKind[] = ['bash', 'shell', 'sh'].includes(language)
    ? ['command', 'stdin']
    : isFile(entry)
      ? ['stdin']
      : isClass(entry, language)
        ? ['unit', 'call', 'stdin']
        : ['call', 'sql', 'stdin'];
  const rank = (kind: CaseKind) => [...usual, ...kinds].indexOf(kind);
  return kinds.toSorted((a, b) => count(b) - count(a) || rank(a) - rank(b));
}

/** The latest case of a kind, whose fixtures a new one shares. */
export function modelCase<Kind extends CaseKind>(
  cases: readonly Case[],
  kind: Kind,
): Extract<Case, { kind: Kind }> | undefined {
  return cases.findLast((testCase): testCase is Extract<Case, { kind: Kind }> => testCase.kind === kind);
}

/** An entry names a function or a class, or a file such as `main.sh`. */
function isFile(entry: string | undefined): boolean {
  return entry !== undefined && /\/|\.[a-z]{1,5}$/.test(entry);
}

/**
 * Whether an entry is named as classes are. In Go, functions are named so as well. The one method of a `Solution` is
 * called like a function.
 */
function isClass(entry: string | undefined, language: string): boolean {
  return language !== 'go' && entry !== 'Solution' && /^[A-Z]\w*[a-z]/.test(entry ?? '');
}
