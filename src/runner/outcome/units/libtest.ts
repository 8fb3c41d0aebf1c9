import { testResult, type TestReport, type TestResult } from './report.ts';

const verdicts: Readonly<Record<string, TestResult['verdict']>> = {
  ok: 'pass',
  FAILED: 'fail',
  ignored: 'skip',
};

/**
 * Reads what Rust's test harness prints: `test name ... ok`, then for each failure its output and its panic.
 */
export function readLibtest(printed: string): TestReport {
  const messages = messagesIn(printed);
  const tests = [...printed.matchAll(/^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/gm)].map(
    ([, name, word]) => testResult(name!, verdicts[word!]!, messages.get(name!)),
  );
  return { tests, complete: /^test result: (ok|FAILED)\./m.test(printed) };
}

/** What each failed test printed, from its header to the next header or to the list of failures. */
function messagesIn(printed: string): Map<string, string> {
  const said = new Map<string, string[]>();
  let lines: string[] | undefined;
  for (const line of printed.split('\n')) {
    const isFirst = lines?.length === 0;
    if (!isFirst && (line.startsWith('---- ') || line.startsWith('failures:'))) {
      const name = /^---- (\S+) stdout ----$/.exec(line)?.[1];
      lines = name === undefined ? undefined : [];
      if (name !== undefined) said.set(name, lines!);
    } else lines?.push(line);
  }
  return new Map([...said].map(([name, each]) => [name, panicOf(each.join('\n'))]));
}

/**
 * The message of a panic, and below it the place: older compilers print the message on the first line, in quotes, newer
 * ones on the next line.
 */
function panicOf(said: string): string {
  const older = olderPanic(said);
  const [, newerPlace, newer] =
    /panicked at (\S+:\d+):\d+:\n([\s\S]*?)(?:\nstack backtrace:|\nnote: |$(?![\s\S]))/.exec(said) ?? [];
  const message = older?.message ?? newer;
  if (message === undefined) return said.trim();
  return `${message.trim()}\nat ${older?.place ?? newerPlace}`;
}

/** The message in quotes and the place after it; the message may contain quotes. */
function olderPanic(said: string): { readonly message: string; readonly place: string } | undefined {
  const opening = "panicked at '";
  const start = said.indexOf(opening);
  if (start === -1) return undefined;
  const rest = said.slice(start + opening.length);
  const end = [...rest.matchAll(/', (\S+:\d+):\d+/g)].at(-1);
  return end === undefined ? undefined : { message: rest.slice(0, end.index), place: end[1]! };
}
