import assert from 'node:assert/strict';
import { current } from '../../../../src/core/statistics/judged.ts';

describe('the records in effect', () => {
  it('are all records that their own author has not replaced', () => {
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
