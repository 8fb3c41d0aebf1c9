import { testResult, type TestReport, type TestResult } from './report.ts';

const verdicts: Readonly<Record<string, TestResult['verdict']>> = {
  PASS: 'pass',
  FAIL: 'fail',
  SKIP: 'skip',
};

/**
 * Reads what a test binary of Go prints under `-test.v`: `=== RUN`, then the test's own lines, then `--- FAIL: Name`.
 * A panic ends them all: the test that ran last is an error, whether its verdict was printed before or not at all.
 */
export function readGoTest(printed: string): TestReport {
  const tests = new Map<string, TestResult>();
  const said = new Map<string, string[]>();
  const open = new Set<string>();
  let current: string | undefined;
  let panic: string | undefined;
  let complete = false;
  for (const line of printed.split('\n')) {
    const run = /^=== (RUN|CONT|NAME|PAUSE)\s+(\S+)$/.exec(line)?.[2];
    const [, word, name] = /^\s*--- (PASS|FAIL|SKIP): (\S+) \(/.exec(line) ?? [];
    if (run !== undefined) {
      current = run;
      if (!tests.has(run)) open.add(run);
    } else if (word !== undefined && name !== undefined) {
      open.delete(name);
      tests.set(name, testResult(name, verdicts[word]!, said.get(name)?.join('\n')));
      // Before Go 1.14's streaming, and for subtests, what a test logged follows its verdict.
      current = name;
    } else if (/^(PASS|FAIL|ok)\b/.test(line)) complete = true;
    else if (line.startsWith('panic: ')) {
      panic ??= line.replace(/ \[recovered\]$/, '');
      if (current !== undefined && tests.get(current)?.verdict === 'fail')
        tests.set(current, testResult(current, 'error', panic));
    } else if (current !== undefined && /^\s+\S+\.go:\d+: /.test(line))
      addLine(tests, said, current, line.trim());
  }
  for (const name of open) tests.set(name, testResult(name, 'error', panic ?? 'it did not end'));
  return { tests: [...tests.values()].filter((test) => saysOfItsOwn(test, tests)), complete };
}

/** A line that a test logged: before its verdict it is kept for it, after its verdict it goes to it. */
function addLine(
  tests: Map<string, TestResult>,
  said: Map<string, string[]>,
  name: string,
  line: string,
): void {
  said.set(name, [...(said.get(name) ?? []), line]);
  const known = tests.get(name);
  if (known !== undefined) tests.set(name, testResult(name, known.verdict, said.get(name)!.join('\n')));
}

/** A test that holds others repeats their verdict, unless it fails where they do not. */
function saysOfItsOwn({ name, verdict }: TestResult, tests: ReadonlyMap<string, TestResult>): boolean {
  const inside = [...tests.values()].filter((other) => other.name.startsWith(`${name}/`));
  if (inside.length === 0) return true;
  return (
    (verdict === 'fail' || verdict === 'error') &&
    inside.every((other) => other.verdict !== 'fail' && other.verdict !== 'error')
  );
}
