import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lensesOf } from '../../../src/language/codeLenses.ts';
import { lintRationale } from '../../../src/core/rationale/lint.ts';
import type { LanguageContext } from '../../../src/protocol/language.ts';
import { context } from './samples.ts';

function titles(text: string, where: LanguageContext = context()): string[] {
  const document = TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, text);
  return lensesOf(document, lintRationale(document.getText(), where.rationale), where).map(
    ({ command }) => command!.title,
  );
}

const good =
  '@B is better than @A: it passes @case:empty, where @A raises an IndexError, and both handle @case:one.';

describe('code lenses of a rationale', () => {
  it('tell how many of the cases that split A and B are cited', () => {
    assert.deepEqual(titles(good), ['cites 1 of 1 splitting case']);
    assert.deepEqual(titles(good.replace('@case:empty', 'the first'))[0], 'cites 0 of 1 splitting case');
  });

  it('tell how many findings block submitting', () => {
    assert.deepEqual(titles('Both have merits.'), ['cites 0 of 1 splitting case', '3 findings blocking']);
  });

  it('offer a run where there was none', () => {
    const unrun = context({ results: {} });
    const document = TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, good);
    const [lens] = lensesOf(document, [], unrun);
    assert.deepEqual(lens?.command, { title: 'no case was run · run both', command: 'tiebreak.runBoth' });
  });

  it('say so where no case splits, or there is none', () => {
    const { A } = context().rationale.results;
    assert.deepEqual(titles(good, context({ results: { A: A!, B: A! } }))[0], 'no case splits A and B');
    assert.deepEqual(titles(good, { ...context(), cases: [] })[0], 'no cases');
  });
});
