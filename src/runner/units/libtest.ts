import { testResult, type TestReport, type TestResult } from './report.ts';

const verdicts: Readonly<Record<string, TestResult['verdict']>> = {
  ok: 'pass',
  FAILED: 'fail',
  ignored: 'skip',
};

/** Reads what Rust's own test harness prints: `test name ... ok`, then of each failure what it printed and its panic. */
export function readLibtest(printed: string): TestReport {
  const messages = new Map<string, string>();
  for (const [, name, said] of printed.matchAll(
    /^---- (\S+) stdout ----\n([\s\S]*?)(?=\n---- |\nfailures:|\n*$(?![\s\S]))/gm,
  )) {
    messages.set(name!, panicOf(said!));
  }
  const tests = [...printed.matchAll(/^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED|ignored)/gm)].map(
    ([, name, word]) => testResult(name!, verdicts[word!]!, messages.get(name!)),
  );
  return { tests, complete: /^test result: (ok|FAILED)\./m.test(printed) };
}

/** What a panic says, by the way of older compilers (on its first line, in quotes) and of newer ones (on the next). */
function panicOf(said: string): string {
  const older = /panicked at '([\s\S]*)', \S+:\d+:\d+/.exec(said)?.[1];
  const newer = /panicked at \S+:\d+:\d+:\n([\s\S]*?)(?:\nstack backtrace:|\nnote: |$(?![\s\S]))/.exec(
    said,
  )?.[1];
  return (older ?? newer ?? said).trim();
}
