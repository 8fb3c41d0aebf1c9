import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { blindView, shownOrder } from '../../../../src/core/task/blind.ts';
import type { Task } from '../../../../src/core/task/task.ts';

/** A word that occurs nowhere by chance, so that finding it means that it leaked. */
function secret(index: number): string {
  return `s3cr3t-${index}-zq`;
}

const shownText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('def f(): pass', '__proto__', '</script>'),
);
const caseShape = fc.record({
  id: fc.constantFrom('c1', 'empty list', '__proto__', 'constructor'),
  kind: fc.constant('stdin' as const),
  origin: fc.constantFrom('task' as const, 'evaluator' as const),
  input: shownText,
  output: shownText,
});

/** A task of hostile texts, in which everything that must stay hidden is one of the secrets. */
const hostileTask: fc.Arbitrary<Task> = fc
  .record({
    language: fc.constantFrom('python', 'sql'),
    prompt: shownText,
    texts: fc.tuple(shownText, shownText),
    cases: fc.array(caseShape, { maxLength: 1 }),
    extras: fc.boolean(),
  })
  .map(({ language, prompt, texts, cases, extras }) => {
    const task: Task = {
      id: 'task-1',
      language,
      prompt,
      cases,
      answers: texts.map((text, index) => ({ id: secret(index), text, model: secret(index + 2) })),
      reference: `# ${secret(4)}\nprint("${secret(5)}")`,
      gold: { preference: { kind: 'better', winner: secret(1), strength: 3 }, rationale: secret(6) },
      source: { repository: secret(7), nested: [{ path: secret(8) }] },
    };
    // A field that the schema does not have must not slip through either.
    return extras ? ({ ...task, hint: secret(9), __proto__: { model: secret(10) } } as Task) : task;
  });

describe('blindView', () => {
  it('shows nothing of the models, the reference, the gold, the source or the answer ids', () => {
    fc.assert(
      fc.property(hostileTask, fc.string(), (task, evaluator) => {
        const view = JSON.stringify(blindView(task, shownOrder(task, evaluator)));
        assert.doesNotMatch(view, /s3cr3t/);
        for (const key of ['model', 'reference', 'gold', 'source', 'hint'])
          assert.ok(!view.includes(`"${key}":`), key);
      }),
      { numRuns: 300 },
    );
  });

  it('masks the names that an answer gives itself', () => {
    const task: Task = {
      id: 't',
      language: 'python',
      prompt: 'Add.',
      answers: [{ id: 'x', text: 'As Claude, I add.' }],
    };
    const [answer] = blindView(task, ['x']).answers;
    assert.equal(answer?.text, 'As [model], I add.');
    assert.equal(answer?.masks.length, 1);
  });

  it('shows the answers on the sides of the order', () => {
    const answers = [
      { id: 'x', text: 'first' },
      { id: 'y', text: 'second' },
    ];
    const view = blindView({ id: 't', language: 'python', prompt: '', answers }, ['y', 'x']);
    assert.deepEqual(
      view.answers.map(({ side, text }) => [side, text]),
      [
        ['A', 'second'],
        ['B', 'first'],
      ],
    );
  });

  it('refuses an order that names another answer', () => {
    const task = { id: 't', language: 'python', prompt: '', answers: [{ id: 'x', text: '' }] };
    assert.throws(() => blindView(task, ['z']), RangeError);
  });
});

describe('shownOrder', () => {
  const answers = [
    { id: 'x', text: '' },
    { id: 'y', text: '' },
  ];

  it('puts each answer first for about half of the tasks, and for about half of the evaluators', () => {
    const count = 2000;
    const numbers = Array.from({ length: count }, (_, index) => String(index));
    const byTask = numbers.filter((id) => shownOrder({ id, answers }, 'ada')[0] === 'x').length;
    const byEvaluator = numbers.filter((name) => shownOrder({ id: 'task', answers }, name)[0] === 'x').length;
    // Four standard deviations of a fair coin: 2000 tosses stray further once in 16,000 times, and these are fixed.
    for (const first of [byTask, byEvaluator])
      assert.ok(Math.abs(first - count / 2) < 4 * Math.sqrt(count / 4), `${first}`);
  });

  it('stays the same, whatever the order in the file', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (id, evaluator) => {
        const order = shownOrder({ id, answers }, evaluator);
        assert.deepEqual(shownOrder({ id, answers: answers.toReversed() }, evaluator), order);
        assert.deepEqual(order.toSorted(), ['x', 'y']);
      }),
    );
  });
});
