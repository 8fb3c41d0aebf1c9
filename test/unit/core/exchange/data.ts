import type { ExchangeData, Exporter } from '../../../../src/core/exchange/exporter.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import type { LedgerEntry } from '../../../../src/core/records/ledger.ts';
import type { Preference } from '../../../../src/core/task/preference.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { sampleId, sampleIdeal, sampleInspection, sampleSettlement } from '../../store/samples.ts';
import { sampleReview } from '../samples.ts';

/** A task with the answers "left" and "right". */
export function taskOf(id: string, changes: Partial<Task> = {}): Task {
  return {
    id,
    language: 'python',
    prompt: `Add for ${id}`,
    answers: [
      { id: 'left', text: `left of ${id}`, model: 'model-l' },
      { id: 'right', text: `right of ${id}`, model: 'model-r' },
    ],
    ...changes,
  };
}

/** The n-th review of a task as it is. */
export function reviewOf(
  n: number,
  task: Task,
  preference: Preference | null,
  changes: Partial<Review> = {},
): Review {
  return sampleReview({
    id: sampleId(n),
    taskId: task.id,
    taskHash: contentHash(task),
    preference,
    ...changes,
  });
}

export function better(winner: string, strength: 1 | 2 | 3 = 2): Preference {
  return { kind: 'better', winner, strength };
}

/** Tasks with a winner on either side, a tie, both bad, and no ranking. */
export function allKinds(): ExchangeData {
  const tasks = ['won', 'lost', 'tied', 'bad', 'free'].map((id) => taskOf(id));
  const preferences = [
    better('left', 3),
    better('right', 1),
    { kind: 'tie' } as const,
    { kind: 'both-bad' } as const,
    null,
  ];
  const reviews = tasks.map((task, at) => reviewOf(at + 1, task, preferences[at]!));
  return { tasks, reviews, skips: [] };
}

export function inspected(n: number, review: number, decision: object, author = 'ines'): LedgerEntry {
  const record = { ...sampleInspection(n, review, { author }), prevHash: '', decision };
  return { kind: 'inspection', record } as LedgerEntry;
}

export function settled(n: number, task: Task, verdict: Preference | null): LedgerEntry {
  const source = verdict === null ? 'unresolved' : 'adjudicated';
  const changes = { taskHash: contentHash(task), verdict, source } as const;
  return { kind: 'settlement', record: { ...sampleSettlement(n, task.id, changes), prevHash: '' } };
}

export function solved(n: number, task: Task, changes: Parameters<typeof sampleIdeal>[2] = {}): LedgerEntry {
  const record = { ...sampleIdeal(n, task.id, { taskHash: contentHash(task), ...changes }), prevHash: '' };
  return { kind: 'ideal', record };
}

/** The lines that an exporter writes, parsed. */
export function written(exporter: Exporter, data: ExchangeData): unknown[] {
  return exporter.export(data).lines.map((line) => JSON.parse(line) as unknown);
}

/** Reason → number of records left out. */
export function leftOut(exporter: Exporter, data: ExchangeData): Record<string, number> {
  return Object.fromEntries(exporter.export(data).report.leftOut.map(({ reason, count }) => [reason, count]));
}
