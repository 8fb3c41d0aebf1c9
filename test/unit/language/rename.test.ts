import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { idFault, renamableAt, renameEdits } from '../../../src/language/rename.ts';
import { context } from './samples.ts';

const text = '@case:one passes, @case:empty does not; see @case:one again.';
const document = TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, text);
const at = (part: string) => document.positionAt(text.indexOf(part) + 7);

describe('renaming a case', () => {
  it('is offered for a case that the evaluator added', () => {
    assert.equal(renamableAt(document, at('@case:one'), context())?.placeholder, 'one');
  });

  it('is not offered for a case of the task, nor elsewhere', () => {
    assert.equal(renamableAt(document, at('@case:empty'), context()), null);
    assert.equal(renamableAt(document, document.positionAt(12), context()), null);
  });

  it('changes every anchor of the case, in quotes where the id needs them', () => {
    const corrected = TextDocument.applyEdits(document, renameEdits(document, 'one', 'one item', context()));
    assert.equal(corrected, '@case:"one item" passes, @case:empty does not; see @case:"one item" again.');
  });

  it('takes no id that is in use or cannot be cited', () => {
    assert.match(idFault('empty', context())!, /already/);
    assert.match(idFault('a"b', context())!, /quotation mark/);
    assert.match(idFault(' ', context())!, /empty/);
    assert.equal(idFault('two items', context()), undefined);
  });
});
