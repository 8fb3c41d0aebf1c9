import assert from 'node:assert/strict';
import { lacksNewline, withNewline, withNewlines } from '../../../../src/core/task/input.ts';
import type { Case } from '../../../../src/core/task/task.ts';
import { sampleTask } from '../../store/samples.ts';

const asCase = (facts: object): Case => ({ id: 'one', origin: 'task', ...facts }) as Case;
const stdin = (input: string): Case => asCase({ kind: 'stdin', input, output: '' });

describe('the input of a case', () => {
  const command = (input?: string) =>
    asCase({ kind: 'command', argv: ['cat'], expect: {}, ...(input === undefined ? {} : { input }) });
  const examples: readonly (readonly [Case, boolean])[] = [
    [stdin('1\n2'), true],
    [stdin('1\n2\n'), false],
    [stdin(''), false],
    [stdin('1\r'), true],
    [command('1'), true],
    [command('1\n'), false],
    [command(), false],
    [asCase({ kind: 'call', args: [], expected: 1 }), false],
  ];
  for (const [testCase, lacks] of examples)
    it(`${lacks ? 'lacks' : 'needs no'} newline: ${JSON.stringify(testCase)}`, () => {
      assert.equal(lacksNewline(testCase), lacks);
      assert.ok(!lacksNewline(withNewline(testCase)));
      if (!lacks) assert.equal(withNewline(testCase), testCase);
    });

  it('gets a newline, and nothing else of the task changes', () => {
    const cases = [stdin('1\n2'), stdin('3\n')];
    const task = { ...sampleTask('t'), cases };
    assert.deepEqual(withNewlines(task), { ...task, cases: [{ ...cases[0], input: '1\n2\n' }, cases[1]] });
    const ended = { ...task, cases: [cases[1]!] };
    assert.equal(withNewlines(ended), ended);
  });
});
