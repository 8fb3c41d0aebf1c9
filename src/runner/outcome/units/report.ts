import type { CaseResult } from '../../core/run.ts';
import { howItEnded } from '../languages/shared.ts';
import type { SandboxOutcome } from '../sandbox.ts';
import { displayText } from '../text.ts';
import type { Reading } from '../toolchain.ts';

export type TestResult = NonNullable<CaseResult['tests']>[number];

/** What the printed report of a test framework says. */
export interface TestReport {
  readonly tests: readonly TestResult[];
  /** The report came to its end; a program that ended before has not passed its tests. */
  readonly complete: boolean;
}

/** A test's result with only what is safe to show. */
export function testResult(name: string, verdict: TestResult['verdict'], message = ''): TestResult {
  const said = displayText(message.trim()).slice(0, 2000);
  return { name: displayText(name), verdict, ...(said === '' ? {} : { message: said }) };
}

/** The reading of a `unit` case: it passes when its tests came to their end, some ran, none failed, and the exit says so. */
export function readReport({ tests, complete }: TestReport, outcome: SandboxOutcome): Reading {
  const listed = tests.length === 0 ? {} : { tests: [...tests] };
  const bad = tests.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const [first] = bad;
  if (first !== undefined) {
    const verdict = bad.some((test) => test.verdict === 'fail') ? 'fail' : 'error';
    const why = first.message === undefined ? '' : `: ${first.message.split('\n')[0]}`;
    return { verdict, reason: `${bad.length} of ${tests.length} tests: ${first.name}${why}`, ...listed };
  }
  if (!complete)
    return { verdict: 'error', reason: `it ended before its tests did: ${howItEnded(outcome)}`, ...listed };
  if (tests.length === 0) return { verdict: 'error', reason: 'no test was found in the case' };
  if (outcome.exit !== 0) return { verdict: 'error', reason: howItEnded(outcome), ...listed };
  return { verdict: 'pass', ...listed };
}
