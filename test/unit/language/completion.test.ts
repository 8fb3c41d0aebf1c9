import { strict as assert } from 'node:assert';
import type { LanguageContext } from '../../../src/protocol/language.ts';
import { suggest } from '../../../src/language/completion.ts';
import { context } from './samples.ts';

/** Labels offered where `|` stands. */
function offered(marked: string, where: LanguageContext = context()): string[] {
  const offset = marked.indexOf('|');
  return suggest(marked.replace('|', ''), offset, where).suggestions.map(({ label }) => label);
}

/** The text after the suggestion of this label was taken where `|` stands. */
function taken(marked: string, label: string, where: LanguageContext = context()): string {
  const text = marked.replace('|', '');
  const found = suggest(text, marked.indexOf('|'), where).suggestions.find(
    (suggestion) => suggestion.label === label,
  );
  assert.ok(found, `${label} is not offered`);
  return text.slice(0, found.start) + found.text + text.slice(found.end);
}

/** The task with two files in A. */
function severalFiles(): LanguageContext {
  const where = context();
  const [a, b] = where.rationale.answers;
  const util = { path: 'lib/util.py', lines: ['import os', 'x = 1'] };
  return context({ answers: [{ ...a!, files: [...a!.files, util] }, b!] });
}

describe('completion of a rationale', () => {
  it('offers the sides and the cases after "@"', () => {
    assert.deepEqual(offered('Look: @|'), ['@A', '@B', '@case:empty', '@case:one']);
  });

  it('offers the cases that split the answers before the others', () => {
    const where = context();
    const reversed = { ...where, cases: where.cases.toReversed() };
    const { suggestions } = suggest('so @case', 8, reversed);
    const labels = suggestions.filter(({ kind }) => kind === 'case').map(({ label }) => label);
    assert.deepEqual(labels, ['@case:empty', '@case:one']);
  });

  it("tells a case's verdicts and title", () => {
    const { suggestions } = suggest('so @', 4, context());
    const details = suggestions.filter(({ kind }) => kind === 'case').map(({ detail }) => detail);
    assert.deepEqual(details, ['A error, B pass · empty input', 'A pass, B pass']);
  });

  it('offers the lines that hold code, with the code', () => {
    const { suggestions, complete } = suggest('See @B:', 7, context());
    assert.equal(complete, true);
    assert.deepEqual(
      suggestions.map(({ label, detail }) => [label, detail]),
      [
        ['@B:1', 'def chunk(items):'],
        ['@B:2', 'if not items:'],
        ['@B:3', 'return []'],
        ['@B:5', 'return [items[0]]'],
      ],
    );
  });

  it('offers the end of a range', () => {
    assert.deepEqual(offered('See @A:2-|'), ['@A:2-4']);
  });

  it('offers files where there are several, and the lines of each', () => {
    assert.deepEqual(offered('See @A/|', severalFiles()), ['@A/solution.py', '@A/lib/util.py']);
    assert.deepEqual(offered('See @A/lib/util.py:|', severalFiles()), [
      '@A/lib/util.py:1',
      '@A/lib/util.py:2',
    ]);
    assert.deepEqual(offered('See @|', severalFiles()).slice(-2), ['@A/solution.py', '@A/lib/util.py']);
    assert.deepEqual(offered('See @A/nowhere.py:|', severalFiles()), []);
  });

  it('offers lines of the prompt and hunks of the difference', () => {
    assert.deepEqual(offered('By @prompt:|'), ['@prompt:1', '@prompt:3']);
    assert.deepEqual(offered('By @diff:|'), ['@diff:1', '@diff:2']);
  });

  it('offers the searches for differences, the latest first, each with what it found', () => {
    const searches = [
      { number: 1, text: '612 inputs tried', witnesses: [{ text: '[]: A 0, B 1', isExcluded: false }] },
      { number: 3, text: '12,480 inputs tried', witnesses: [] },
    ];
    assert.deepEqual(offered('By @search:|', context({ searches })), [
      '@search:3',
      '@search:1',
      '@search:1.1',
    ]);
  });

  it('narrows a long file down by the digits typed', () => {
    const where = context();
    const long = { path: 'a.py', lines: Array.from({ length: 3_000 }, (_, index) => `x = ${index}`) };
    const answers = [{ ...where.rationale.answers[0]!, files: [long] }];
    assert.equal(suggest('@A:', 3, context({ answers })).complete, false);
    const narrowed = suggest('@A:29', 5, context({ answers }));
    assert.equal(narrowed.complete, true);
    assert.ok(narrowed.suggestions.some(({ label }) => label === '@A:2999'));
    assert.ok(narrowed.suggestions.every(({ label }) => label.startsWith('@A:29')));
  });

  it('replaces what stands of the anchor on both sides of the cursor, and nothing else', () => {
    assert.equal(taken('as @ca| says.', '@case:empty'), 'as @case:empty says.');
    assert.equal(taken('as @B:|1-2, so', '@B:5'), 'as @B:5, so');
    assert.equal(taken('as @case:|one.', '@case:empty'), 'as @case:empty.');
    assert.equal(taken('(@|)', '@A'), '(@A)');
  });

  it('quotes an id that would not end where it should', () => {
    const where = { ...context(), cases: [{ id: 'two words', own: true, input: '', results: {} }] };
    assert.equal(taken('as @|', '@case:"two words"', where), 'as @case:"two words"');
    assert.equal(taken('as @case:"two w|ords" say', '@case:"two words"', where), 'as @case:"two words" say');
    assert.equal(taken('as @case:"two w|', '@case:"two words"', where), 'as @case:"two words"');
  });

  it('offers no anchor in an e-mail address or in plain words', () => {
    assert.deepEqual(offered('Write to me@|'), []);
    assert.deepEqual(offered('It is |'), []);
  });

  it('begins with the statement of the preference', () => {
    assert.equal(offered('|')[0], '@B is better than @A because');
    assert.deepEqual(offered('@B is s|'), ['@B is slightly better than @A because']);
    assert.equal(taken('@B is|', '@B is better than @A because'), '@B is better than @A because ');
    assert.equal(offered('|', context({ shown: 'both-bad' }))[0], 'Both answers are bad because');
    assert.equal(offered('|').length, 8);
    assert.equal(offered('|', context({ shown: null })).length, 8);
    assert.deepEqual(offered('All in all, |'), []);
  });

  it('offers what the checks say of an answer, with the tool and its code', () => {
    const range = { startLine: 2, startColumn: 5, endLine: 2, endColumn: 9 };
    const diagnostic = { file: 'solution.py', range, severity: 'error', category: 'unknown-api' } as const;
    const said = {
      ...diagnostic,
      source: 'pyright',
      code: 'reportAttributeAccessIssue',
      message: 'no such\nmember',
    };
    const where = context({ diagnostics: { A: [said] } });
    const label = '@A:2 reportAttributeAccessIssue';
    assert.equal(taken('see @|', label, where), 'see @A:2 (pyright: reportAttributeAccessIssue)');
    const { suggestions } = suggest('see @', 5, where);
    assert.equal(suggestions.at(-1)?.detail, 'error: no such member');
  });

  it('offers the criteria of the rubric, with the scores given', () => {
    const where = context({ scores: { A: { correctness: 2 } } });
    assert.deepEqual(offered('It wins on corr|', where), ['correctness']);
    assert.equal(suggest('on corr', 7, where).suggestions[0]?.detail, 'A 2, B –');
    assert.deepEqual(offered('It wins on speed|', where), []);
  });
});
