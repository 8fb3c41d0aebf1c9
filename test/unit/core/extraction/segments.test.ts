import assert from 'node:assert/strict';
import { cutSegments } from '../../../../src/core/extraction/segments.ts';

/** Kinds, languages and contents in a line each. */
function outline(text: string): string[] {
  return cutSegments(text).map(
    ({ kind, language, text: content }) => `${kind} ${language}: ${JSON.stringify(content)}`,
  );
}

describe('cutSegments', () => {
  it('cuts prose and code in their order', () => {
    assert.deepEqual(outline('a\n```js\nx\n```\nb\n~~~\ny\n~~~\n'), [
      'prose : "a\\n"',
      'code js: "x\\n"',
      'prose : "b\\n"',
      'code : "y\\n"',
    ]);
  });

  it('keeps the fences in raw', () => {
    assert.equal(cutSegments('```js\nx\n```\n')[0]?.raw, '```js\nx\n```\n');
  });

  it('reads the language in every notation', () => {
    for (const info of [
      'python',
      'Python',
      'python title="a"',
      '{.python}',
      '{python, echo=FALSE}',
      'python:src/a.py',
    ]) {
      assert.equal(cutSegments(`\`\`\`${info}\nx\n\`\`\`\n`)[0]?.language, 'python', info);
    }
    assert.equal(cutSegments('```src/a.py\nx\n```\n')[0]?.language, '');
  });

  it('closes a block only by a fence of its own kind and length', () => {
    assert.deepEqual(outline('````\n```\n~~~\n````\n'), ['code : "```\\n~~~\\n"']);
    assert.deepEqual(outline('~~~\n```\n~~~\n'), ['code : "```\\n"']);
  });

  it('does not take inline code for a fence', () => {
    assert.deepEqual(outline('```x``` is code\n'), ['prose : "```x``` is code\\n"']);
  });

  it('returns no segments for an empty text', () => {
    assert.deepEqual(outline(''), []);
  });
});
