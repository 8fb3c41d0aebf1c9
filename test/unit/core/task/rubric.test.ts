import assert from 'node:assert/strict';
import { TiebreakError } from '../../../../src/core/errors.ts';
import { readRubric } from '../../../../src/core/task/rubric.ts';
import { sampleRubric } from '../samples.ts';

const template = {
  rubric: {
    correctness: { description: 'Does what is asked.', scale: [0, 1, 2, 3, 4, 5] },
    code_quality: { description: 'Reads well.', scale: [0, 1, 2] },
  },
  notes: 'Score before you compare.',
};

/** The error message for an invalid rubric. */
function refusal(json: unknown): string {
  try {
    readRubric(json, 'rubrics/mine.json');
  } catch (error) {
    assert.ok(error instanceof TiebreakError);
    assert.equal(error.code, 'rubric-invalid');
    return error.message;
  }
  return assert.fail('the rubric was accepted');
}

describe('readRubric', () => {
  it('accepts its own form, with a default weight of 1', () => {
    assert.deepEqual(readRubric(sampleRubric, 'a.json'), sampleRubric);
    const [first] = sampleRubric.criteria;
    const { weight: _, ...light } = first!;
    assert.equal(readRubric({ ...sampleRubric, criteria: [light] }, 'a.json').criteria[0]?.weight, 1);
  });

  it('accepts the plain template', () => {
    const rubric = readRubric(template, 'rubrics/front-end.json');
    assert.equal(rubric.id, 'front-end');
    assert.equal(rubric.title, 'Front end');
    assert.equal(rubric.notes, 'Score before you compare.');
    assert.deepEqual(
      rubric.criteria.map(({ id, title, description, weight, scale }) => [
        id,
        title,
        description,
        weight,
        scale.map((point) => point.value),
      ]),
      [
        ['correctness', 'Correctness', 'Does what is asked.', 1, [0, 1, 2, 3, 4, 5]],
        ['code_quality', 'Code quality', 'Reads well.', 1, [0, 1, 2]],
      ],
    );
  });

  it('accepts a template with meanings, weights, names of several words and the best point first', () => {
    const { criteria } = readRubric(
      { rubric: { 'Error Handling!': { description: '', scale: { '2': 'all', '0': 'none' }, weight: 3 } } },
      'x.json',
    );
    assert.deepEqual(criteria, [
      {
        id: 'error-handling',
        title: 'Error Handling!',
        description: '',
        weight: 3,
        scale: [
          { value: 0, meaning: 'none' },
          { value: 2, meaning: 'all' },
        ],
      },
    ]);
  });

  for (const [what, json, told] of [
    ['no object', [1], /^rubrics\/mine\.json: A rubric must be an object\./],
    ['no criteria', { rubric: {} }, /criteria is empty/],
    ['a criterion without a scale', { rubric: { a: { description: '' } } }, /rubric\.a\.scale is missing/],
    [
      'a scale of one point',
      { rubric: { a: { description: '', scale: [1] } } },
      /criteria\[0\]\.scale has 1 item; at least 2/,
    ],
    [
      'a point twice',
      { rubric: { a: { description: '', scale: [1, 1] } } },
      /criteria\[0\]\.scale must ascend/,
    ],
    ['an unknown field', { ...template, rubrik: {} }, /rubrik is not a known field/],
    ['a weight below zero', { rubric: { a: { scale: [1, 2], weight: -1 } } }, /rubric\.a\.weight is -1/],
    [
      'a criterion twice',
      { rubric: { 'a b': { scale: [1, 2] }, 'a-b': { scale: [1, 2] } } },
      /"a-b" is used twice/,
    ],
    [
      'its own form with a text for a number',
      { ...sampleRubric, criteria: 'all' },
      /criteria must be a list, not a text/,
    ],
  ] as const) {
    it(`refuses ${what} with the file, the fault and the remedy`, () => {
      assert.match(refusal(json), told);
      assert.match(refusal(json), /^rubrics\/mine\.json: .*\. [A-Z].*/);
    });
  }
});
