import assert from 'node:assert/strict';
import { editDistance, proveIdeal } from '../../../../src/core/ideal/ideal.ts';
import type { Run, Verdict } from '../../../../src/core/run/run.ts';

function outcome(verdicts: readonly Verdict[], changes: Partial<Run> = {}) {
  const results = verdicts.map((verdict, at) => ({
    caseId: `c${at + 1}`,
    verdict,
    stdout: '',
    stderr: '',
    wallMs: 1,
    cpuMs: 1,
    peakBytes: 1,
    exit: 0,
    signal: null,
  }));
  return { results, cancelled: false, casesHash: 'cases', ...changes };
}

describe('an ideal', () => {
  const good = outcome(['pass', 'pass', 'pass']);

  it('is proved by the cases that it passes and a weak answer fails', () => {
    const weak = [outcome(['pass', 'fail', 'pass']), outcome(['pass', 'timeout', 'error'])];
    assert.deepEqual(proveIdeal(good, weak), { isProved: true, proof: { by: 'cases', cases: ['c2', 'c3'] } });
  });

  it('is proved by a reason if no case distinguishes it', () => {
    const weak = [outcome(['pass', 'pass', 'pass'])];
    assert.deepEqual(proveIdeal(good, weak, ' Both are right; this one is readable. '), {
      isProved: true,
      proof: { by: 'reason', reason: 'Both are right; this one is readable.' },
    });
    assert.match(missingOf(proveIdeal(good, weak, '  ')), /no reason says why/);
  });

  it('is not proved while it fails a case, whatever the reason', () => {
    const bad = outcome(['pass', 'fail', 'unsupported']);
    assert.equal(
      missingOf(proveIdeal(bad, [outcome(['fail'])], 'trust me')),
      'the ideal does not pass c2, c3',
    );
    assert.match(missingOf(proveIdeal(outcome([]), [])), /not run/);
    assert.match(missingOf(proveIdeal(undefined, [], 'no runner')), /not run/);
    assert.match(missingOf(proveIdeal({ ...good, cancelled: true }, [])), /stopped/);
  });

  it('is not proved by other cases, or by a case that could not run', () => {
    const other = outcome(['fail'], { casesHash: 'others' });
    assert.equal(proveIdeal(good, [other, outcome(['unsupported'])]).isProved, false);
  });
});

describe('the edit distance of an ideal', () => {
  const file = (path: string, text: string) => ({ path, text });

  it('counts added and removed lines, and the kept share of the start', () => {
    const start = [file('a.py', 'one\ntwo\nthree\nfour\n')];
    const ideal = [file('a.py', 'one\n2\nthree\nfour\nfive\n'), file('b.py', 'x\n')];
    assert.deepEqual(editDistance(start, ideal), { added: 3, removed: 1, kept: 0.75 });
  });

  it('keeps nothing of an empty start', () => {
    assert.deepEqual(editDistance([], [file('a.py', 'x\ny\n')]), { added: 2, removed: 0, kept: 0 });
  });
});

function missingOf(proving: ReturnType<typeof proveIdeal>): string {
  assert.equal(proving.isProved, false);
  return proving.isProved ? '' : proving.missing;
}
