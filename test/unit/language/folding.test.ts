import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { foldsOf } from '../../../src/language/folding.ts';

function folds(...lines: string[]): string[] {
  const document = TextDocument.create(
    'tiebreak-rationale:/t1/rationale.md',
    'markdown',
    1,
    lines.join('\n'),
  );
  return foldsOf(document).map(({ startLine, endLine }) => `${startLine}-${endLine}`);
}

describe('folding of a rationale', () => {
  it('folds fenced code, also within a section', () => {
    assert.deepEqual(folds('text', '```python', 'x = 1', '```', 'more'), ['1-3']);
  });

  it('folds a quotation of several lines', () => {
    assert.deepEqual(folds('text', '> one', '> two', 'more', '> alone'), ['1-2']);
    assert.deepEqual(folds('> one', '> two'), ['0-1']);
  });

  it('folds what stands below a heading, up to the next of its level', () => {
    assert.deepEqual(folds('# Verdict', '@A', '', '## Why', 'since', '', '# Else', 'x'), [
      '0-4',
      '3-4',
      '6-7',
    ]);
  });

  it('takes no comment in code for a heading', () => {
    assert.deepEqual(folds('```', '# a', 'b', '# c', '```'), ['0-4']);
  });

  it('has nothing to fold in a plain text or an open fence', () => {
    assert.deepEqual(folds('one', 'two', '', 'three'), []);
    assert.deepEqual(folds('```', 'x'), []);
  });
});
