import { testResult, type TestReport, type TestResult } from './report.ts';

/**
 * Reads the Test Anything Protocol: a plan `1..N`, then `ok 1 - name` or `not ok 2 - name # TODO why`. Subtests are
 * indented and count as part of the line that follows them.
 */
export function readTap(sent: string): TestReport {
  const tests: TestResult[] = [];
  let plan: number | undefined;
  for (const line of sent.split('\n')) {
    const planned = /^1\.\.(\d+)/.exec(line)?.[1];
    if (planned !== undefined) plan = Number(planned);
    if (line.startsWith('Bail out!')) tests.push(testResult('Bail out!', 'error', line));
    const [, not, number, rest = ''] = /^(not )?ok\b ?(\d*)(.*)$/.exec(line) ?? [];
    if (number === undefined) continue;
    const [, name = '', directive] = /^ ?-? ?(.*?)\s*(?:# *(skip|todo)\b.*)?$/i.exec(rest) ?? [];
    const verdict = directive === undefined ? (not === undefined ? 'pass' : 'fail') : 'skip';
    tests.push(testResult(name === '' ? `test ${number}` : name, verdict));
  }
  const ran = tests.filter(({ name }) => name !== 'Bail out!').length;
  return { tests, complete: plan !== undefined && plan === ran };
}
