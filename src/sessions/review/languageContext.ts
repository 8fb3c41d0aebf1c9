import type { Json } from '../../core/json.ts';
import type { Side } from '../../core/preference.ts';
import type { CaseResult } from '../../core/run.ts';
import type { Case } from '../../core/task.ts';
import type { CaseEvidence, LanguageContext, Outcome } from '../../protocol/language.ts';
import type { Session } from '../session/session.ts';

/** Longest text of a case or a result that goes to the language server, in UTF-16 code units. */
const longestText = 4_000;

/**
 * What the language server knows of the open task: sides and masked texts, as the evaluator sees them. `uriOf` says
 * where the editor can open a file of a side.
 */
export function languageContext(
  session: Pick<Session, 'answers' | 'board' | 'cases' | 'context' | 'task'>,
  uriOf: (side: Side, path: string) => string | undefined,
): LanguageContext {
  const context = session.context();
  const results = session.answers.map(
    ({ side }) => [side, resultsById(session.board.results(side))] as const,
  );
  return {
    language: session.task.language,
    rationale: {
      ...context,
      results: Object.fromEntries(Object.entries(context.results).map(withoutOutput)),
    },
    places: session.answers.flatMap(({ side, shownFiles }) =>
      shownFiles.flatMap(({ path }) => {
        const uri = uriOf(side, path);
        return uri === undefined ? [] : [{ side, path, uri }];
      }),
    ),
    cases: session.cases.map((testCase) =>
      caseEvidence(
        testCase,
        results.map(([side, byId]) => [side, byId.get(testCase.id)]),
      ),
    ),
  };
}

/** What a program printed can be megabytes, and no rule reads it. */
function withoutOutput([side, results]: [string, readonly CaseResult[]]): [string, CaseResult[]] {
  return [
    side,
    results.map(({ expected: _expected, actual: _actual, tests: _tests, ...result }) => ({
      ...result,
      stdout: '',
      stderr: '',
    })),
  ];
}

/** One case in texts that a person can read, with how it ended on each side it was run on. */
function caseEvidence(testCase: Case, results: [Side, CaseResult | undefined][]): CaseEvidence {
  const ran = results.flatMap(([side, result]) => (result === undefined ? [] : [[side, result] as const]));
  const told = ran.map(([, result]) => result.expected).find((value) => value !== undefined);
  const expected = expectedOf(testCase) ?? (told === undefined ? undefined : asText(told, testCase));
  return {
    id: testCase.id,
    ...(testCase.title === undefined ? {} : { title: testCase.title }),
    own: testCase.origin !== 'task',
    input: cut(inputOf(testCase)),
    ...(expected === undefined ? {} : { expected: cut(expected) }),
    outcomes: Object.fromEntries(ran.map(([side, result]) => [side, outcomeOf(result, testCase)])),
  };
}

function outcomeOf(result: CaseResult, testCase: Case): Outcome {
  const { verdict, reason, actual, stderr } = result;
  return {
    verdict,
    ...(reason === undefined ? {} : { reason: cut(reason) }),
    ...(actual === undefined ? {} : { actual: cut(asText(actual, testCase)) }),
    ...(stderr.trim() === '' ? {} : { stderr: cutStart(stderr.trimEnd()) }),
  };
}

function inputOf(testCase: Case): string {
  switch (testCase.kind) {
    case 'call':
      return `${testCase.function ?? ''}(${testCase.args.map((value) => JSON.stringify(value)).join(', ')})`;
    case 'stdin':
      return testCase.input;
    case 'unit':
      return testCase.source;
    case 'sql':
      return testCase.query ?? testCase.schema;
    case 'command':
      return testCase.argv.join(' ');
  }
}

function expectedOf(testCase: Case): string | undefined {
  switch (testCase.kind) {
    case 'call':
      if (testCase.throws !== undefined) return `throws ${testCase.throws}`;
      return testCase.expected === undefined ? undefined : JSON.stringify(testCase.expected);
    case 'stdin':
      return testCase.output;
    case 'sql':
      return JSON.stringify(testCase.rows);
    case 'command':
      return (
        testCase.expect.stdout ??
        (testCase.expect.exit === undefined ? undefined : `exit ${testCase.expect.exit}`)
      );
    case 'unit':
      return undefined;
  }
}

/** What a program printed is shown as it is; a function's value as JSON, so that `"3"` and `3` look different. */
function asText(value: Json, { kind }: Case): string {
  return typeof value === 'string' && kind !== 'call' && kind !== 'sql' ? value : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** Of an error's output the end says most. */
function cutStart(text: string): string {
  return text.length > longestText ? `…${text.slice(-longestText)}` : text;
}

function resultsById(results: readonly CaseResult[]): Map<string, CaseResult> {
  return new Map(results.map((result) => [result.caseId, result]));
}
