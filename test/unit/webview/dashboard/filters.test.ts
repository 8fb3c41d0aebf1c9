import assert from 'node:assert/strict';
import { filterOf, isFiltered, noFilter, readKept } from '../../../../src/webview/dashboard/filters.ts';

const now = Date.parse('2026-11-21T00:30:00Z');

describe('the filters of the dashboard', () => {
  it('admit everything by default', () => {
    assert.deepEqual(filterOf(noFilter, now), {});
    assert.equal(isFiltered(noFilter), false);
  });

  it('count today among the last days', () => {
    assert.deepEqual(filterOf({ ...noFilter, period: '7' }, now), { from: '2026-11-15' });
    assert.equal(isFiltered({ ...noFilter, period: '7' }), true);
  });

  it('accept a range of valid days', () => {
    const between = { ...noFilter, period: 'between' as const };
    assert.deepEqual(filterOf({ ...between, from: '2026-10-01', to: '2026-10-31' }, now), {
      from: '2026-10-01',
      to: '2026-10-31',
    });
    for (const from of ['2026-02-30', '2026-13-01', '2026-1-01', 'yesterday'])
      assert.deepEqual(filterOf({ ...between, from, to: '' }, now), {});
  });

  it('ignore days that belong to another period', () => {
    assert.deepEqual(
      filterOf({ ...noFilter, from: '2026-10-01', language: 'go', evaluator: 'E-1234' }, now),
      {
        language: 'go',
        evaluator: 'E-1234',
      },
    );
  });

  it('are restored from the saved state, even of an older page', () => {
    assert.deepEqual(readKept(undefined), { choice: noFilter, page: 'reviews', tables: [], sortings: {} });
    const kept = readKept({
      choice: { period: 'for ever', language: 'go' },
      page: 7,
      tables: ['work', null],
      sortings: { work: { column: 1, isDescending: true }, pairs: { column: -1 } },
    });
    assert.deepEqual(kept, {
      choice: { ...noFilter, language: 'go' },
      page: 'reviews',
      tables: ['work'],
      sortings: { work: { column: 1, isDescending: true } },
    });
  });
});
