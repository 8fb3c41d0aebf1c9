import type { Json } from '../../core/text/json.ts';
import type { Side } from '../../core/task/side.ts';
import type { CaseResult } from '../../core/run/run.ts';
import type { Case } from '../../core/task/task.ts';
import type { CaseEvidence, LanguageContext, ShownResult } from '../../protocol/language.ts';
import type { Session } from './session.ts';

/** Longest text of a case or a result that goes to the language server, in UTF-16 code units. */
const longestText = 4_000;

/**
 * What the language server knows about the open task: sides and masked texts, as the evaluator sees them. `uriOf`
 * returns the URI of a side's file.
 */
export function languageContext(
  session: Pick<Session, 'answers' | 'board' | 'cases' | 'context' | 'task'>,
  uriOf: (side: Side, path: string) => string,
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
    fileLinks: session.answers.flatMap(({ side, shownFiles }) =>
      shownFiles.map(({ path }) => ({ side, path, uri: uriOf(side, path) })),
    ),
    cases: session.cases.map((testCase) =>
      caseEvidence(
        testCase,
        results.map(([side, byId]) => [side, byId.get(testCase.id)]),
      ),
    ),
  };
}

/** Without the output, which can be megabytes and which no rule reads. */
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

/** A case as readable texts, with its result on each side on which it ran. */
function caseEvidence(testCase: Case, results: [Side, CaseResult | undefined][]): CaseEvidence {
  const ran = results.flatMap(([side, result]) => (result === undefined ? [] : [[side, result] as const]));
  const expectedValue = ran.map(([, result]) => result.expected).find((value) => value !== undefined);
  const expected =
    expectedOf(testCase) ?? (expectedValue === undefined ? undefined : asText(expectedValue, testCase));
  return {
    id: testCase.id,
    ...(testCase.title === undefined ? {} : { title: testCase.title }),
    own: testCase.origin !== 'task',
    input: cut(inputOf(testCase)),
    ...(expected === undefined ? {} : { expected: cut(expected) }),
    results: Object.fromEntries(ran.map(([side, result]) => [side, shownResult(result, testCase)])),
  };
}

function shownResult(result: CaseResult, testCase: Case): ShownResult {
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

/** Output is shown unchanged; a function's value is shown as JSON, so that `"3"` and `3` look different. */
function asText(value: Json, { kind }: Case): string {
  return typeof value === 'string' && kind !== 'call' && kind !== 'sql' ? value : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** The end of an error output is the most informative part. */
function cutStart(text: string): string {
  return text.length > longestText ? `…${text.slice(-longestText)}` : text;
}

function resultsById(results: readonly CaseResult[]): Map<string, CaseResult> {
  return new Map(results.map((result) => [result.caseId, result]));
}
