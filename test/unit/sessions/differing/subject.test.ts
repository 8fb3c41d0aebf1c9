import assert from 'node:assert/strict';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import { subjectOf } from '../../../../src/sessions/differing/subject.ts';

const add = 'def add(a, b):\n    return a + b\n';

function seedsOf(codes: readonly string[], facts: Partial<Task>): unknown {
  const answers = codes.map((text, index) => ({ id: `m${index}`, text }));
  const subject = subjectOf({ id: 't', language: 'python', prompt: '', answers, ...facts }, codes);
  const called = subject?.sample.kind === 'call' ? subject.sample.function : subject?.sample.kind;
  return subject && [called, ...subject.seeds];
}

describe('what is varied in a task', () => {
  it('is the arguments of its calls, and those that its prompt shows', () => {
    const cases: Case[] = [{ id: 'c', origin: 'task', kind: 'call', args: [1, 2] }];
    assert.deepEqual(seedsOf([add, add], { entry: 'add', prompt: 'add(3, 4) is 7', cases }), [
      undefined,
      [1, 2],
      [3, 4],
    ]);
  });

  it('is the input of its cases, and what its prompt shows, without lines that only separate', () => {
    const cases: Case[] = [{ id: 'c', origin: 'task', kind: 'stdin', input: '1\n\n2\n', output: '' }];
    const prompt = 'Examples\nInput\n5\n6\nOutput\n11\n';
    assert.deepEqual(seedsOf([add, add], { prompt, cases }), ['stdin', '1\n\n2\n', '1\n2\n', '5\n6\n']);
  });

  it('is the literal arguments of its unit tests', () => {
    const source = 'class T(TestCase):\n    def test(self):\n        self.assertEqual(add(1, -1), 0)\n';
    const cases: Case[] = [{ id: 'c', origin: 'task', kind: 'unit', source }];
    assert.deepEqual(seedsOf([`def helper(x): pass\n${add}`, add], { cases }), ['add', [1, -1]]);
  });

  it('is made from the prompt or the definition if there is no case', () => {
    assert.deepEqual(seedsOf([add, add], { prompt: '>>> add(2, 2)\n4' }), ['add', [2, 2]]);
    const [name, first] = seedsOf([add, 'def add(x: int, y: int): return x\n'], {}) as unknown[];
    assert.equal(name, 'add');
    assert.equal((first as unknown[]).length, 2);
    const program = 'print(int(input()) + 1)\n';
    assert.deepEqual(seedsOf([program, program], { prompt: 'Input\n5\nOutput\n6\n' }), ['stdin', '5\n']);
  });

  it('is nothing if nothing says how the answers are started', () => {
    assert.equal(seedsOf(['print(1)\n', 'print(2)\n'], {}), undefined);
  });
});
