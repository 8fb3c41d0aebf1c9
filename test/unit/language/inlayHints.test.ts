import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hintsIn } from '../../../src/language/inlayHints.ts';
import { context } from './samples.ts';

const text = '@case:empty decides;\n@case:one and @case:nowhere do not.';
const document = TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, text);

describe('inlay hints of a rationale', () => {
  it('say behind each case how it ended', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 40 } };
    assert.deepEqual(
      hintsIn(document, range, context()).map(({ position, label }) => [document.offsetAt(position), label]),
      [
        [text.indexOf(' decides'), 'A error, B pass'],
        [text.indexOf(' and'), 'A pass, B pass'],
      ],
    );
  });

  it('are those of the lines shown', () => {
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 40 } };
    assert.deepEqual(
      hintsIn(document, range, context()).map(({ label }) => label),
      ['A pass, B pass'],
    );
  });
});
