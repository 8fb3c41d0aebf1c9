import { lacksNewline } from '../../core/task/input.ts';
import type { Case } from '../../core/task/task.ts';
import { shownValue } from '../text/format.ts';
import { shellLine } from '../text/shellWords.ts';

/** A part of a case's input. Long texts are shown below the results. */
export interface Given {
  readonly term: string;
  readonly text: string;
  readonly isLong: boolean;
}

/** The parts of a case's input, the most important first. */
export function givenOf(testCase: Case, entry: string | undefined): Given[] {
  switch (testCase.kind) {
    case 'call': {
      const name = testCase.function ?? entry ?? 'the function';
      return [short('call', `${name}(${testCase.args.map(shownValue).join(', ')})`)];
    }
    case 'stdin':
      return [short(inputTerm(testCase), testCase.input), ...files('file', testCase.files)];
    case 'unit':
      return [long('test', testCase.source)];
    case 'sql':
      return [
        ...(testCase.query === undefined ? [] : [short('query', testCase.query)]),
        long('tables', testCase.schema),
      ];
    case 'command':
      return [
        short('command', shellLine(testCase.argv)),
        ...(testCase.input === undefined ? [] : [short(inputTerm(testCase), testCase.input)]),
        ...(testCase.folders ?? []).map((folder) => short('folder', folder)),
        ...files('file', testCase.files),
      ];
  }
}

function inputTerm(testCase: Case): string {
  return lacksNewline(testCase) ? 'input, without a final newline' : 'input';
}

function files(
  term: string,
  given: readonly { readonly path: string; readonly text: string }[] = [],
): Given[] {
  return given.map(({ path, text }) => long(`${term} ${path}`, text));
}

function short(term: string, text: string): Given {
  return { term, text, isLong: false };
}

function long(term: string, text: string): Given {
  return { term, text, isLong: true };
}
