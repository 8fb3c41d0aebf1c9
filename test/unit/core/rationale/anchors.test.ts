import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { anchorText, caseAnchor, findAnchors } from '../../../../src/core/rationale/anchors.ts';

const found = (text: string, cases: string[] = []) =>
  findAnchors(text, cases).map((anchor) => anchorText(anchor));

describe('anchors', () => {
  it('finds every form, in order', () => {
    const text =
      '@A beats @B: @A:12, @B:3-9, @A/lib/util.py:3-9, @case:empty-list, @diff:2, @search:1, @search:2.3 and @prompt:4.';
    assert.deepEqual(found(text), [
      '@A',
      '@B',
      '@A:12',
      '@B:3-9',
      '@A/lib/util.py:3-9',
      '@case:empty-list',
      '@diff:2',
      '@search:1',
      '@search:2.3',
      '@prompt:4',
    ]);
  });

  it('ignores e-mail addresses, decorators and fenced code', () => {
    assert.deepEqual(found('mail a@B.org, @Autowired, @Beta\n```\n@A:1\n```\nx@A:2'), []);
  });

  it('ends an id or a path at the end of the sentence', () => {
    assert.deepEqual(found('See @case:t1. Then @A/main.py. And (@case:t2), “@B:3”.'), [
      '@case:t1',
      '@A/main.py',
      '@case:t2',
      '@B:3',
    ]);
  });

  it('reads an id with spaces if it is quoted or known', () => {
    assert.deepEqual(found('@case:"two words" fails'), ['@case:"two words"']);
    assert.deepEqual(found('@case:two words fails', ['two', 'two words']), ['@case:"two words"']);
  });

  it('reports the position of each', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const text = `${before.replaceAll(/[`~@]/g, '')} @A:7 ${after}`;
        const anchor = findAnchors(text).find(({ start }) => text.startsWith('@A:7 ', start));
        assert.equal(text.slice(anchor!.start, anchor!.end), '@A:7');
      }),
    );
  });

  it('writes a case so that it reads back, whatever its id', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((id) => !/["\n\r]/.test(id) && id.trim() === id),
        (id) => {
          const [anchor] = findAnchors(caseAnchor(id));
          assert.deepEqual(anchor?.kind === 'case' && anchor.id, id);
        },
      ),
    );
  });
});
