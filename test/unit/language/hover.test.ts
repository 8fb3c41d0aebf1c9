import { strict as assert } from 'node:assert';
import { marked } from 'marked';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { definitionAt } from '../../../src/language/definition.ts';
import { linksOf } from '../../../src/language/documentLinks.ts';
import { anchorAt } from '../../../src/language/evidence.ts';
import { describeAnchor, hoverAt } from '../../../src/language/hover.ts';
import type { LanguageContext } from '../../../src/protocol/language.ts';
import { context } from './samples.ts';

function documentOf(text: string): TextDocument {
  return TextDocument.create('tiebreak-rationale:/t1/rationale.md', 'markdown', 1, text);
}

/** The hover over a text that is one anchor. */
function shown(text: string, where: LanguageContext = context()): string | undefined {
  const anchor = anchorAt(text, 1, where);
  return anchor && describeAnchor(anchor, where);
}

/** The definition of a text that is one anchor: the file, and its lines from 1. */
function target(text: string, where: LanguageContext = context()): [string, number, number] | undefined {
  const location = definitionAt(documentOf(text), { line: 0, character: 1 }, where);
  return location === null
    ? undefined
    : [location.uri, location.range.start.line + 1, location.range.end.line + 1];
}

describe('hover over an anchor', () => {
  it('shows the lines cited with their numbers, in their language', () => {
    assert.equal(
      shown('@B:2-3'),
      '**B** `solution.py`, lines 2–3\n\n```python\n2      if not items: \n3          return []\n```',
    );
    assert.match(shown('@A:1')!, /line 1\n/);
  });

  it('shows what exists of a range that runs over the end', () => {
    assert.match(shown('@A:3-90')!, /lines 3–4/);
  });

  it('says so where there is no such line, file or case', () => {
    assert.equal(shown('@A:40'), '**A** `solution.py` has 4 lines.');
    assert.equal(shown('@A/other.py:1'), 'A has no file `other.py`.');
    assert.equal(shown('@case:nope'), 'There is no case `nope`.');
    assert.equal(shown('@prompt:9'), 'The prompt has 3 lines.');
  });

  it("shows a case's input, what was expected and how it ended on both sides", () => {
    const markdown = shown('@case:empty')!;
    for (const part of [
      '`empty input`',
      'A error, B pass',
      'chunk([])',
      'IndexError: list index out of range',
      '`IndexError`',
    ]) {
      assert.ok(markdown.includes(part), part);
    }
    assert.match(markdown, /Expected\n```\n\[\]\n```/);
    assert.match(markdown, /\*\*B\*\* pass\n\nActual\n```\n\[\]\n```/);
  });

  it('shows the prompt and what a side amounts to', () => {
    assert.match(shown('@prompt:3')!, /3 {2}Keep the order\./);
    assert.match(shown('@A')!, /`solution\.py`, 4 lines\n\nPasses 1 of 2 cases/);
  });

  it('covers the anchor and nothing beside it', () => {
    const document = documentOf('See @B:2 there.');
    const at = (character: number) => hoverAt(document, { line: 0, character }, context());
    assert.deepEqual(at(5)?.range, { start: { line: 0, character: 4 }, end: { line: 0, character: 8 } });
    assert.equal(at(2), null);
    assert.equal(at(11), null);
  });

  it('keeps hostile code, titles, ids and output inside their blocks', () => {
    const attack =
      '```\n[run](command:workbench.action.terminal.new) <img src=x onerror=alert(1)> ![x](http://evil.example/x)\n`````';
    const where = context();
    const answers = [
      { ...where.rationale.answers[0]!, files: [{ path: 'solution.py', lines: attack.split('\n') }] },
    ];
    const hostile: LanguageContext = {
      ...context({ answers }),
      cases: [
        {
          id: 'x',
          title: `\`${attack}`,
          own: false,
          input: attack,
          expected: attack,
          results: { A: { verdict: 'error', reason: `\`\`${attack}`, actual: attack, stderr: attack } },
        },
      ],
    };
    for (const markdown of [shown('@A:1-3', hostile)!, shown('@case:x', hostile)!]) {
      assert.ok(markdown.includes('command:'), 'the hostile text is shown');
      const types: string[] = [];
      void marked.walkTokens(marked.lexer(markdown), ({ type }) => void types.push(type));
      assert.deepEqual(
        types.filter((type) => ['link', 'image', 'html'].includes(type)),
        [],
      );
    }
  });
});

describe('definition of an anchor', () => {
  it('is the lines in the file', () => {
    assert.deepEqual(target('@A:2'), ['file:///answers/A/solution.py', 2, 2]);
    assert.deepEqual(target('@B/solution.py:2-3'), ['file:///answers/B/solution.py', 2, 3]);
    assert.deepEqual(target('@B'), ['file:///answers/B/solution.py', 1, 1]);
  });

  it('is nothing where there are no such lines, or no file was written', () => {
    assert.equal(target('@A:40'), undefined);
    assert.equal(target('@A/other.py:1'), undefined);
    assert.equal(target('@case:empty'), undefined);
    assert.equal(target('@A:2', { ...context(), fileLinks: [] }), undefined);
  });
});

describe('links of a rationale', () => {
  it('lead to the lines cited', () => {
    const links = linksOf(documentOf('@A fails at @A:2 and @B:2-3, see @case:empty and @A:99.'), context());
    assert.deepEqual(
      links.map((link) => [link.range.start.character, link.target]),
      [
        [12, 'file:///answers/A/solution.py#L2'],
        [21, 'file:///answers/B/solution.py#L2-L3'],
      ],
    );
  });
});
