import assert from 'node:assert/strict';
import { filterOf, orderOf, unfiltered } from '../../../src/sessions/queueChoice.ts';

describe('the filter of a choice', () => {
  it('does not restrict the queue if nothing is selected', () => {
    assert.deepEqual(
      filterOf({ languages: [], tags: [], states: [], files: [], text: ' ', sort: 'position' }),
      {},
    );
  });

  it('contains the selection', () => {
    const files = ['a.jsonl', null];
    const choice = {
      languages: ['go'],
      tags: [],
      states: ['open'],
      files,
      text: 'app',
      sort: 'title',
    } as const;
    assert.deepEqual(filterOf(choice), { languages: ['go'], states: ['open'], files, text: 'app' });
  });

  it('can be removed without the order and the grouping', () => {
    const choice = { text: 'app', sort: 'title', grouped: true } as const;
    assert.deepEqual(unfiltered(choice), { sort: 'title', grouped: true });
    assert.deepEqual(filterOf(unfiltered(choice)), {});
  });
});

describe('the order of a choice', () => {
  it('starts with the order of the groups', () => {
    assert.deepEqual(orderOf({ sort: 'title' }), 'title');
    assert.deepEqual(orderOf({ sort: 'title', grouped: true }), ['file', 'title']);
  });
});
