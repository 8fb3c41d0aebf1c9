import assert from 'node:assert/strict';
import type { Review } from '../../../../src/core/review/review.ts';
import { settlementSchema } from '../../../../src/core/inspection/settlement.ts';
import {
  buildSettlement,
  settlementObstacles,
  settlementSource,
  type SettlementDraft,
} from '../../../../src/core/inspection/settlementDraft.ts';
import { sampleId, sampleReview, sampleTask } from '../../store/samples.ts';

const one: Review = { ...sampleReview(1, 't1'), prevHash: '' };
const other: Review = {
  ...sampleReview(2, 't1', {
    evaluator: 'otto',
    shown: ['second', 'first'],
    preference: { kind: 'better', winner: 'second', strength: 1 },
  }),
  prevHash: '',
};
const agreeing: Review = { ...other, preference: { kind: 'better', winner: 'first', strength: 1 } };
const order = ['second', 'first'];
const at = '2026-11-03T09:10:00.000Z';
const draft: SettlementDraft = {
  id: sampleId(9),
  verdict: null,
  reason: '',
  on: null,
  about: '',
  replays: [],
  revises: null,
  activeMs: 0,
  startedAt: at,
  updatedAt: at,
};

describe('the draft of a settlement', () => {
  it('has the source of its verdict', () => {
    assert.equal(settlementSource(draft, [one, agreeing], order), undefined);
    assert.equal(settlementSource({ verdict: 3 }, [one, agreeing], order), 'unanimous');
    assert.equal(settlementSource({ verdict: -1 }, [one, agreeing], order), 'adjudicated');
    assert.equal(settlementSource({ verdict: 3 }, [one, other], order), 'adjudicated');
    assert.equal(settlementSource({ verdict: 'unresolved' }, [one, other], order), 'unresolved');
  });

  it('asks for a reason unless all agreed', () => {
    assert.equal(settlementObstacles(draft, [one, other], order).length, 1);
    assert.deepEqual(settlementObstacles({ ...draft, verdict: 1 }, [one, agreeing], order), []);
    assert.deepEqual(settlementObstacles({ ...draft, verdict: 1 }, [one, other], order), [
      'Say what the difference rests on',
      'Say what the reviews differ about',
      'Say what decided the difference',
    ]);
  });

  it('becomes a record that fits the schema, by answer and not by side', () => {
    const written = {
      ...draft,
      verdict: 2 as const,
      on: 'facts' as const,
      about: 'zero',
      reason: 'replayed',
    };
    const parts = { task: sampleTask('t1'), reviews: [one, other], order, author: 'ines', toolVersion: '0' };
    const record = buildSettlement({ ...written, replays: ['r1'] }, parts);
    const settlement = settlementSchema.parse({ ...record, prevHash: '' });
    assert.deepEqual(settlement.verdict, { kind: 'better', winner: 'first', strength: 2 });
    assert.deepEqual(settlement.differences, [{ on: 'facts', about: 'zero', replays: ['r1'] }]);
    assert.equal(buildSettlement({ ...written, verdict: 'unresolved' }, parts).verdict, null);
  });
});
