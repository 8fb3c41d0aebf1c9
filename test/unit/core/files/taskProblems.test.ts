import assert from 'node:assert/strict';
import { taskDoubts } from '../../../src/core/taskDoubts.ts';
import { taskSchema } from '../../../src/core/task.ts';
import { readSamples } from '../../../scripts/lib/samples.mjs';

function doubts(changes: Record<string, unknown>, rubricIds?: string[]): string[] {
  const answers = [
    { id: 'a', text: 'def chunk(items):\n    return items' },
    { id: 'b', text: 'def chunk(items):\n    return []' },
  ];
  const task = taskSchema.parse({ id: 't', language: 'python', prompt: 'p', answers, ...changes });
  return taskDoubts(task, rubricIds).map(
    ({ path, severity, message }) => `${severity} ${path.join('.')}: ${message}`,
  );
}

const call = { id: 'one', kind: 'call', args: [], expected: 1 };

describe('what is doubtful of a task', () => {
  it('is nothing of the samples', () => {
    const rubrics = ['general', 'algorithmic', 'sql', 'security', 'frontend'];
    for (const { task } of readSamples()) assert.deepEqual(taskDoubts(taskSchema.parse(task), rubrics), []);
  });

  it('is a case that calls what no answer has', () => {
    const [wrong] = doubts({ cases: [{ ...call, function: 'chnk' }] });
    assert.equal(wrong, 'warning cases.0.function: No answer defines “chnk”. Did you mean “chunk”?');
    assert.deepEqual(doubts({ cases: [{ ...call, function: 'chunk' }] }), []);
    assert.match(doubts({ cases: [call] })[0]!, /^warning cases\.0\.id: .* names no function/);
    assert.match(doubts({ cases: [call], entry: 'split' })[0]!, /^warning entry: No answer defines “split”/);
    assert.deepEqual(doubts({ cases: [call], entry: 'chunk' }), []);
  });

  it('is a case that expects nothing', () => {
    const { expected: _, ...nothing } = call;
    assert.match(
      doubts({ cases: [nothing], entry: 'chunk' })[0]!,
      /^warning cases\.0\.id: .* expects nothing/,
    );
    assert.deepEqual(doubts({ cases: [{ ...nothing, throws: 'ValueError' }], entry: 'chunk' }), []);
  });

  it('is a winner that is no answer, a rubric that is not there, and two answers that are one', () => {
    const gold = { preference: { kind: 'better', winner: 'c', strength: 1 } };
    assert.match(doubts({ gold })[0]!, /^error gold\.preference\.winner: There is no answer “c”.*“a”, “b”/);
    assert.match(doubts({ rubric: 'genral' }, ['general'])[0]!, /^error rubric: There is no rubric “genral”/);
    const same = [
      { id: 'a', text: 'x' },
      { id: 'b', text: 'x\n' },
    ];
    assert.match(doubts({ answers: same })[0]!, /^warning answers\.1\.text: Both answers have the same text/);
  });

  it('is what is doubtful of its own rubric', () => {
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
    assert.match(doubts({ rubric })[0]!, /^warning rubric\.criteria\.1\.title/);
  });
});
