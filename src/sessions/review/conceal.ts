import type { CheckReport } from '../../core/run/diagnostic.ts';
import type { CaseResult } from '../../core/run/run.ts';
import { mapStrings } from '../../core/text/json.ts';
import { maskIdentity } from '../../core/blinding/mask.ts';
import type { Side } from '../../core/task/side.ts';
import type { ShownAnswer } from './answers.ts';

/** Masks names in a program's output, if the answer itself contains masked names. */
export function conceal(answers: readonly ShownAnswer[], side: Side, text: string): string {
  const names = answers.find((answer) => answer.side === side)?.panel.masked ?? 0;
  return names === 0 ? text : maskIdentity(text).text;
}

/** A result with every text masked that the answer can influence: an error message quotes its line, with comments. */
export function concealResult(result: CaseResult, mask: (text: string) => string): CaseResult {
  const { stdout, stderr, reason, actual, tests } = result;
  return {
    ...result,
    stdout: mask(stdout),
    stderr: mask(stderr),
    ...(reason === undefined ? {} : { reason: mask(reason) }),
    ...(actual === undefined ? {} : { actual: mapStrings(actual, mask) }),
    ...(tests === undefined
      ? {}
      : {
          tests: tests.map((test) =>
            test.message === undefined ? test : { ...test, message: mask(test.message) },
          ),
        }),
  };
}

/** Reports with masked messages: a message can quote the answer. */
export function concealReports(
  answers: readonly ShownAnswer[],
  side: Side,
  reports: readonly CheckReport[],
): CheckReport[] {
  return reports.map((report) => ({
    ...report,
    diagnostics: report.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      message: conceal(answers, side, diagnostic.message),
    })),
  }));
}
