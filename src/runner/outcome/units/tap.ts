import { testResult, type TestReport, type TestResult } from './report.ts';

/**
 * Reads the Test Anything Protocol: a plan `1..N`, then `ok 1 - name` or `not ok 2 - name # TODO why`.
 * Subtests are indented and count as part of the line that follows them. Test::More says in the error output why a test
 * failed.
 */
export function readTap(sent: string, errors = ''): TestReport {
  const tests: TestResult[] = [];
  const said = diagnosticsIn(errors);
  let plan: number | undefined;
  for (const line of sent.split('\n')) {
    const planned = /^1\.\.(\d+)/.exec(line)?.[1];
    if (planned !== undefined) plan = Number(planned);
    if (line.startsWith('Bail out!')) tests.push(testResult('Bail out!', 'error', line));
    const [, not, number, rest = ''] = /^(not )?ok\b ?(\d*)(?!\d)(.*)$/.exec(line) ?? [];
    if (number === undefined) continue;
    const directive = /# *(?:skip|todo)\b/i.exec(rest)?.index;
    const name = rest
      .slice(0, directive)
      .replace(/^ ?-? ?/, '')
      .trimEnd();
    const verdict = directive === undefined ? (not === undefined ? 'pass' : 'fail') : 'skip';
    const message = verdict === 'fail' ? said.get(name)?.pop() : undefined;
    tests.push(testResult(name === '' ? `test ${number}` : name, verdict, message));
  }
  const ran = tests.filter(({ name }) => name !== 'Bail out!').length;
  return { tests, complete: plan !== undefined && plan === ran };
}

/** What Test::More says of failed tests, by name, the last first: `got: '3' expected: '4' at tests.t line 3.` */
function diagnosticsIn(errors: string): Map<string, string[]> {
  const said = new Map<string, string[]>();
  for (const [, name = '', place, rest] of errors.matchAll(
    /^#   Failed test(?: '(.*)')?\n#   (at .+)\n((?:# {2,}(?!Failed test).*\n?)*)/gm,
  )) {
    const why = rest!
      .split('\n')
      .map((line) => line.replace(/^#/, '').trim())
      .join(' ')
      .trim();
    const before = said.get(name) ?? [];
    before.push([why, place].filter((part) => part !== '').join('\n'));
    said.set(name, before);
  }
  for (const messages of said.values()) messages.reverse();
  return said;
}
