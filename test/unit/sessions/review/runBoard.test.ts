import assert from 'node:assert/strict';
import { contentHash } from '../../../../src/core/hash.ts';
import { defaultLimits, type CaseResult, type Run } from '../../../../src/core/run.ts';
import type { Case } from '../../../../src/core/task.ts';
import { RunBoard } from '../../../../src/extension/session/runBoard.ts';
import { result } from '../../../fixtures/rationaleContext.ts';

const cases: Case[] = ['one', 'two'].map((id) => ({
  id,
  kind: 'stdin',
  input: id,
  output: id,
  origin: 'task',
}));
const files = [{ path: 'main.py', text: 'print(input())' }];

function run(results: CaseResult[], changes: Partial<Run> = {}): Run {
  return {
    id: 'run',
    at: '2026-01-01T00:00:00.000Z',
    taskId: 't',
    answerId: 'left',
    codeHash: contentHash(files),
    casesHash: contentHash(cases),
    cases,
    files,
    toolchain: { language: 'python', name: 'CPython', version: '3.11' },
    sandbox: { kind: 'bubblewrap', approximate: true },
    limits: defaultLimits,
    cached: false,
    cancelled: false,
    results,
    ...changes,
  };
}

describe('the run board', () => {
  it('shows a result as soon as it comes and names the cases that split the sides', () => {
    const board = new RunBoard();
    board.start('A', ['one', 'two']);
    board.start('B', ['one', 'two']);
    board.result('A', result('one', 'pass'));
    board.result('B', result('one', 'fail'));
    const shown = board.panel(cases, ['A', 'B'], undefined);
    assert.equal(shown.sides.A?.phase, 'running');
    assert.equal(shown.sides.B?.results['one']?.verdict, 'fail');
    assert.deepEqual(shown.splitting, ['one']);
  });

  it('keeps the results of other cases when one is run again', () => {
    const board = new RunBoard();
    board.start('A', ['one', 'two']);
    board.finish('A', run([result('one', 'pass'), result('two', 'fail')]));
    board.start('A', ['two']);
    const { results } = board.panel(cases, ['A'], undefined).sides.A!;
    assert.deepEqual(Object.keys(results), ['one']);
  });

  it('brings back results of the same files and cases, and of none that changed', () => {
    const board = new RunBoard();
    const changed = cases.map((each) => (each.id === 'two' ? { ...each, output: 'other' } : each)) as Case[];
    board.restore('A', run([result('one', 'pass'), result('two', 'pass')]), files, changed);
    assert.deepEqual(
      board.results('A').map(({ caseId }) => caseId),
      ['one'],
    );
    const other = new RunBoard();
    other.restore('A', run([result('one', 'pass')]), [{ path: 'main.py', text: 'print(1)' }], cases);
    assert.deepEqual(other.results('A'), []);
  });

  it('hides from every text of a result who wrote the answer, and keeps the record as it was', () => {
    const board = new RunBoard((side, text) => (side === 'A' ? text.replace('Claude', '[model]') : text));
    const told: CaseResult = {
      ...result('one', 'error'),
      stdout: 'Claude says',
      stderr: 'line 3  # by Claude',
      reason: 'raised Claude',
      actual: { by: ['Claude', 1] },
      tests: [{ name: 'test_a', verdict: 'fail', message: 'not Claude' }],
    };
    board.result('A', told);
    assert.doesNotMatch(JSON.stringify(board.results('A')), /Claude/);
    board.finish('A', run([told]));
    assert.doesNotMatch(JSON.stringify(board.panel(cases, ['A'], undefined)), /Claude/);
    assert.deepEqual(board.runs[0]?.results, [told]);
    board.finish('B', run([told]));
    assert.deepEqual(board.results('B'), [told]);
  });

  it('says that a run was stopped, and why one could not be made', () => {
    const board = new RunBoard();
    board.start('A', ['one']);
    board.finish('A', run([], { cancelled: true }));
    board.start('B', ['one']);
    board.fail('B', 'Python 3 is not installed. Install it: apt install python3');
    const { sides } = board.panel(cases, ['A', 'B'], undefined);
    assert.equal(sides.A?.phase, 'cancelled');
    assert.match(sides.B?.error ?? '', /apt install python3/);
  });
});
