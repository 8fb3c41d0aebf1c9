import { strict as assert } from 'node:assert';
import type { CheckReport } from '../../../../src/core/run/diagnostic.ts';
import { checkNotes } from '../../../../src/sessions/review/checkNotes.ts';

const report = (check: string, status: CheckReport['status'], reason?: string): CheckReport => ({
  check,
  version: '1',
  answerId: 'a',
  codeHash: '',
  status,
  diagnostics: [],
  ...(reason === undefined ? {} : { reason }),
});

describe('notes on the tools', () => {
  it('list the tools that ran, with their versions', () => {
    const both = [report('pyright', 'done'), report('ruff', 'done')];
    assert.deepEqual(checkNotes(both, both), {
      notes: [],
      absent: [],
      tools: ['pyright 1', 'ruff 1'],
    });
  });

  it('distinguish tools that failed from tools that are not installed', () => {
    const reports = [
      report('pyright', 'done'),
      report('ruff', 'missing', 'Ruff was not found. Install it'),
      report('x', 'timeout', 'x took too long'),
    ];
    assert.deepEqual(checkNotes(reports, []), {
      notes: ['x: x took too long'],
      absent: ['ruff: Ruff was not found. Install it'],
      tools: ['pyright 1'],
    });
  });

  it('report if no tool could run', () => {
    assert.deepEqual(checkNotes([report('pyright', 'missing', 'no sandbox')], []).notes, [
      'pyright: no sandbox',
    ]);
  });

  it('say on both sides if a tool checked only one', () => {
    const [done, failed] = [[report('pyright', 'done')], [report('pyright', 'failed', 'broken')]];
    assert.match(checkNotes(done, failed).notes[0] ?? '', /^pyright checked only this answer/);
    assert.deepEqual(checkNotes(failed, done).notes.length, 2);
    assert.match(checkNotes(failed, done).notes[1] ?? '', /^pyright checked only the other answer/);
    assert.deepEqual(checkNotes(done, []).notes, [], 'the other is still being looked at');
  });
});
