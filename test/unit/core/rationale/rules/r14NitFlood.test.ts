import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R14 nit flood', () => {
  testExamples('R14', {
    good: [
      '@A is better because it raises for zero. @B hangs on an empty stream. nit: the names of @A are short.',
      '@A is better. @B drops the last chunk. Its names are clear. Its layout is tidy too, and that helps nobody who loses data.',
      '@A is better: it handles streams. nit: long lines.',
      '@A is better because its names are clear.',
      '@B fails @case:empty-list. @A passes it. The doc string of @A is longer.',
      [
        '@A is right. @B fails for zero. It hangs on streams. It raises on sets. nit: names. nit: quotes. nit: layout.',
        { rubric: { id: 'r', title: 'R', criteria: [], thresholds: { mostNits: 3 } } },
      ],
    ],
    bad: [
      '@A is better. Its names are clear. The layout is tidy. The comments are good.',
      '@A is better because it works. nit: short names. nit: long lines. nit: no doc string.',
      '@A is better:\n\n- names are clearer\n- comments are shorter\n- indentation is neat\n- doc strings are there\n- the layout is modern\n- the formatting is nice',
      '@A wins. The naming of @B is odd. The comments of @B are verbose.',
      '@A is better. @B raises. Nitpick: names. Nitpick: blank lines. Minor nit: quotes.',
      'I prefer @A. Variable names in @B are terse. @B has a typo in a comment. @B has long lines.',
    ],
  });

  it('folds them into one', () => {
    const text = '@A is better because it works. nit: short names. nit: long lines. nit: no doc string.';
    assert.equal(
      fixed(text, findings('R14', text)[0]!),
      '@A is better because it works. nit: short names; long lines; no doc string.',
    );
    const list = '@A is better.\n\n- names are clearer\n- comments are shorter\n- the layout is neat\n';
    assert.equal(
      fixed(list, findings('R14', list)[0]!),
      '@A is better.\n\n- nit: names are clearer; comments are shorter; the layout is neat.\n',
    );
  });
});
