import { strict as assert } from 'node:assert';
import { readArrangement } from '../../../../src/webview/state/arrangement.ts';

describe('the arrangement of the panel', () => {
  it('is read as it was kept', () => {
    const kept = {
      ...readArrangement(undefined),
      subject: 'one ',
      view: 'diff' as const,
      alone: 'B' as const,
      casesHeight: 300,
      unsaved: { '["one","flag"]': { note: 'half a' } },
      places: [
        [
          'one ',
          {
            pairing: 'A|ideal' as const,
            alone: null,
            promptOpen: false,
            caseFilter: 'mine' as const,
            tab: 'judgement' as const,
            lower: 'diagnostics' as const,
            openCases: ['c1'],
            scroll: { code: [10, 0] as const },
          },
        ] as [string, never],
      ],
    };
    assert.deepEqual(readArrangement(JSON.parse(JSON.stringify(kept))), kept);
  });

  it('replaces what does not fit, and keeps everything else', () => {
    const read = readArrangement({
      view: 'sideways',
      alone: 'C',
      wrap: 'yes',
      scrollTogether: true,
      compareBy: { ignoreComments: true },
      unsaved: { good: { text: 'typed', n: 7 }, bad: 'text' },
      places: ['x', [7, {}], ['two ', { openCases: ['a', 1], scroll: { code: [1, 'x'], cases: [2, 3] } }]],
    });
    assert.deepEqual([read.view, read.alone, read.wrap, read.scrollTogether], ['code', null, false, true]);
    assert.deepEqual(read.compareBy, { ignoreWhitespace: false, ignoreComments: true, format: false });
    assert.deepEqual(read.unsaved, { good: { text: 'typed' }, bad: {} });
    assert.deepEqual(
      read.places.map(([subject, { openCases, scroll }]) => [subject, openCases, scroll]),
      [['two ', ['a'], { cases: [2, 3] }]],
    );
  });
});
