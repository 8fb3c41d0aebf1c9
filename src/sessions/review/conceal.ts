import type { CheckReport } from '../../core/diagnostic.ts';
import { maskIdentity } from '../../core/mask.ts';
import type { Side } from '../../core/preference.ts';
import type { ShownAnswer } from './answers.ts';

/** Masks what was printed as the answer itself is masked; an answer that names nobody prints no name either. */
export function conceal(answers: readonly ShownAnswer[], side: Side, text: string): string {
  const names = answers.find((answer) => answer.side === side)?.panel.masked ?? 0;
  return names === 0 ? text : maskIdentity(text).text;
}

/** What the checks said, as it may be shown: a message quotes the answer, names and all. */
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
