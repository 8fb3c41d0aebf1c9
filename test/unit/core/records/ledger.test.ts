import assert from 'node:assert/strict';
import {
  goldReferences,
  isGoldMet,
  readCalibrationSettings,
  type GoldVerdict,
} from '../../../../src/core/calibration/gold.ts';
import { inspectionSchema, visibleInspections } from '../../../../src/core/inspection/inspection.ts';
import { locateComment } from '../../../../src/core/inspection/comments.ts';
import { recordHash } from '../../../../src/core/records/chain.ts';
import { ledgerSchemas } from '../../../../src/core/records/ledger.ts';
import { settlementSchema } from '../../../../src/core/inspection/settlement.ts';
import {
  sampleGold,
  sampleId,
  sampleIdeal,
  sampleInspection,
  sampleSettlement,
  sampleTask,
} from '../../store/samples.ts';

const prevHash = '';

describe('final records', () => {
  it('parse unchanged, and refuse unknown fields', () => {
    const records = {
      inspection: { ...sampleInspection(1, 2), prevHash },
      settlement: { ...sampleSettlement(1, 't1'), prevHash },
      gold: { ...sampleGold(1, 't1'), prevHash },
      ideal: { ...sampleIdeal(1, 't1'), prevHash },
    };
    for (const [kind, record] of Object.entries(records)) {
      const schema = ledgerSchemas[kind as keyof typeof records];
      assert.deepEqual(schema.parse(record), record);
      assert.equal(schema.safeParse({ ...record, mood: 'fine' }).success, false);
      assert.notEqual(recordHash(record), recordHash({ ...record, author: 'other' }));
    }
  });
});

describe('an inspection', () => {
  const inspection = (changes: object) =>
    inspectionSchema.safeParse({ ...sampleInspection(1, 2), prevHash, ...changes });

  it('needs changes to send back, a rationale to correct, and a reason to reject', () => {
    const decisions: [object, boolean][] = [
      [{ kind: 'send-back', changes: ['Name the case that shows it'] }, true],
      [{ kind: 'send-back', changes: [] }, false],
      [{ kind: 'correct', preference: { kind: 'tie' }, rationale: 'Both pass.' }, true],
      [{ kind: 'correct', preference: { kind: 'tie' }, rationale: '' }, false],
      [{ kind: 'reject', reason: 'Copied from the prompt' }, true],
      [{ kind: 'reject' }, false],
    ];
    for (const [decision, isFine] of decisions)
      assert.equal(inspection({ decision }).success, isFine, JSON.stringify(decision));
  });

  it('quotes exactly the commented text', () => {
    const comment = { id: 'c', start: 0, end: 3, quote: 'four', text: 'Why?' };
    assert.equal(inspection({ comments: [comment] }).success, false);
  });

  it('finds its comments in a revised rationale, unless a quote occurs twice', () => {
    const comment = { start: 2, end: 9, quote: 'handles' };
    assert.deepEqual(locateComment(comment, 'A handles it'), { start: 2, end: 9 });
    assert.deepEqual(locateComment(comment, 'So A handles it'), { start: 5, end: 12 });
    assert.equal(locateComment(comment, 'It handles and handles'), undefined);
    assert.equal(locateComment(comment, 'A takes it'), undefined);
  });

  it('stays hidden from reviewers who have not inspected the same review', () => {
    const [ines, otto, elsewhere] = [
      { ...sampleInspection(1, 90), prevHash },
      { ...sampleInspection(2, 90, { author: 'otto' }), prevHash },
      { ...sampleInspection(3, 91, { author: 'rita' }), prevHash },
    ] as const;
    const all = [ines, otto, elsewhere];
    assert.deepEqual(visibleInspections(all, sampleId(90), 'rita'), []);
    assert.deepEqual(visibleInspections(all, sampleId(90), 'otto'), [ines, otto]);
  });
});

describe('a settlement', () => {
  const settled = (changes: object) =>
    settlementSchema.safeParse({ ...sampleSettlement(1, 't1'), prevHash, ...changes }).success;

  it('has no verdict if and only if it is unresolved', () => {
    assert.ok(settled({ source: 'unresolved', verdict: null }));
    assert.ok(!settled({ source: 'unresolved' }));
    assert.ok(!settled({ verdict: null }));
  });

  it('needs a reason unless all agreed', () => {
    assert.ok(!settled({ reason: ' ' }));
    assert.ok(settled({ source: 'unanimous', reason: '' }));
  });

  it('needs at least two different reviews', () => {
    const { reviews } = sampleSettlement(1, 't1');
    assert.ok(!settled({ reviews: reviews.slice(0, 1) }));
    assert.ok(!settled({ reviews: [reviews[0], reviews[0]] }));
  });
});

describe('gold', () => {
  const gold = { preference: { kind: 'tie' as const }, rationale: 'from the file' };
  const tasks = [
    { task: sampleTask('t1', { gold }), hash: 'h1' },
    { task: sampleTask('t2', { gold }), hash: 'h2' },
    { task: sampleTask('t3'), hash: 'h3' },
  ];
  const verdict = (n: number, changes: Partial<GoldVerdict>): GoldVerdict => ({
    ...sampleGold(n, 't1', { taskHash: 'h1', ...changes }),
    prevHash,
  });

  it('is the last verdict decided here on the current task, else the verdict in the task', () => {
    const found = goldReferences(tasks, [
      verdict(1, {}),
      verdict(2, { rationale: 'second thoughts' }),
      verdict(3, { taskId: 't2', taskHash: 'of an older t2' }),
    ]);
    assert.deepEqual([found.get('t1')?.rationale, found.get('t1')?.use], ['second thoughts', 'training']);
    assert.deepEqual(found.get('t2'), { ...gold, use: 'calibration', shown: ['first', 'second'] });
    assert.equal(found.has('t3'), false);
  });

  it('names the invalid setting', () => {
    assert.equal(readCalibrationSettings({}).goldShare, 0);
    assert.throws(
      () => readCalibrationSettings({ goldShare: 0.9 }),
      /^TiebreakError: tiebreak\.calibration: goldShare is 0\.9; it must be at most 0\.5/,
    );
    assert.throws(() => readCalibrationSettings({ duplicateGap: '10' }), /duplicateGap must be/);
  });

  it('is matched by the same winner with any strength, and by the same kind', () => {
    const winner = { kind: 'better', winner: 'a', strength: 3 } as const;
    assert.ok(isGoldMet({ ...winner, strength: 1 }, winner));
    assert.ok(!isGoldMet({ ...winner, winner: 'b' }, winner));
    assert.ok(!isGoldMet({ kind: 'tie' }, winner));
    assert.ok(isGoldMet({ kind: 'both-bad' }, { kind: 'both-bad' }));
    assert.ok(!isGoldMet(null, { kind: 'tie' }));
  });
});
