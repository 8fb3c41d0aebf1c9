import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fixesAt } from '../../../src/language/codeActions.ts';
import { lintRationale } from '../../../src/core/rationale/lint.ts';
import { context } from './samples.ts';

const text =
  '@B is better than @A: the second answer is right on @case:empti,\nas everyone who reads @A will see who tries it once with nothing in the list.';
const document = TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, text);

/** The quick fixes offered while this part of the text is selected. */
function fixes(part: string) {
  const start = text.indexOf(part);
  const range = { start: document.positionAt(start), end: document.positionAt(start + part.length) };
  return fixesAt(lintRationale(document.getText(), context({ results: {} }).rationale), range, document);
}

describe('quick fixes of a rationale', () => {
  it('fix the finding they stand at and keep the rest', () => {
    const [fix, ...others] = fixes('second');
    assert.deepEqual(others, []);
    assert.equal(fix?.diagnostics?.[0]?.code, 'R17');
    const corrected = TextDocument.applyEdits(document, fix.edit?.changes?.[document.uri] ?? []);
    assert.equal(corrected, text.replace('the second answer', '@B'));
  });

  it('are there for each finding of a selection', () => {
    const rules = fixes(text).map(({ diagnostics }) => diagnostics?.[0]?.code);
    assert.deepEqual(rules, ['R17', 'R06']);
  });

  it('offer to run what is said to have been run', () => {
    const claim = '@B is better, I ran both of them.';
    const other = TextDocument.create(document.uri, 'markdown', 1, claim);
    const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: claim.length } };
    const actions = fixesAt(lintRationale(other.getText(), context({ results: {} }).rationale), whole, other);
    const run = actions.find(({ diagnostics }) => diagnostics?.[0]?.code === 'R08');
    assert.equal(run?.command?.command, 'tiebreak.runBoth');
  });

  it('go to what else may be wrong, beside the change of the text', () => {
    const claim =
      '@A is better than @B, since @A:1 is right and @B fails on edge cases, and so it is with all the rest.';
    const other = TextDocument.create(document.uri, 'markdown', 1, claim);
    const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: claim.length } };
    const actions = fixesAt(lintRationale(other.getText(), context({ shown: 2 }).rationale), whole, other);
    const offered = (rule: string) =>
      actions
        .filter(({ diagnostics }) => diagnostics?.[0]?.code === rule)
        .map(({ title, command }) => [title, command?.command]);
    assert.deepEqual(offered('R02'), [
      ['Swap A and B in this sentence', undefined],
      ['Go to the preference', 'tiebreak.focusPreference'],
    ]);
    assert.deepEqual(offered('R10'), [['Find inputs on which A and B differ', 'tiebreak.findDifferences']]);
  });

  it('are not there where nothing is wrong', () => {
    assert.deepEqual(fixes('everyone'), []);
  });
});
