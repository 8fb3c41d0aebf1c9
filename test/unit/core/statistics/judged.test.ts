import assert from 'node:assert/strict';
import { current } from '../../../../src/core/statistics/judged.ts';

describe('what is in force', () => {
  it('is all that its own author has not replaced, whoever else names it', () => {
    const reviews = [
      { id: '1', evaluator: 'eva' },
      { id: '2', evaluator: 'eva', revises: '1' },
      { id: '3', evaluator: 'otto', revises: '2' },
    ];
    assert.deepEqual(
      current(reviews).map(({ id }) => id),
      ['2', '3'],
    );
    const inspections = [
      { id: '1', author: 'ines' },
      { id: '2', author: 'otto', revises: '1' },
    ];
    assert.deepEqual(current(inspections), inspections);
  });
});
