import { strict as assert } from 'node:assert';
import {
  indentOf,
  indented,
  newLine,
  outdented,
  type TextEdit,
} from '../../../../src/webview/text/indentation.ts';

/** A text with its selection between bars; a cursor is one bar. */
function parsed(sketch: string): { text: string; start: number; end: number } {
  const start = sketch.indexOf('|');
  const end = sketch.lastIndexOf('|');
  return { text: sketch.replaceAll('|', ''), start, end: end === start ? start : end - 1 };
}

function marked(text: string, { from, to, text: added, start, end }: TextEdit): string {
  const after = text.slice(0, from) + added + text.slice(to);
  const selected = start === end ? '|' : `|${after.slice(start, end)}|`;
  return after.slice(0, start) + selected + after.slice(end);
}

describe('indentation of code that is typed', () => {
  const cases: [string, typeof indented, string, string, string][] = [
    ['moves the cursor to the next stop', indented, '    ', 'ab|c', 'ab  |c'],
    ['replaces what is selected in a line', indented, '\t', 'a|bc|d', 'a\t|d'],
    ['indents each selected line, and leaves an empty one', indented, '  ', 'a|\n\nb|', '  a|\n\n  b|'],
    ['leaves the line before whose first character the selection ends', indented, '  ', '|a\n|b', '  |a\n|b'],
    ['takes a level from the line of the cursor', outdented, '    ', '      a|', '  a|'],
    ['takes what there is of a level', outdented, '    ', '  a|\n\tb', 'a|\n\tb'],
    ['takes a level from each selected line', outdented, '  ', '  |a\n    b|', '|a\n  b|'],
    ['keeps the cursor in its line', outdented, '    ', 'a\n| b', 'a\n|b'],
    ['keeps the indentation in the next line', newLine, '    ', '    x = 1|', '    x = 1\n    |'],
    ['indents more after a colon', newLine, '    ', 'def f():|', 'def f():\n    |'],
    ['indents more after a bracket', newLine, '  ', '  it(() => {|', '  it(() => {\n    |'],
  ];
  for (const [name, change, indent, before, after] of cases)
    it(name, () => {
      const { text, start, end } = parsed(before);
      assert.equal(marked(text, change(text, start, end, indent)), after);
    });

  it('is the one that the code has, else that of its language', () => {
    assert.equal(indentOf('f {\n\tx\n}', 'python'), '\t');
    assert.equal(indentOf('f {\n  x\n}', 'python'), '  ');
    assert.equal(indentOf('f\n        x', 'python'), '    ');
    assert.equal(indentOf('', 'python'), '    ');
    assert.equal(indentOf('', 'javascript'), '  ');
    assert.equal(indentOf('', 'go'), '\t');
  });
});
