import assert from 'node:assert/strict';
import { contentHash } from '../../../../src/core/text/hash.ts';
import { defaultLimits, type CaseResult, type Run } from '../../../../src/core/run/run.ts';
import type { Case } from '../../../../src/core/task/task.ts';
import { RunBoard } from '../../../../src/sessions/review/runBoard.ts';
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
  it('shows each result at once and names the cases that split the sides', () => {
    const board = new RunBoard();
    board.start('A', ['one', 'two']).result(result('one', 'pass'));
    board.start('B', ['one', 'two']).result(result('one', 'fail'));
    const shown = board.panel(cases, ['A', 'B'], undefined);
    assert.equal(shown.sides.A?.phase, 'running');
    assert.equal(shown.sides.B?.results['one']?.verdict, 'fail');
    assert.deepEqual(shown.splitting, ['one']);
  });

  it('keeps the results of other cases when one is run again', () => {
    const board = new RunBoard();
    board.start('A', ['one', 'two']).finish(run([result('one', 'pass'), result('two', 'fail')]));
    board.start('A', ['two']);
    const { results } = board.panel(cases, ['A'], undefined).sides.A!;
    assert.deepEqual(Object.keys(results), ['one']);
  });

  it('restores the results of unchanged files and cases only', () => {
    const board = new RunBoard();
    const changed = cases.map((each) => (each.id === 'two' ? { ...each, output: 'other' } : each)) as Case[];
    board.restore('A', [run([result('one', 'pass'), result('two', 'pass')])], files, changed);
    assert.deepEqual(
      board.results('A').map(({ caseId }) => caseId),
      ['one'],
    );
    const other = new RunBoard();
    other.restore('A', [run([result('one', 'pass')])], [{ path: 'main.py', text: 'print(1)' }], cases);
    assert.deepEqual(other.results('A'), []);
  });

  it('restores the newest result of each case from several runs, and drops runs without one', () => {
    const board = new RunBoard();
    const made = (n: number, ...results: CaseResult[]) =>
      run(results, { id: `run ${n}`, at: `2026-01-0${n}T00:00:00.000Z` });
    const runs = [
      made(1, result('one', 'fail')),
      made(2, result('two', 'fail')),
      made(3, result('one', 'pass')),
    ];
    board.restore('A', runs, files, cases);
    const { results, at } = board.column('A');
    assert.deepEqual(
      Object.values(results).map(({ caseId, verdict }) => `${caseId} ${verdict}`),
      ['one pass', 'two fail'],
    );
    assert.equal(at, '2026-01-03T00:00:00.000Z');
    assert.deepEqual(
      board.runs.map(({ id }) => id),
      ['run 2', 'run 3'],
    );
  });

  it('masks the author in every text of a result, and keeps the record unchanged', () => {
    const board = new RunBoard((side, text) => (side === 'A' ? text.replace('Claude', '[model]') : text));
    const told: CaseResult = {
      ...result('one', 'error'),
      stdout: 'Claude says',
      stderr: 'line 3  # by Claude',
      reason: 'raised Claude',
      actual: { by: ['Claude', 1] },
      tests: [{ name: 'test_a', verdict: 'fail', message: 'not Claude' }],
    };
    const started = board.start('A', ['one']);
    started.result(told);
    assert.doesNotMatch(JSON.stringify(board.results('A')), /Claude/);
    started.finish(run([told]));
    assert.doesNotMatch(JSON.stringify(board.panel(cases, ['A'], undefined)), /Claude/);
    assert.deepEqual(board.runs[0]?.results, [told]);
    board.start('B', ['one']).finish(run([told]));
    assert.deepEqual(board.results('B'), [told]);
  });

  it('says that a run was cancelled, or why it failed', () => {
    const board = new RunBoard();
    board.start('A', ['one']).finish(run([], { cancelled: true }));
    board.start('B', ['one']).fail('Python 3 is not installed. Install it: apt install python3');
    const { sides } = board.panel(cases, ['A', 'B'], undefined);
    assert.equal(sides.A?.phase, 'cancelled');
    assert.match(sides.B?.error ?? '', /apt install python3/);
  });
});
