import type { TestReport } from './report.ts';

/** Most characters that are shown of a line of a case. */
const longestLine = 400;

/** A line of a case's source as a failed test tells it, `line 3: assert f() == 1`; `undefined` if there is no such line. */
export function caseLine(source: string, line: number | undefined): string | undefined {
  const code = line === undefined ? undefined : source.split('\n')[line - 1]?.trim();
  return code === undefined || code === '' ? undefined : `line ${line}: ${code.slice(0, longestLine)}`;
}

/** What a failed test said, and below its first line the line of the case that failed. */
export function withCaseLine(message: string, source: string, line: number | undefined): string {
  const told = caseLine(source, line);
  if (told === undefined || message.includes(told)) return message;
  const [said = '', ...rest] = message.split('\n');
  return said === '' ? told : [said, told, ...rest].join('\n');
}

/** The line of a file that a text names first, as `name:3` or `name line 3`; `undefined` if it names none. */
export function lineNamed(text: string, file: string): number | undefined {
  for (let at = text.indexOf(file); at !== -1; at = text.indexOf(file, at + file.length)) {
    const found = /^(?::| line )(\d{1,7})\b/.exec(text.slice(at + file.length, at + file.length + 14))?.[1];
    if (found !== undefined) return Number(found);
  }
  return undefined;
}

/** A report whose failed tests tell the line of the case, which `lineOf` finds in what a test says. */
export function withCaseLines(
  report: TestReport,
  source: string,
  lineOf: (message: string) => number | undefined,
): TestReport {
  const tests = report.tests.map((test) => {
    const { verdict, message = '' } = test;
    if (verdict === 'pass' || verdict === 'skip') return test;
    const told = withCaseLine(message, source, lineOf(message));
    return told === '' ? test : { ...test, message: told };
  });
  return { ...report, tests };
}
