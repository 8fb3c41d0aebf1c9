import { strict as assert } from 'node:assert';
import { languageContext } from '../../../../src/sessions/review/languageContext.ts';
import type { CaseResult } from '../../../../src/core/run/run.ts';
import type { Case } from '../../../../src/core/task/task.ts';
import { languageContextSchema } from '../../../../src/protocol/language.ts';
import { result } from '../../../fixtures/rationaleContext.ts';
import { context } from '../../language/samples.ts';

type Session = Parameters<typeof languageContext>[0];

const call: Case = {
  id: 'empty',
  origin: 'task',
  kind: 'call',
  function: 'chunk',
  args: [[], '3'],
  expected: '3',
};

function resultOf(change: Partial<CaseResult>): CaseResult {
  return { ...result('empty', 'fail'), ...change };
}

function shown(side: 'A' | 'B') {
  return { side, shownFiles: [{ path: 'solution.py', text: 'x = 1\n' }] };
}

/** A session with one case and A's result of it. */
function session(testCase: Case, ofA: CaseResult): Session {
  return {
    answers: [shown('A'), shown('B')],
    board: { results: (side: string) => (side === 'A' ? [ofA] : []) },
    cases: [testCase],
    context: () => ({ ...context().rationale, results: { A: [ofA], B: [] } }),
    task: { language: 'python' },
  } as unknown as Session;
}

const uriOf = (side: string, path: string) => `file:///answers/${side}/${path}`;

describe('the context for the language server', () => {
  it('fits the schema of the message', () => {
    const told = languageContext(session(call, resultOf({ tests: [{ name: 't', verdict: 'pass' }] })), uriOf);
    assert.deepEqual(languageContextSchema.parse(structuredClone(told)), told);
  });

  it('distinguishes texts from numbers in returned values', () => {
    const [testCase] = languageContext(session(call, resultOf({ expected: '3', actual: 3 })), uriOf).cases;
    assert.equal(testCase?.input, 'chunk([], "3")');
    assert.equal(testCase?.expected, '"3"');
    assert.deepEqual(testCase?.results, { A: { verdict: 'fail', actual: '3' } });
  });

  it('shows the output of a program unchanged', () => {
    const stdin: Case = { id: 'empty', origin: 'task', kind: 'stdin', input: '1 2\n', output: '3\n' };
    const [testCase] = languageContext(session(stdin, resultOf({ actual: '4\n' })), uriOf).cases;
    assert.equal(testCase?.expected, '3\n');
    assert.equal(testCase?.results.A?.actual, '4\n');
  });

  it('sends no more of an output than a hover can show', () => {
    const huge = 'x'.repeat(2_000_000);
    const printed = resultOf({ actual: huge, expected: huge, stdout: huge, stderr: `${huge}ValueError: no` });
    const told = languageContext(session(call, printed), uriOf);
    assert.ok(JSON.stringify(told).length < 50_000);
    assert.match(told.cases[0]?.results.A?.stderr ?? '', /ValueError: no$/);
  });

  it('has the URI of each file', () => {
    const { fileLinks } = languageContext(session(call, resultOf({})), uriOf);
    assert.deepEqual(
      fileLinks.map(({ uri }) => uri),
      ['file:///answers/A/solution.py', 'file:///answers/B/solution.py'],
    );
  });
});
