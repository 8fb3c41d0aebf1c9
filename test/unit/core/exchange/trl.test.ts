import assert from 'node:assert/strict';
import {
  exportReportLines,
  exportSummary,
  type ExchangeData,
} from '../../../../src/core/exchange/exporter.ts';
import { trlChat, trlPreference } from '../../../../src/core/exchange/trl.ts';
import { contentHash } from '../../../../src/core/text/hash.ts';
import type { Review } from '../../../../src/core/review/review.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { sampleSearch } from '../../store/samples.ts';
import { sampleReview } from '../samples.ts';

const answers = [
  { id: 'left', text: 'As Claude, I would write\n```py\nleft\n```', model: 'm' },
  { id: 'right', text: 'right "quoted" \u2028' },
];
const sum: Task = { id: 'sum', language: 'python', prompt: 'Add\nthem', answers };

describe('the TRL exports', () => {
  it('write the texts as the models wrote them, and the strength as a float', () => {
    const { lines, report } = trlPreference.export(data([judged(1)]));
    assert.deepEqual(lines.map(parsed), [
      { prompt: 'Add\nthem', chosen: answers[0]!.text, rejected: answers[1]!.text, margin: 2 },
    ]);
    assert.match(lines[0]!, /^\{"prompt":.*,"chosen":.*,"rejected":.*,"margin":2\.0\}$/s);
    assert.deepEqual([report.exported, report.leftOut], [1, []]);
  });

  it('write conversations of one message', () => {
    const review = judged(1, { preference: { kind: 'better', winner: 'right', strength: 3 } });
    assert.deepEqual(trlChat.export(data([review])).lines.map(parsed), [
      {
        prompt: [{ role: 'user', content: 'Add\nthem' }],
        chosen: [{ role: 'assistant', content: answers[1]!.text }],
        rejected: [{ role: 'assistant', content: answers[0]!.text }],
        margin: 3,
      },
    ]);
  });

  const alone: [string, Partial<Review>][] = [
    ['tie', { preference: { kind: 'tie' } }],
    ['both bad', { preference: { kind: 'both-bad' } }],
    ['only one answer', { shown: ['left'], preference: null }],
    ['without a ranking', { preference: null }],
    ['without its task', { taskId: 'gone' }],
    ['on a task that was changed since', { taskHash: 'other' }],
    [
      'on an answer that the task does not have',
      { preference: { kind: 'better', winner: 'x', strength: 1 } },
    ],
  ];
  for (const [reason, changes] of alone) {
    it(`leave out a review that is ${reason}, and say so`, () => {
      const { lines, report } = trlPreference.export(data([judged(2, changes)]));
      assert.equal(lines.length, 0);
      assert.deepEqual(report.leftOut, [{ reason, count: 1, ids: [judged(2).id] }]);
    });
  }

  it('replace a review with its revision', () => {
    const revision = judged(2, {
      revises: judged(1).id,
      preference: { kind: 'better', winner: 'right', strength: 1 },
    });
    const { lines, report } = trlPreference.export(data([judged(1), revision]));
    assert.deepEqual(
      lines.map((line) => parsed(line).chosen),
      [answers[1]!.text],
    );
    assert.deepEqual(report.leftOut, [{ reason: 'replaced by a revision', count: 1, ids: [judged(1).id] }]);
  });

  it('leave out a task on whose winner the evaluators disagree, until one has revised', () => {
    const other = judged(2, {
      evaluator: 'bob',
      preference: { kind: 'better', winner: 'right', strength: 1 },
    });
    const { lines, report } = trlPreference.export(data([judged(1), other]));
    assert.deepEqual([lines, report.leftOut[0]?.count], [[], 2]);
    assert.match(report.leftOut[0]!.reason, /^unresolved/);
    const settled = judged(3, { evaluator: 'bob', revises: other.id });
    assert.equal(trlPreference.export(data([judged(1), other, settled])).lines.length, 2);
  });

  it('count skipped tasks, and list what the format cannot hold of the written records', () => {
    const skip = { taskId: 'sum', evaluator: 'bob', reason: 'too long', at: '2026-11-21T10:00:00Z' };
    const scored = judged(1, { scores: { left: { style: 1 } }, ideal: 'x', searches: [sampleSearch()] });
    const { report } = trlPreference.export({
      ...data([scored, judged(2, { preference: { kind: 'tie' } })]),
      skips: [skip],
    });
    assert.equal(
      exportSummary(report),
      'Exported 1 record as TRL preference; 2 left out (1 tie, 1 skipped).',
    );
    assert.deepEqual(report.dropped, [
      'rationale (of 1)',
      'scores (of 1)',
      'searches for differences (of 1)',
      'ideal solution (of 1)',
      'names of the models (of 1)',
      'who judged, when and the chain of hashes (of 1)',
    ]);
    const lines = exportReportLines(report);
    assert.ok(lines.includes('  left out, skipped (1): sum'));
    assert.ok(lines.includes('  TRL preference cannot hold: scores (of 1)'));
  });
});

function judged(n: number, changes: Partial<Review> = {}): Review {
  const id = `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`;
  return sampleReview({ id, taskHash: contentHash(sum), ...changes });
}

function data(reviews: readonly Review[]): ExchangeData {
  return { tasks: [sum], reviews, skips: [] };
}

function parsed(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}
