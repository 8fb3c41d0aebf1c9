import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { inferTemplate, linesOf, parseText, renderText } from '../../../../src/core/differing/template.ts';
import { valueAt, withValue, type Tree } from '../../../../src/core/differing/tree.ts';

/** The text after a change of the tree of the first text. */
function changed(texts: readonly string[], change: (tree: Tree) => Tree): string {
  const documents = texts.map(linesOf);
  const template = inferTemplate(documents);
  const tree = parseText(template, documents[0]!);
  assert.ok(tree !== undefined);
  return renderText(template, change(tree));
}

const addTo =
  (...path: (number | string)[]) =>
  (tree: Tree): Tree => {
    const list = valueAt(tree, path);
    assert.ok(Array.isArray(list));
    return withValue(tree, path, [...(list as Tree), 7]);
  };

describe('the template of texts', () => {
  it('writes the number of the tokens that follow anew', () => {
    assert.equal(changed(['3\n1 2 3\n', '2\n5 6\n'], addTo(1)), '4\n1 2 3 7\n');
  });

  it('writes the number of the rows that follow anew', () => {
    const longer = changed(['2 9\n1 a\n2 b\n', '3 9\n1 a\n2 b\n3 c\n'], (tree) =>
      withValue(tree, [1], [[[5, 'z']], ...(tree[1] as Tree)]),
    );
    assert.equal(longer, '3 9\n5 z\n1 a\n2 b\n');
  });

  it('counts one edge less than the nodes of a tree', () => {
    const texts = ['3\n1 2\n2 3\n', '4\n1 2\n2 3\n3 4\n'];
    assert.equal(
      changed(texts, (tree) => withValue(tree, [1], [[[1, 2]]])),
      '2\n1 2\n',
    );
  });

  it('writes the length of a word anew', () => {
    assert.equal(
      changed(['3\nabc\n', '5\nabcde\n'], (tree) => withValue(tree, [1], 'ab')),
      '2\nab\n',
    );
  });

  it('reads groups of lines, each with a number of its own', () => {
    const texts = ['2\n3\n1 2 3\n1\n9\n', '1\n2\n4 4\n'];
    assert.equal(
      changed(texts, (tree) => withValue(tree, [1], [(tree[1] as Tree)[0]!])),
      '1\n3\n1 2 3\n',
    );
  });

  it('keeps the rows of a matrix equally long', () => {
    const texts = ['2 3\n1 2 3\n4 5 6\n', '1 2\n7 8\n'];
    assert.equal(changed(texts, addTo(1, 0, 0)), '2 4\n1 2 3 7\n4 5 6 4\n');
  });

  it('takes a number that equals the next line only by chance for a number', () => {
    const texts = ['1\n5\n', '1\n8\n'];
    assert.equal(
      changed(texts, (tree) => withValue(tree, [0, 0], 4)),
      '4\n5\n',
    );
  });

  it('keeps numbers that JSON writes differently as texts', () => {
    const texts = ['007 +1\n', '008 +2\n'];
    assert.equal(
      changed(texts, (tree) => tree),
      '007 +1\n',
    );
  });

  it('gives every text back unchanged', () => {
    const row = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 6 });
    const lists = fc.array(row, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), (documents) => {
        const texts = documents.map((rows) =>
          [String(rows.length), ...rows.flatMap((items) => [String(items.length), items.join(' ')])].join(
            '\n',
          ),
        );
        const lines = texts.map(linesOf);
        const template = inferTemplate(lines);
        for (const [index, each] of lines.entries()) {
          const tree = parseText(template, each);
          assert.equal(tree && renderText(template, tree), `${texts[index]}\n`);
        }
      }),
    );
  });
});
