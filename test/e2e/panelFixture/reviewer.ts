import { readFileSync } from 'node:fs';
import { inRoot } from '../../../scripts/lib/paths.mjs';
import { readRubric } from '../../../src/core/task/rubric.ts';
import type { PanelInspection, PanelReplay, PanelSettlement } from '../../../src/protocol/inspection.ts';

const rubricFile = inRoot('rubrics/rationale.json');

const replay: PanelReplay = {
  runId: 'r1',
  side: 'A',
  at: '2026-11-21T14:01:00.000Z',
  phase: 'done',
  cases: [
    { caseId: 'empty', was: 'pass', now: 'pass', same: true },
    { caseId: 'size-zero', was: 'fail', now: 'pass', same: false },
  ],
};

/** An inspection with something in every part. */
export const sampleInspection: PanelInspection = {
  reviewId: '01930000-0000-7000-8000-000000000001',
  rubric: readRubric(JSON.parse(readFileSync(rubricFile, 'utf8')), rubricFile),
  submitted: false,
  scores: { true: 4 },
  comments: [],
  decision: null,
  changes: '',
  reason: '',
  correction: { preference: 2, rationale: 'It should read otherwise.' },
  facts: {
    submittedAt: '2026-11-21T14:03:21.000Z',
    activeMs: 252_000,
    casesAdded: 1,
    isRevision: true,
    trail: [
      { kind: 'code', activeMs: 0 },
      { kind: 'run', activeMs: 12_000 },
      { kind: 'case', what: 'size-zero', activeMs: 31_000 },
      { kind: 'preference', activeMs: 96_000 },
      { kind: 'difference', activeMs: 121_000 },
    ],
    overrides: [{ rule: 'R05', reason: 'the prompt names no line' }],
  },
  replays: [
    replay,
    {
      ...replay,
      runId: 's1',
      search: 1,
      cases: [{ caseId: 'difference-1', was: 'pass', now: 'pass', same: true }],
    },
    { ...replay, runId: 'r2', side: 'B', phase: 'none', cases: [{ caseId: 'empty', was: 'pass' }] },
  ],
  others: [],
};

/** Two reviews that differ in every respect that the panel shows. */
export const sampleSettlement: PanelSettlement = {
  submitted: false,
  verdict: null,
  reason: '',
  on: null,
  about: '',
  reviews: [
    {
      reviewId: 'one',
      name: 'Evaluator 1',
      preference: -2,
      scores: { A: { correctness: 5 }, B: { correctness: 2 } },
      rationale: '@A is better than @B because @B:4 reads everything.',
      isSwapped: false,
      isUnsure: false,
      activeMs: 61_000,
    },
    {
      reviewId: 'two',
      name: 'Evaluator 2',
      preference: 1,
      scores: { A: { correctness: 3 } },
      rationale: '@B is slightly better than @A because it raises for size zero, which A does not.',
      isSwapped: true,
      isUnsure: true,
      activeMs: 12_000,
    },
  ],
  differences: [
    { kind: 'verdict', text: 'Evaluator 1: A is better than B; Evaluator 2: B is slightly better than A' },
    { kind: 'fact', text: 'case size-zero of A. Evaluator 1: fail, Evaluator 2: pass' },
  ],
  restsOn: 'facts',
  replays: [replay],
};
