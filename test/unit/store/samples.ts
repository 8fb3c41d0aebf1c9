import { contentHash } from '../../../src/core/text/hash.ts';
import type { GoldVerdict } from '../../../src/core/calibration/gold.ts';
import type { Ideal } from '../../../src/core/ideal/ideal.ts';
import type { Inspection } from '../../../src/core/inspection/inspection.ts';
import type { Search } from '../../../src/core/differing/searchRecord.ts';
import type { UnchainedRecord } from '../../../src/core/records/ledger.ts';
import type { Draft, UnchainedReview } from '../../../src/core/review/review.ts';
import { defaultLimits, type Run } from '../../../src/core/run/run.ts';
import type { Settlement } from '../../../src/core/inspection/settlement.ts';
import type { Case, Task } from '../../../src/core/task/task.ts';
import { result } from '../../fixtures/rationaleContext.ts';

export const eva = 'eva';
const startedAt = '2026-11-02T09:00:00.000Z';

/** A task with two answers, as in a file of tasks. */
export function sampleTask(id: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    language: 'python',
    prompt: `Write chunk(items, size) for ${id}.`,
    answers: [
      { id: 'first', text: 'def chunk(items, size):\n    return []\n', model: 'm-1' },
      { id: 'second', text: 'def chunk(items, size):\n    return [items]\n', model: 'm-2' },
    ],
    ...changes,
  };
}

export function sampleDraft(taskId: string, changes: Partial<Draft> = {}): Draft {
  return { ...judgement(taskId), preference: -2, updatedAt: '2026-11-02T09:05:00.000Z', ...changes };
}

/** The n-th UUID of a kind that is valid as version 7 and sorts by n. */
export function sampleId(n: number): string {
  return `01930000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function sampleReview(
  n: number,
  taskId: string,
  changes: Partial<UnchainedReview> = {},
): UnchainedReview {
  return {
    ...judgement(taskId),
    id: sampleId(n),
    preference: { kind: 'better', winner: 'first', strength: 2 },
    runs: [],
    checks: [],
    submittedAt: '2026-11-02T09:10:00.000Z',
    rubricHash: contentHash('rubric'),
    toolVersion: '0.1.0',
    ...changes,
  };
}

export function sampleRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    at: startedAt,
    taskId: 't1',
    answerId: 'first',
    codeHash: 'code-1',
    casesHash: 'cases-1',
    cases: [],
    files: [{ path: 'main.py', text: 'print(1)\n' }],
    toolchain: { language: 'python', name: 'CPython', version: '3.13.0' },
    sandbox: { kind: 'bubblewrap', approximate: true },
    limits: defaultLimits,
    cached: false,
    cancelled: false,
    results: [],
    ...changes,
  };
}

/** A search for differences that found one, on which the prompt says nothing. */
export function sampleSearch(changes: Partial<Search> = {}): Search {
  const cases: Case[] = [{ id: 'difference-1', kind: 'call', args: [[]], origin: 'difference' }];
  const answerIds = ['first', 'second'];
  return {
    id: sampleId(90),
    at: startedAt,
    answers: answerIds.map((answerId) => ({ answerId, codeHash: 'code-1' })),
    seed: 7,
    generator: 1,
    budgetMs: 10_000,
    pairs: 12_480,
    ms: 9_000,
    cancelled: false,
    witnesses: [{ caseId: 'difference-1', class: 'value', withinBounds: true, decision: { kind: 'unsaid' } }],
    runs: answerIds.map((answerId) =>
      sampleRun(`search of ${answerId}`, {
        answerId,
        cases,
        results: [{ ...result('difference-1', 'pass'), actual: answerId }],
      }),
    ),
    ...changes,
  };
}

/** An inspection of the review with the number `review`, by Ines. */
export function sampleInspection(
  n: number,
  review: number,
  changes: Partial<Inspection> = {},
): UnchainedRecord<'inspection'> {
  return {
    id: sampleId(n),
    reviewId: sampleId(review),
    reviewHash: contentHash(review),
    taskId: 't1',
    author: 'ines',
    scores: { true: 4, specific: 2 },
    rubricHash: contentHash('rationale'),
    comments: [{ id: 'c1', start: 2, end: 9, quote: 'handles', text: 'Which call shows it?' }],
    replays: [{ runId: 'r1', answerId: 'first', same: true, differing: [] }],
    decision: { kind: 'approve' },
    ...made,
    activeMs: 60_000,
    startedAt,
    ...changes,
  };
}

export function sampleSettlement(
  n: number,
  taskId: string,
  changes: Partial<Settlement> = {},
): UnchainedRecord<'settlement'> {
  return {
    id: sampleId(n),
    taskId,
    taskHash: contentHash(sampleTask(taskId)),
    author: 'ines',
    reviews: [
      { id: sampleId(1), hash: contentHash(1) },
      { id: sampleId(2), hash: contentHash(2) },
    ],
    source: 'adjudicated',
    verdict: { kind: 'better', winner: 'first', strength: 2 },
    differences: [{ on: 'facts', about: 'whether B drops the last item', replays: ['r1'] }],
    reason: 'The replay says why.',
    ...made,
    startedAt,
    ...changes,
  };
}

export function sampleGold(
  n: number,
  taskId: string,
  changes: Partial<GoldVerdict> = {},
): UnchainedRecord<'gold'> {
  return {
    id: sampleId(n),
    taskId,
    taskHash: contentHash(sampleTask(taskId)),
    author: 'ines',
    preference: { kind: 'better', winner: 'first', strength: 3 },
    rationale: 'A returns chunks, B the list.',
    use: 'training',
    ...made,
    ...changes,
  };
}

export function sampleIdeal(
  n: number,
  taskId: string,
  changes: Partial<Ideal> = {},
): UnchainedRecord<'ideal'> {
  return {
    id: sampleId(n),
    taskId,
    taskHash: contentHash(sampleTask(taskId)),
    author: 'tina',
    files: [{ path: 'main.py', text: 'def chunk(items, size):\n    ...\n' }],
    startedFrom: 'first',
    notes: 'Slices instead of copying.',
    references: [{ title: 'itertools.batched', url: 'https://docs.python.org/3/library/itertools.html' }],
    runs: [sampleRun('ideal-run')],
    proof: { by: 'cases', cases: ['c1'] },
    ...made,
    activeMs: 120_000,
    startedAt,
    ...changes,
  };
}

const made = { submittedAt: '2026-11-03T09:10:00.000Z', toolVersion: '0.1.0' };

function judgement(taskId: string) {
  return {
    taskId,
    taskHash: contentHash(sampleTask(taskId)),
    evaluator: eva,
    shown: ['first', 'second'],
    scores: { first: { correctness: 4 }, second: { correctness: 1 } },
    flags: [],
    rationale: 'A handles the empty list.',
    cases: [],
    readings: {},
    overrides: [],
    activeMs: 90_000,
    startedAt,
  };
}
