import { testResult, type TestReport, type TestResult } from './report.ts';

/**
 * Reads TeamCity service messages, with which PHPUnit reports each test: `##teamcity[testFailed name='…' …]`. Each is one
 * line, in which a newline is written as `|n`.
 */
export function readTeamcity(sent: string): TestReport {
  const tests: TestResult[] = [];
  const suites: string[] = [];
  const bad = new Set<string>();
  for (const [, event, rest] of sent.matchAll(/^##teamcity\[(\w+)(?!\w)((?:[^\]|\n]|\|.)*)\]/gm)) {
    const facts = new Map(
      [...rest!.matchAll(/(?<!\w)(\w+)='((?:[^'|]|\|.)*)'/g)].map(([, name, value]) => [
        name!,
        unescape(value!),
      ]),
    );
    const name = facts.get('name') ?? '';
    const message = [facts.get('message'), facts.get('details')].filter(Boolean).join('\n');
    if (event === 'testSuiteStarted') suites.push(name);
    else if (event === 'testSuiteFinished') suites.pop();
    else if (event === 'testIgnored') {
      tests.push(testResult(name, 'skip', message));
      bad.add(name);
    } else if (event === 'testFailed') {
      // PHPUnit names the class of the exception. PHPUnit's own classes are failed assertions.
      const failed =
        /^(Failed asserting|.*ExpectationFailedException|.*AssertionFailedError|.*AssertionError)/.test(
          message,
        );
      tests.push(testResult(name, failed ? 'fail' : 'error', message));
      bad.add(name);
    } else if (event === 'testFinished' && !bad.delete(name)) tests.push(testResult(name, 'pass'));
  }
  return { tests, complete: suites.length === 0 && /^##teamcity\[testSuiteFinished/m.test(sent) };
}

/** Decodes `|'`, `|n`, `|0x1234` and the like. */
function unescape(text: string): string {
  return text.replace(/\|(0x([0-9a-fA-F]{4})|.)/g, (_, word: string, code: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return { n: '\n', r: '\r' }[word] ?? word;
  });
}
