import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { timingSchema } from '../../../src/core/run/run.ts';
import { skipBecause } from '../../skip.ts';
import { Workplace } from './tiebreak.ts';

const task = {
  id: 'sum',
  language: 'python',
  prompt: 'Write total(x).',
  entry: 'total',
  answers: [
    {
      id: 'slow',
      text: 'def total(x):\n    s = 0\n    for i in range(3_000_000): s += i\n    return sum(x)\n',
    },
    { id: 'fast', text: 'def total(x): return sum(x)\n' },
  ],
  cases: [
    { id: 'three', kind: 'call', args: [[1, 2]], expected: 3 },
    { id: 'none', kind: 'call', args: [[]], expected: 0 },
  ],
};

describe('tiebreak time', function () {
  let place: Workplace;
  before(function () {
    if (spawnSync('bwrap', ['--version']).error !== undefined) skipBecause(this, 'bubblewrap is missing');
    if (spawnSync('python3', ['--version']).error !== undefined) skipBecause(this, 'Python is missing');
  });
  beforeEach(() => {
    place = new Workplace();
    writeFileSync(place.path('tasks.jsonl'), JSON.stringify(task));
  });
  afterEach(() => place.remove());

  it('prints the ratio with its interval', async () => {
    const { code, stdout, stderr } = await place.tiebreak([
      'time',
      'tasks.jsonl',
      '--case',
      'three',
      '--pairs',
      '5',
    ]);
    assert.equal(stderr, '');
    const lines = stdout.split('\n');
    assert.equal(lines[0], 'sum, case three');
    assert.match(
      lines[1]!,
      /^ {2}Processor time: slow takes [\d.]+ times as long as fast \(.*, 93\.7% interval\)\./,
    );
    assert.equal(code, 0);
  });

  it('prints records, and exits with 1 if an answer does not pass', async () => {
    const wrong = { ...task, cases: [{ ...task.cases[0], expected: 4 }] };
    writeFileSync(place.path('tasks.jsonl'), JSON.stringify(wrong));
    const { code, stdout } = await place.tiebreak(['time', 'tasks.jsonl', '--json', '--pairs', '5']);
    const timing = timingSchema.parse(JSON.parse(stdout));
    assert.deepEqual(
      timing.answers.map(({ answerId, problem }) => [answerId, problem?.slice(0, 26)]),
      [
        ['slow', 'it does not pass this case'],
        ['fast', 'it does not pass this case'],
      ],
    );
    assert.equal(code, 1);
  });

  it('reports a task whose language cannot run, and compares the others', async () => {
    const old = { ...task, id: 'old', language: 'cobol' };
    const lines = [old, { ...task, cases: [{ ...task.cases[0], expected: 4 }] }];
    writeFileSync(place.path('tasks.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const { code, stdout, stderr } = await place.tiebreak(['time', 'tasks.jsonl', '--pairs', '5']);
    assert.match(stderr, /^old, case three: .*"cobol".*\nold, case none: .*"cobol"/);
    assert.match(stdout, /^sum, case three\n/);
    assert.equal(code, 1);
  });

  it('refuses tasks that cannot be compared', async () => {
    const few = await place.tiebreak(['time', 'tasks.jsonl', '--pairs', '3']);
    assert.equal(few.code, 2);
    assert.match(few.stderr, /invalid --pairs "3": give a whole number, 5 or more/);
    const none = await place.tiebreak(['time', 'tasks.jsonl', '--case', 'four']);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /no task with two answers has such a case/);
  });
});
