import assert from 'node:assert/strict';
import type { Task } from '../../../../src/core/task/task.ts';
import { createDrivers } from '../../../../src/runner/driver/drivers.ts';
import { findDifferences, programsOf } from '../../../../src/sessions/differing/findDifferences.ts';
import { createTestRunner, needsSandbox, needsToolchain, sandbox } from '../../runner/harness.ts';

const task: Task = {
  id: 'add',
  language: 'python',
  prompt: 'Write `add(a, b)` that returns the sum of two integers.',
  entry: 'add',
  answers: [
    { id: 'right', text: '```python\ndef add(a, b):\n    return a + b\n```\n' },
    { id: 'wrong', text: '```python\ndef add(a, b):\n    return abs(a) + abs(b)\n```\n' },
  ],
  cases: [
    { id: 'small', kind: 'call', origin: 'task', args: [1, 2], expected: 3, comparator: { kind: 'exact' } },
    { id: 'negative', kind: 'call', origin: 'task', args: [-1, -2], expected: -3 },
  ],
};
const { runner, toolchains } = createTestRunner();
const drivers = createDrivers({ sandbox, toolchains, trusted: () => true }, runner);
const services = { runner, drivers };
const budget = { ms: 5000, enoughPairs: 20 };

describe('the differences of two answers', () => {
  before(needsSandbox());
  before(needsToolchain('python'));

  it('come with a run of each answer in the given order, which has a case for each of them', async () => {
    const [right, wrong] = programsOf(task, toolchains);
    const found = await findDifferences(services, { task, programs: [wrong, right] }, { budget });
    assert.ok(found.witnesses.length > 0);
    assert.deepEqual(
      found.runs.map(({ answerId }) => answerId),
      ['wrong', 'right'],
    );
    const [a, b] = found.runs;
    const ids = found.witnesses.map(({ case: { id } }) => id);
    for (const { cases, results } of [a!, b!]) {
      assert.deepEqual(
        cases.map(({ id }) => id),
        ids,
      );
      assert.deepEqual(
        results.map(({ caseId }) => caseId),
        ids,
      );
    }
    for (const [index, testCase] of a!.cases.entries()) {
      assert.ok(testCase.kind === 'call' && testCase.expected === undefined);
      assert.deepEqual(testCase.comparator, { kind: 'exact' });
      const [x, y] = testCase.args.map(Number);
      assert.equal(Number(b!.results[index]!.actual), x! + y!);
      assert.equal(Number(a!.results[index]!.actual), Math.abs(x!) + Math.abs(y!));
    }
  });

  it('are none without a run, and a stopped search says so', async () => {
    const [right] = programsOf(task, toolchains);
    const same = await findDifferences(
      services,
      { task, programs: [right, right] },
      { budget: { ms: 200 }, seed: 7 },
    );
    assert.deepEqual([same.witnesses, same.runs, same.seed, same.cancelled], [[], [], 7, false]);
    const stop = new AbortController();
    const stopped = await findDifferences(
      services,
      { task, programs: [right, right] },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    assert.ok(stopped.cancelled && stopped.pairs > 0);
  });
});
