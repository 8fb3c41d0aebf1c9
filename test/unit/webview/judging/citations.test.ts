import { strict as assert } from 'node:assert';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import { citationsOf } from '../../../../src/webview/judging/citations.ts';

const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
const state = {
  task: { answers: [{ side: 'A', files: [{ path: 'main.py', lines }] }] },
  cases: {
    cases: [{ id: 'empty list' }],
    sides: {
      A: { results: { 'empty list': { verdict: 'pass' } } },
      B: { results: { 'empty list': { verdict: 'fail' } } },
    },
  },
} as unknown as Pick<PanelState, 'task' | 'cases'>;

describe('what a rationale cites', () => {
  it('is shown once each: code by its lines, a case by its results', () => {
    const citations = citationsOf('@A:2-3 holds, see @case:"empty list"; @A:2-3 again, @A is good.', state);
    assert.deepEqual(citations, [
      {
        text: '@A:2-3',
        shown: ['line 2', 'line 3'],
        lines: { side: 'A', file: 'main.py', from: 2, to: 3 },
      },
      { text: '@case:"empty list"', shown: ['A pass, B fail'], lines: undefined },
    ]);
  });

  it('is a search for differences, or one difference', () => {
    const searches = [{ number: 2, text: '612 inputs tried', witnesses: [{ text: '[]: A 0, B 1' }] }];
    const differences = { phase: 'idle', searches } as unknown as PanelState['differences'];
    assert.deepEqual(
      citationsOf('@search:2, @search:2.1, @search:2.2 and @search:1', { ...state, differences }).map(
        ({ text, shown }) => [text, ...shown],
      ),
      [['@search:2', '612 inputs tried'], ['@search:2.1', '[]: A 0, B 1'], ['@search:2.2'], ['@search:1']],
    );
  });

  it('is cut if long, and empty if the citation has no target', () => {
    const [long, gone, side] = citationsOf('@A:1-20 and @A:99 and @B:1', state);
    assert.deepEqual([long!.shown.length, long!.shown.at(-1)], [9, '…']);
    assert.deepEqual([gone!.shown, side!.shown], [[], []]);
  });
});
