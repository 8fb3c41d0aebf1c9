import { strict as assert } from 'node:assert';
import {
  evidencePrint,
  noEvidence,
  sameEvidence,
} from '../../../../src/extension/languageClient/evidence.ts';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';

const draft: NonNullable<PanelState['draft']> = {
  preference: 1,
  scores: { A: { correctness: 2 } },
  flags: [],
  rationale: { text: 'x', from: 'document' },
  caseForms: { forms: [], from: 'store' },
  overrides: [],
  activeMs: 5,
};

function cases(verdict: 'pass' | 'fail', wallMs: number): NonNullable<PanelState['cases']> {
  const result = {
    caseId: 't1',
    verdict,
    stdout: '',
    stderr: '',
    wallMs,
    cpuMs: 1,
    peakBytes: 1,
    exit: 0,
    signal: null,
  };
  return {
    cases: [{ id: 't1', origin: 'task', kind: 'stdin', input: '', output: '' }],
    sides: { A: { phase: 'done', results: { t1: result } } },
    splitting: [],
  };
}

/** Whether the second change alters the evidence of the rationale. */
function changes(first: PanelState, second: PanelState): boolean {
  const before = evidencePrint(first, noEvidence);
  return !sameEvidence(before, evidencePrint(second, before));
}

describe('the evidence a rationale is checked against', () => {
  it('stays the same while the rationale is typed', () => {
    const typed = { ...draft, rationale: { text: 'xy', from: 'document' as const }, activeMs: 900 };
    assert.equal(
      changes({ draft, cases: cases('pass', 3) }, { draft: typed, cases: cases('pass', 3) }),
      false,
    );
    assert.equal(changes({ draft }, { saved: { state: 'saving' } }), false);
  });

  it('changes with the preference and the scores', () => {
    assert.equal(changes({ draft }, { draft: { ...draft, preference: -1 } }), true);
    assert.equal(changes({ draft }, { draft: { ...draft, scores: { A: { correctness: 3 } } } }), true);
  });

  it('changes with the cases and their results', () => {
    assert.equal(changes({ cases: cases('pass', 3) }, { cases: cases('fail', 3) }), true);
    assert.equal(changes({ cases: cases('pass', 3) }, { cases: cases('pass', 4) }), true);
    assert.equal(changes({ cases: cases('pass', 3) }, { cases: { ...cases('pass', 3), cases: [] } }), true);
  });

  it('changes with what the checks say', () => {
    const done = { phase: 'done' as const, diagnostics: [], notes: [], absent: [], tools: [] };
    assert.equal(changes({ checks: { A: { ...done, phase: 'running' } } }, { checks: { A: done } }), true);
  });
});
