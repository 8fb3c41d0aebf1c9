import assert from 'node:assert/strict';
import { filterOf, isFiltered, keptSchema, noFilter } from '../../../../src/webview/dashboard/filters.ts';

const now = Date.parse('2026-11-21T00:30:00Z');

describe('the filters of the dashboard', () => {
  it('admit everything unless told otherwise', () => {
    assert.deepEqual(filterOf(noFilter, now), {});
    assert.equal(isFiltered(noFilter), false);
  });

  it('count today among the last days', () => {
    assert.deepEqual(filterOf({ ...noFilter, period: '7' }, now), { from: '2026-11-15' });
    assert.equal(isFiltered({ ...noFilter, period: '7' }), true);
  });

  it('take days between others, where they are days', () => {
    const between = { ...noFilter, period: 'between' as const };
    assert.deepEqual(filterOf({ ...between, from: '2026-10-01', to: '2026-10-31' }, now), {
      from: '2026-10-01',
      to: '2026-10-31',
    });
    assert.deepEqual(filterOf({ ...between, from: '2026-02-30', to: '' }, now), {});
  });

  it('leave days alone that belong to another period', () => {
    assert.deepEqual(
      filterOf({ ...noFilter, from: '2026-10-01', language: 'go', evaluator: 'E-1234' }, now),
      {
        language: 'go',
        evaluator: 'E-1234',
      },
    );
  });

  it('come back from what the page kept, whatever an older page left out', () => {
    assert.deepEqual(keptSchema.parse({}), { choice: noFilter, tables: [], sortings: {} });
    assert.equal(keptSchema.parse({ choice: { language: 'go' } }).choice.language, 'go');
    assert.equal(keptSchema.safeParse({ choice: { period: 'for ever' } }).success, false);
  });
});
