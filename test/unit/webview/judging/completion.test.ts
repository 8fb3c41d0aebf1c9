import { strict as assert } from 'node:assert';
import { findAnchors } from '../../../../src/core/rationale/anchors.ts';
import type { PanelAnswer, PanelCases } from '../../../../src/protocol/panel/state.ts';
import { citationAt, isWhole, proposalsFor } from '../../../../src/webview/judging/completion.ts';

const answer = (side: 'A' | 'B', ...paths: string[]): PanelAnswer => ({
  side,
  segments: [],
  files: paths.map((path) => ({ path, lines: ['first', '  second'], key: path })),
  readings: [],
  reading: '',
  problems: [],
  leftOut: [],
  masked: 0,
});
const cases: PanelCases = {
  cases: [
    { id: 'plain', origin: 'task', kind: 'unit', source: '' },
    { id: 'two words', origin: 'task', kind: 'unit', source: '' },
  ],
  sides: { A: { phase: 'idle', results: {} }, B: { phase: 'idle', results: {} } },
  splitting: ['two words'],
};
const task = { answers: [answer('A', 'main.py'), answer('B', 'a.py', 'b.py')] };
const texts = (word: string, selected?: string) =>
  proposalsFor(word, task, { cases }, selected).map(({ text }) => text);

describe('completion of citations', () => {
  it('begins at an "@" that begins a word', () => {
    assert.equal(citationAt('see @', 5), '@');
    assert.equal(citationAt('(@B:1', 5), '@B:1');
    assert.equal(citationAt('@case:"two w', 12), '@case:"two w');
    assert.equal(citationAt('a@b.org', 7), undefined);
    assert.equal(citationAt('@A is', 5), undefined);
    assert.equal(citationAt('@A is', 2), '@A');
  });

  it('proposes the selected lines first, then the sides, then the case that splits', () => {
    assert.deepEqual(texts('@', '@B/a.py:2').slice(0, 5), [
      '@B/a.py:2',
      '@A',
      '@B',
      '@case:"two words"',
      '@case:plain',
    ]);
  });

  it('names the file where the answer has several', () => {
    assert.deepEqual(texts('@A:'), ['@A:1', '@A:2']);
    assert.deepEqual(texts('@B/b'), ['@B/b.py:1', '@B/b.py:2']);
  });

  it('proposes nothing twice, and nothing that is already there', () => {
    assert.deepEqual(texts('@A:', '@A:1'), ['@A:1', '@A:2']);
    assert.deepEqual(texts('@A:1'), []);
  });

  it('proposes only what the rules read as a citation', () => {
    for (const text of texts('@', '@A:1-2')) {
      const [anchor] = findAnchors(
        text,
        cases.cases.map(({ id }) => id),
      );
      assert.deepEqual([anchor?.start, anchor?.end], [0, text.length], text);
    }
  });

  it('recognises a complete citation', () => {
    for (const word of ['@A', '@B:3', '@B/a.py:3-9']) assert.equal(isWhole(word), true, word);
    for (const word of ['@', '@case:', '@A:', '@case:pl']) assert.equal(isWhole(word), false, word);
  });
});
