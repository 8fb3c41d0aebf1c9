import assert from 'node:assert/strict';
import { taskProblems } from '../../../../src/core/files/taskProblems.ts';
import { taskSchema } from '../../../../src/core/task/task.ts';
import { readSamples } from '../../../../scripts/lib/samples.mjs';

function problems(changes: Record<string, unknown>, rubricIds?: string[]): string[] {
  const answers = [
    { id: 'a', text: 'def chunk(items):\n    return items' },
    { id: 'b', text: 'def chunk(items):\n    return []' },
  ];
  const task = taskSchema.parse({ id: 't', language: 'python', prompt: 'p', answers, ...changes });
  return taskProblems(task, rubricIds).map(
    ({ path, severity, message }) => `${severity} ${path.join('.')}: ${message}`,
  );
}

const call = { id: 'one', kind: 'call', args: [], expected: 1 };

describe('problems of a task', () => {
  it('are not found in the samples', () => {
    const rubrics = ['general', 'algorithmic', 'sql', 'security', 'frontend'];
    for (const { task } of readSamples()) assert.deepEqual(taskProblems(taskSchema.parse(task), rubrics), []);
  });

  it('include a case that calls a function that no answer has', () => {
    const [wrong] = problems({ cases: [{ ...call, function: 'chnk' }] });
    assert.equal(wrong, 'warning cases.0.function: No answer defines “chnk”. Did you mean “chunk”?');
    assert.deepEqual(problems({ cases: [{ ...call, function: 'chunk' }] }), []);
    assert.match(problems({ cases: [call] })[0]!, /^warning cases\.0\.id: .* names no function/);
    assert.match(
      problems({ cases: [call], entry: 'split' })[0]!,
      /^warning entry: No answer defines “split”/,
    );
    assert.deepEqual(problems({ cases: [call], entry: 'chunk' }), []);
  });

  it('include a case that expects nothing', () => {
    const { expected: _, ...nothing } = call;
    assert.match(
      problems({ cases: [nothing], entry: 'chunk' })[0]!,
      /^warning cases\.0\.id: .* expects nothing/,
    );
    assert.deepEqual(problems({ cases: [{ ...nothing, throws: 'ValueError' }], entry: 'chunk' }), []);
  });

  it('include an unknown winner, an unknown rubric, and two equal answers', () => {
    const gold = { preference: { kind: 'better', winner: 'c', strength: 1 } };
    assert.match(problems({ gold })[0]!, /^error gold\.preference\.winner: There is no answer “c”.*“a”, “b”/);
    assert.match(
      problems({ rubric: 'genral' }, ['general'])[0]!,
      /^error rubric: There is no rubric “genral”/,
    );
    const same = [
      { id: 'a', text: 'x' },
      { id: 'b', text: 'x\n' },
    ];
    assert.match(
      problems({ answers: same })[0]!,
      /^warning answers\.1\.text: Both answers have the same text/,
    );
  });

  it('include problems of its own rubric', () => {
    const criterion = {
      title: 'C',
      description: '',
      scale: [
        { value: 1, meaning: '' },
        { value: 2, meaning: '' },
      ],
    };
    const rubric = {
      id: 'r',
      title: 'R',
      criteria: [
        { id: 'c', ...criterion },
        { id: 'd', ...criterion },
      ],
    };
    assert.match(problems({ rubric })[0]!, /^warning rubric\.criteria\.1\.title/);
  });
});
