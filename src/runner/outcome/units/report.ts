import type { CaseResult } from '../../../core/run/run.ts';
import { howItEnded } from '../../languages/shared/shared.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';
import { displayText } from '../text.ts';
import type { CaseVerdict } from '../../toolchains/toolchain.ts';

export type TestResult = NonNullable<CaseResult['tests']>[number];

/** The results in the report of a test framework. */
export interface TestReport {
  readonly tests: readonly TestResult[];
  /** The report is complete. A program that ended before its report was complete has not passed its tests. */
  readonly complete: boolean;
}

/** A test's result, with a name and message that are safe to display. */
export function testResult(name: string, verdict: TestResult['verdict'], message = ''): TestResult {
  const said = displayText(message.trim()).slice(0, 2000);
  return { name: displayText(name), verdict, ...(said === '' ? {} : { message: said }) };
}

/**
 * The verdict on a `unit` case: it passes if the report is complete, at least one test ran, no test failed,
 * and the exit code agrees.
 */
export function readReport({ tests, complete }: TestReport, outcome: SandboxOutcome): CaseVerdict {
  const listed = tests.length === 0 ? {} : { tests: [...tests] };
  const bad = tests.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const [first] = bad;
  if (first !== undefined) {
    const verdict = bad.some((test) => test.verdict === 'fail') ? 'fail' : 'error';
    const why = first.message === undefined ? '' : `: ${first.message.split('\n')[0]}`;
    return { verdict, reason: `${bad.length} of ${tests.length} tests: ${first.name}${why}`, ...listed };
  }
  if (!complete)
    return {
      verdict: 'error',
      reason: `it ended before its tests were finished: ${howItEnded(outcome)}`,
      ...listed,
    };
  if (tests.length === 0) return { verdict: 'error', reason: 'no test was found in the case' };
  if (outcome.exit !== 0) return { verdict: 'error', reason: howItEnded(outcome), ...listed };
  return { verdict: 'pass', ...listed };
}
