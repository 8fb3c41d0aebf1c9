import assert from 'node:assert/strict';
import type { Rubric } from '../../../../src/core/task/rubric.ts';
import {
  applyEdit,
  openingDraft,
  panelDraft,
  weightedMeans,
} from '../../../../src/sessions/review/draftEdits.ts';
import { emptyDraft } from '../../../fixtures/drafts.ts';

const order = ['left', 'right'];
const scale = [1, 2, 3, 4, 5].map((value) => ({ value, meaning: String(value) }));
const rubric: Rubric = {
  id: 'r',
  title: 'R',
  criteria: [
    { id: 'correctness', title: 'Correctness', description: '', weight: 3, scale },
    { id: 'clarity', title: 'Clarity', description: '', weight: 1, scale },
  ],
};

describe('edits of a draft', () => {
  it('stores a score by answer id and clears it', () => {
    const draft = emptyDraft();
    const scored = applyEdit(draft, { kind: 'score', side: 'B', criterion: 'clarity', value: 4 }, order);
    assert.deepEqual(scored.scores, { right: { clarity: 4 } });
    const cleared = applyEdit(
      { ...draft, ...scored },
      { kind: 'score', side: 'B', criterion: 'clarity', value: null },
      order,
    );
    assert.deepEqual(cleared.scores, { right: {} });
  });

  it('replaces a flag of the same id instead of adding a second', () => {
    const flag = { id: 'f1', side: 'A', kind: 'wrong', file: 'main.py', startLine: 1, endLine: 2 } as const;
    const draft = { ...emptyDraft(), ...applyEdit(emptyDraft(), { kind: 'flag', flag }, order) };
    const edited = applyEdit(draft, { kind: 'flag', flag: { ...flag, note: 'off by one' } }, order);
    assert.deepEqual(edited.flags, [
      {
        id: 'f1',
        answerId: 'left',
        kind: 'wrong',
        file: 'main.py',
        startLine: 1,
        endLine: 2,
        note: 'off by one',
      },
    ]);
  });

  it('marks an added case as the evaluator’s', () => {
    const edit = {
      kind: 'case',
      case: { id: 'c', kind: 'stdin', input: '', output: '', origin: 'task' },
    } as const;
    assert.equal(applyEdit(emptyDraft(), edit, order).cases?.[0]?.origin, 'evaluator');
  });

  it('drops an override whose reason is emptied', () => {
    const draft = emptyDraft({ overrides: [{ rule: 'R05', reason: 'the prompt asks for prose' }] });
    assert.deepEqual(applyEdit(draft, { kind: 'override', rule: 'R05', reason: ' ' }, order).overrides, []);
  });

  it('shows sides and never an answer id', () => {
    const flag = {
      id: 'f',
      answerId: 'right',
      kind: 'unsafe',
      file: 'a.py',
      startLine: 1,
      endLine: 1,
    } as const;
    const draft = emptyDraft({ flags: [flag], scores: { right: { clarity: 2 } } });
    const shown = panelDraft(draft);
    assert.deepEqual(shown.scores, { A: {}, B: { clarity: 2 } });
    assert.equal(shown.flags[0]?.side, 'B');
    assert.doesNotMatch(JSON.stringify(shown), /left|right/);
  });

  it('weighs the criteria that have a score, and only those', () => {
    const draft = emptyDraft({ scores: { left: { correctness: 5, clarity: 1 }, right: { clarity: 3 } } });
    assert.deepEqual(weightedMeans(rubric, draft, order), { A: 4, B: 3 });
  });

  const task = {
    id: 't',
    language: 'python',
    prompt: 'p',
    answers: [
      { id: 'left', text: '' },
      { id: 'right', text: '' },
    ],
  };

  it('starts a revision from the submitted review', () => {
    const { updatedAt: _updatedAt, ...judged } = emptyDraft({ rationale: 'as before' });
    const review = {
      ...judged,
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      preference: { kind: 'better', winner: 'right', strength: 2 } as const,
      runs: [],
      checks: [],
      submittedAt: judged.startedAt,
      rubricHash: '',
      toolVersion: '',
      prevHash: '',
    };
    const draft = openingDraft(task, 'evaluator-test', undefined, review);
    assert.equal(draft.preference, 2);
    assert.equal(draft.rationale, 'as before');
  });

  it('opens with the saved draft, in its original order', () => {
    const kept = emptyDraft({ shown: ['right', 'left'], preference: -1, rationale: 'half' });
    const draft = openingDraft(task, 'evaluator-test', kept, undefined);
    assert.deepEqual([draft.shown, draft.preference, draft.rationale], [['right', 'left'], -1, 'half']);
  });

  it('keeps only the text if the task has other answers now', () => {
    const kept = emptyDraft({ shown: ['left', 'gone'], preference: 3, rationale: 'half a thought' });
    const draft = openingDraft(task, 'evaluator-test', kept, undefined);
    assert.deepEqual(draft.shown.toSorted(), ['left', 'right']);
    assert.deepEqual([draft.preference, draft.rationale], [null, 'half a thought']);
  });
});
