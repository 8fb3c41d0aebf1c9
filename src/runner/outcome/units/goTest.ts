import { testResult, type TestReport, type TestResult } from './report.ts';

const verdicts: Readonly<Record<string, TestResult['verdict']>> = {
  PASS: 'pass',
  FAIL: 'fail',
  SKIP: 'skip',
};

/** The verdict on a test, and the panic that ended it; without a panic, what the test logged is its message. */
interface Ended {
  verdict: TestResult['verdict'];
  panic?: string | undefined;
}

/** The characters of a test's log that are kept; `testResult` shows no more. */
const keptOfLog = 2000;

/**
 * Reads what a Go test binary prints under `-test.v`: `=== RUN`, then the test's own lines, then `--- FAIL:
 * Name`. A panic ends all tests: the test that ran last is an error, whether or not its verdict was printed.
 */
export function readGoTest(printed: string): TestReport {
  const tests = new Map<string, Ended>();
  const logs = createLogs();
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
      tests.set(name, { verdict: verdicts[word]! });
      // Before Go 1.14, and for subtests, the log of a test follows its verdict.
      current = name;
    } else if (/^(PASS|FAIL|ok)\b/.test(line)) complete = true;
    else if (line.startsWith('panic: ')) {
      panic ??= line.replace(/ \[recovered\]$/, '');
      if (current !== undefined && tests.get(current)?.verdict === 'fail')
        tests.set(current, { verdict: 'error', panic });
    } else if (current !== undefined && /^\s+\S+\.go:\d+: /.test(line)) {
      logs.add(current, line.trim());
      const ended = tests.get(current);
      if (ended !== undefined) ended.panic = undefined;
    }
  }
  for (const name of open) tests.set(name, { verdict: 'error', panic: panic ?? 'the test did not finish' });
  const results = [...tests].map(([name, ended]) =>
    testResult(name, ended.verdict, ended.panic ?? logs.of(name)),
  );
  const repeats = parentsIn(tests);
  return { tests: results.filter((_, index) => !repeats[index]), complete };
}

/** What each test logged, as far as it is shown. */
function createLogs() {
  const logs = new Map<string, string>();
  return {
    of: (name: string): string | undefined => logs.get(name),
    add(name: string, line: string): void {
      const before = logs.get(name);
      if (before === undefined) logs.set(name, line);
      else if (before.length < keptOfLog) logs.set(name, `${before}\n${line}`);
    },
  };
}

/**
 * For each test, whether it only repeats the verdicts of its subtests: it has subtests, and it passed, or one of them
 * failed too. The subtests of a test follow each other in the order of the names.
 */
function parentsIn(tests: ReadonlyMap<string, Ended>): boolean[] {
  const isBad = ({ verdict }: Ended): boolean => verdict === 'fail' || verdict === 'error';
  const sorted = [...tests].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = sorted.map(([name]) => name);
  /** How many of the first tests failed. */
  const failed = [0];
  for (const [, ended] of sorted) failed.push(failed.at(-1)! + (isBad(ended) ? 1 : 0));
  return [...tests].map(([name, ended]) => {
    // "0" is the character after "/".
    const [from, to] = [placeIn(names, `${name}/`), placeIn(names, `${name}0`)];
    return from < to && (!isBad(ended) || failed[to]! > failed[from]!);
  });
}

/** The index of the first of the sorted texts that is not before `text`. */
function placeIn(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
