import assert from 'node:assert/strict';
import { rubricProblems } from '../../../../src/core/files/rubricProblems.ts';
import { rubricSchema, type Rubric } from '../../../../src/core/task/rubric.ts';
import { labelledRationales } from '../../../fixtures/labelled.ts';

const scale = [
  { value: 1, meaning: 'no' },
  { value: 2, meaning: 'yes' },
];

/** Criteria of these weights, with more of the rubric where a test asks for it. */
function problems(weights: readonly number[], changes: Partial<Rubric> = {}): string[] {
  const criteria = weights.map((weight, index) => ({
    id: `c${index}`,
    title: `C ${index}`,
    description: '',
    weight,
    scale,
  }));
  return rubricProblems(rubricSchema.parse({ id: 'r', title: 'R', criteria, ...changes })).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

describe('problems of a rubric', () => {
  it('are not found in shipped rubrics', () => {
    const shipped = new Map(
      labelledRationales().all.map(({ context }) => [context.rubric.id, context.rubric]),
    );
    assert.ok(shipped.size >= 5);
    for (const rubric of shipped.values())
      if (rubric.criteria.length > 0) assert.deepEqual(rubricProblems(rubric), [], rubric.id);
  });

  it('include a dominant weight, and shares that do not add up', () => {
    assert.match(problems([5, 1, 1])[0]!, /^criteria\.0\.weight: .*5 of 7/);
    assert.match(problems([0.5, 0.4])[0]!, /shares of 1 and add up to 0.9/);
    assert.match(problems([40, 40, 30])[0]!, /shares of 100 and add up to 110/);
    assert.deepEqual(problems([0.5, 0.5]), []);
    assert.deepEqual(problems([40, 40, 20]), []);
    assert.deepEqual(problems([3, 2, 2, 1, 1]), []);
  });

  it('include similar names, and two points with the same meaning', () => {
    const base = { description: '', weight: 1, scale };
    const twins = [
      { id: 'style', title: 'Style', ...base },
      { id: 'Style', title: 'Form', ...base },
      { id: 'look', title: 'style', ...base },
    ];
    assert.deepEqual(
      problems([], { criteria: twins }).map((text) => text.split(':')[0]),
      ['criteria.1.id', 'criteria.2.title'],
    );
    const vague = [{ ...twins[0]!, scale: [...scale, { value: 3, meaning: 'Yes' }] }];
    assert.match(problems([], { criteria: vague })[0]!, /^criteria\.0\.scale\.2: 3 means the same as 2/);
  });

  it('include an unknown rule, and contradictory lengths', () => {
    assert.match(problems([1], { rules: { R88: 'W' } })[0]!, /^rules\.R88: There is no rule “R88”/);
    assert.match(
      problems([1], { thresholds: { briefWords: 300 } })[0]!,
      /^thresholds: .*larger than the one before/,
    );
    assert.deepEqual(problems([1], { rules: { R16: 'off' }, thresholds: { mostWords: 400 } }), []);
  });
});
