import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { differencesSchema } from '../../../src/core/differing/record.ts';
import { skipBecause } from '../../skip.ts';
import { Workplace } from './tiebreak.ts';

const call = {
  id: 'largest',
  language: 'python',
  prompt: 'Write largest(xs), the largest number of a list. 1 <= len(xs) <= 10',
  entry: 'largest',
  answers: [
    { id: 'right', text: 'def largest(xs): return max(xs)\n' },
    { id: 'wrong', text: 'def largest(xs): return xs[-1]\n' },
  ],
  cases: [{ id: 'one', kind: 'call', args: [[1, 2]], expected: 2 }],
};
const stdin = {
  id: 'sum',
  language: 'python',
  prompt: 'Read n and n numbers. Print their sum.',
  answers: [
    { id: 'right', text: 'n = int(input())\nprint(sum(map(int, input().split())))\n' },
    { id: 'wrong', text: 'n = int(input())\nprint(sum(set(map(int, input().split()))))\n' },
  ],
  cases: [{ id: 'two', kind: 'stdin', input: '3\n1 2 4\n', output: '7\n' }],
};
const same = { ...call, id: 'same', answers: [call.answers[0], { ...call.answers[0], id: 'again' }] };

describe('tiebreak differ', function () {
  let place: Workplace;
  before(function () {
    if (spawnSync('bwrap', ['--version']).error !== undefined) skipBecause(this, 'bubblewrap is missing');
    if (spawnSync('python3', ['--version']).error !== undefined) skipBecause(this, 'Python is missing');
  });
  beforeEach(() => {
    place = new Workplace();
    writeFileSync(
      place.path('tasks.jsonl'),
      [call, stdin, same].map((task) => JSON.stringify(task)).join('\n'),
    );
  });
  afterEach(() => place.remove());

  it('prints the smallest inputs on which the answers of each task differ', async () => {
    const { code, stdout, stderr } = await place.tiebreak([
      'differ',
      'tasks.jsonl',
      '--json',
      '--budget',
      '4s',
    ]);
    assert.equal(stderr, '');
    const [ofCall, ofStdin, ofSame] = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => differencesSchema.parse(JSON.parse(line)));
    const [witness] = ofCall!.witnesses;
    assert.deepEqual(
      [ofCall!.taskId, ofCall!.seed, witness!.class, witness!.withinBounds],
      ['largest', 1, 'value', true],
    );
    assert.deepEqual([witness!.args, witness!.a, witness!.b], [[[2, 1]], { value: 2 }, { value: 1 }]);
    assert.match(ofStdin!.witnesses[0]!.input!, /^2\n(\d) \1\n$/);
    assert.deepEqual(ofSame!.witnesses, []);
    assert.ok(ofSame!.pairs > 50, `${ofSame!.pairs} pairs`);
    assert.equal(code, 0);
  });

  it('shows what both answers do', async () => {
    const { stdout } = await place.tiebreak(['differ', 'tasks.jsonl', '--task', 'largest', '--budget', '2s']);
    assert.match(
      stdout,
      /^largest: \d+ differences? \([\d,]+ inputs, seed 1, [\d.]+ s\)\n {2}input \[\[2,1\]\]\n {4}A: \{"value":2\}\n {4}B: \{"value":1\}/,
    );
  });

  it('refuses a budget without a unit, and a seed that is no number', async () => {
    for (const [option, value] of [
      ['--budget', '10'],
      ['--seed', 'x'],
    ] as const) {
      const { code, stderr } = await place.tiebreak(['differ', 'tasks.jsonl', option, value]);
      assert.match(stderr, new RegExp(`"${value}" is no`));
      assert.equal(code, 2);
    }
  });
});
