import assert from 'node:assert/strict';
import { compareReviews } from '../../../../src/core/inspection/compareReviews.ts';
import type { Flag, Review } from '../../../../src/core/review/review.ts';
import type { Run, Verdict } from '../../../../src/core/run/run.ts';
import { sampleRun } from '../../store/samples.ts';
import { sampleReview } from '../samples.ts';

const forLeft = { kind: 'better', winner: 'left', strength: 3 } as const;
const forRight = { kind: 'better', winner: 'right', strength: 1 } as const;

function by(evaluator: string, changes: Partial<Review> = {}): Review {
  return sampleReview({ evaluator, ...changes });
}

function flag(kind: Flag['kind'], startLine: number, endLine: number): Flag {
  return { id: `${kind}${startLine}`, answerId: 'left', kind, file: 'main.py', startLine, endLine };
}

function ran(verdict: Verdict, changes: Partial<Run> = {}): Run {
  const result = {
    caseId: 'c1',
    verdict,
    stdout: '',
    stderr: '',
    wallMs: 1,
    cpuMs: 1,
    peakBytes: 1,
    exit: 0,
  };
  return sampleRun('r', { answerId: 'left', results: [{ ...result, signal: null }], ...changes });
}

describe('comparing reviews', () => {
  it('finds no difference between equal reviews, whatever order they were shown in', () => {
    const turned = by('bob', { shown: ['right', 'left'] });
    const { isSameDirection, strengthApart, scores, flags, facts, restsOn } = compareReviews([
      by('ada'),
      turned,
    ]);
    assert.deepEqual(
      [isSameDirection, strengthApart, scores, flags, facts, restsOn],
      [true, 0, [], [], [], undefined],
    );
  });

  it('measures the distance of the strengths, except with both bad', () => {
    const reviews = [by('ada', { preference: forLeft }), by('bob', { preference: forRight })];
    assert.equal(compareReviews(reviews).strengthApart, 4);
    assert.equal(
      compareReviews([by('ada'), by('bob', { preference: { kind: 'both-bad' } })]).strengthApart,
      undefined,
    );
  });

  it('lists scores that differ, without evaluators who gave none', () => {
    const reviews = [
      by('ada', { scores: { left: { speed: 3, style: 2 } } }),
      by('bob', { scores: { left: { speed: 3, style: 4 }, right: { speed: 1 } } }),
    ];
    assert.deepEqual(compareReviews(reviews).scores, [
      {
        answerId: 'left',
        criterion: 'style',
        scores: new Map([
          ['ada', 2],
          ['bob', 4],
        ]),
      },
      { answerId: 'right', criterion: 'speed', scores: new Map([['bob', 1]]) },
    ]);
  });

  it('treats flags of one kind on overlapping lines as the same, and lists the others once', () => {
    const reviews = [
      by('ada', { flags: [flag('wrong', 3, 5), flag('misleading', 1, 1)] }),
      by('bob', { flags: [flag('wrong', 5, 7)] }),
      by('cy', { flags: [flag('wrong', 4, 4), flag('misleading', 1, 2)] }),
    ];
    const { flags } = compareReviews(reviews);
    assert.deepEqual(
      flags.map(({ flag: { kind }, raisedBy, notRaisedBy }) => [kind, raisedBy, notRaisedBy]),
      [['misleading', ['ada', 'cy'], ['bob']]],
    );
  });

  it('rests on facts if the same code had different results, or only one reviewer saw a fault', () => {
    const runs = [
      by('ada', { preference: forLeft, runs: [ran('pass')] }),
      by('bob', { preference: forRight, runs: [ran('fail')] }),
    ];
    const { facts, restsOn } = compareReviews(runs);
    assert.deepEqual(facts, [
      {
        answerId: 'left',
        caseId: 'c1',
        verdicts: new Map([
          ['ada', 'pass'],
          ['bob', 'fail'],
        ]),
      },
    ]);
    assert.equal(restsOn, 'facts');
    const other = by('bob', { preference: forRight, runs: [ran('fail', { codeHash: 'other code' })] });
    assert.deepEqual(compareReviews([runs[0]!, other]).facts, []);
    const flagged = by('bob', { preference: forRight, flags: [flag('unsafe', 1, 2)] });
    assert.equal(compareReviews([by('ada', { preference: forLeft }), flagged]).restsOn, 'facts');
  });

  it('rests on weights if both see the same criteria ahead, else on taste', () => {
    const scores = { left: { speed: 5, style: 1 }, right: { speed: 2, style: 3 } };
    const milder = { left: { speed: 4, style: 2 }, right: { speed: 3, style: 4 } };
    const ada = by('ada', { preference: forLeft, scores });
    assert.equal(
      compareReviews([ada, by('bob', { preference: forRight, scores: milder })]).restsOn,
      'weights',
    );
    const turned = { left: scores.right, right: scores.left };
    assert.equal(compareReviews([ada, by('bob', { preference: forRight, scores: turned })]).restsOn, 'taste');
    const silent = [by('ada', { preference: forLeft }), by('bob', { preference: forRight })];
    assert.equal(compareReviews(silent).restsOn, 'taste');
  });
});
