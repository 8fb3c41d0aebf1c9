import assert from 'node:assert/strict';
import type { ExchangeData } from '../../../../src/core/exchange/exporter.ts';
import { testSet } from '../../../../src/core/exchange/testSet.ts';
import { swappedDuplicate } from '../../../../src/core/task/duplicate.ts';
import { parseJson } from '../../../../src/core/text/exactNumber.ts';
import type { Json } from '../../../../src/core/text/json.ts';
import type { Case, Task } from '../../../../src/core/task/task.ts';
import { readTaskLine } from '../../../../src/core/files/taskfile.ts';
import { better, inspected, leftOut, reviewOf, solved, taskOf } from './data.ts';

function caseOf(id: string, expected: number, changes: Partial<Case> = {}): Case {
  return { id, kind: 'call', args: [1], expected, origin: 'task', ...changes } as Case;
}

/** The tasks that the export reads back as. */
function readBack(data: ExchangeData): Task[] {
  return testSet.export(data).lines.map((text, index) => {
    const line = readTaskLine(text, { file: 'set.jsonl', line: index + 1 });
    assert.ok(line.kind === 'task', JSON.stringify(line));
    return line.task;
  });
}

describe('cases as a test set', () => {
  const own = (id: string, expected: number) => caseOf(id, expected, { origin: 'evaluator' });
  const task = taskOf('sum', {
    cases: [caseOf('one', 1)],
    entry: 'add',
    files: [{ path: 'lib.py', text: 'x = 1\n' }],
    gold: { preference: better('left') },
    source: { licence: 'MIT' },
  });
  const reviews = [
    reviewOf(1, task, better('left'), { cases: [own('case-1', 2), own('case-2', 1)] }),
    reviewOf(2, task, null, { evaluator: 'bob', cases: [own('case-1', 3), own('case-3', 2)] }),
  ];
  const data = { tasks: [task, taskOf('bare')], reviews, skips: [] };

  it('has the distinct cases of the task and of every evaluator, each with a unique id', () => {
    const [set, more] = readBack(data);
    assert.equal(more, undefined);
    assert.deepEqual(
      set!.cases!.map((each) => [each.id, each.origin, 'expected' in each && each.expected]),
      [
        ['one', 'task', 1],
        ['case-1', 'task', 2],
        ['case-1-2', 'task', 3],
      ],
    );
  });

  it('keeps the type and the digits of numbers', () => {
    const numbers = '[2.0,-0.0,1e3,12345678901234567891]';
    const value = parseJson(numbers) as Json[];
    const [first] = readBack({
      ...data,
      tasks: [taskOf('n', { cases: [{ ...caseOf('n', 1), args: value, expected: value } as Case] })],
    });
    const [given] = first!.cases!;
    assert.ok(given?.kind === 'call');
    assert.deepEqual([JSON.stringify(given.args), JSON.stringify(given.expected)], [numbers, numbers]);
  });

  it('imports as a separate task to solve, with everything that its cases need and without the judged answers', () => {
    const [set] = readBack(data);
    const { cases: _cases, ...rest } = set!;
    assert.deepEqual(rest, {
      id: 'sum/cases',
      language: 'python',
      prompt: 'Add for sum',
      files: task.files,
      entry: 'add',
      source: { licence: 'MIT' },
      answers: [{ id: 'start', text: '' }],
      ask: ['ideal', 'cases'],
    });
  });

  it('has the ideal as the reference, instead of the task’s own', () => {
    const known = taskOf('sum', { cases: [caseOf('one', 1)], reference: 'def add(): ...' });
    assert.equal(readBack({ tasks: [known], reviews: [], skips: [] })[0]!.reference, known.reference);
    const [set] = readBack({ tasks: [known], reviews: [], skips: [], ledger: [solved(9, known)] });
    assert.match(set!.reference!, /^```python\ndef chunk/);
  });

  it('reports tasks without cases, left-out cases, and what it cannot hold', () => {
    const ledger = [inspected(11, 2, { kind: 'reject', reason: 'copied' })];
    assert.deepEqual(leftOut(testSet, { ...data, ledger }), {
      'without a case': 1,
      'with cases, rejected by a reviewer': 1,
    });
    assert.deepEqual(testSet.export(data).report.dropped, [
      'the answers and all that was said of them (of 1)',
      'known verdict (of 1)',
      'who wrote a case (of 1)',
    ]);
  });

  it('contains no hidden duplicates, and limits the length of ids', () => {
    const long = taskOf('x'.repeat(200), { cases: [caseOf('one', 1)] });
    const tasks = [task, swappedDuplicate(task, 'ada', 's', () => false), long];
    assert.deepEqual(
      readBack({ tasks, reviews: [], skips: [] }).map(({ id }) => id),
      ['sum/cases', `${'x'.repeat(194)}/cases`],
    );
  });
});
