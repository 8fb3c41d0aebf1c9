import { strict as assert } from 'node:assert';
import type { CheckReport } from '../../../../src/core/diagnostic.ts';
import { checkNotes } from '../../../../src/extension/session/checkNotes.ts';

const report = (check: string, status: CheckReport['status'], reason?: string): CheckReport => ({
  check,
  version: '1',
  answerId: 'a',
  codeHash: '',
  status,
  diagnostics: [],
  ...(reason === undefined ? {} : { reason }),
});

describe('what is said of the tools', () => {
  it('is nothing where all of them looked at both', () => {
    const both = [report('pyright', 'done'), report('ruff', 'done')];
    assert.deepEqual(checkNotes(both, both), { notes: [], absent: [] });
  });

  it('tells what failed from what is not installed while others looked', () => {
    const reports = [
      report('pyright', 'done'),
      report('ruff', 'missing', 'Ruff was not found. Install it'),
      report('x', 'timeout', 'x took too long'),
    ];
    assert.deepEqual(checkNotes(reports, []), {
      notes: ['x: x took too long'],
      absent: ['ruff: Ruff was not found. Install it'],
    });
  });

  it('is a trouble where nothing could look', () => {
    assert.deepEqual(checkNotes([report('pyright', 'missing', 'no sandbox')], []).notes, [
      'pyright: no sandbox',
    ]);
  });

  it('says on both sides that a tool looked at one only', () => {
    const [done, failed] = [[report('pyright', 'done')], [report('pyright', 'failed', 'broken')]];
    assert.match(checkNotes(done, failed).notes[0] ?? '', /^pyright looked at this answer only/);
    assert.deepEqual(checkNotes(failed, done).notes.length, 2);
    assert.match(checkNotes(failed, done).notes[1] ?? '', /^pyright looked at the other answer only/);
    assert.deepEqual(checkNotes(done, []).notes, [], 'the other is still being looked at');
  });
});
