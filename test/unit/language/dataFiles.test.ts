import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { dataDiagnostics, dataFileOf } from '../../../src/language/dataFiles.ts';

/** The diagnostics of a file: the marked text, and the message. */
function said(name: string, text: string): string[] {
  const uri = `file:///tasks/${name}`;
  const document = TextDocument.create(uri, 'json', 1, text);
  return dataDiagnostics(document, dataFileOf(uri)!).map(
    ({ range, message }) => `${document.getText(range)}: ${message as string}`,
  );
}

const scale = [
  { value: 1, meaning: 'no' },
  { value: 2, meaning: 'yes' },
];
const rubric = {
  id: 'r',
  title: 'R',
  criteria: [
    { id: 'right', title: 'Right', description: '', scale },
    { id: 'right', title: 'Fast', description: '', scale },
  ],
};
const task = {
  id: 't',
  language: 'python',
  prompt: 'p',
  answers: [{ id: 'a', text: 'def chunk(): pass' }],
  cases: [{ id: 'one', kind: 'call', function: 'chnk', args: [], expected: 1 }],
};

describe('files of tasks and rubrics', () => {
  it('are told by their names', () => {
    assert.equal(dataFileOf('file:///a/my.rubric.json'), 'rubric');
    assert.equal(dataFileOf('file:///a/one.task.json'), 'task');
    assert.equal(dataFileOf('file:///a/queue.jsonl'), 'tasks');
    assert.equal(dataFileOf('file:///a/package.json'), undefined);
    assert.equal(dataFileOf('tiebreak-rationale:/t1/rationale.md'), undefined);
  });

  it('have an id that is used twice marked where it is', () => {
    assert.deepEqual(said('x.rubric.json', JSON.stringify(rubric, null, 2)), [
      '"right": the id "right" is used twice',
    ]);
  });

  it('have what no schema can say marked, also in the plain template', () => {
    const template = {
      rubric: {
        right: { description: '', scale: [1, 2], weight: 9 },
        fast: { description: '', scale: [1, 2] },
        neat: { description: '', scale: [1, 2] },
      },
    };
    assert.match(
      said('x.rubric.json', JSON.stringify(template))[0]!,
      /^9: “Right” outweighs all other criteria/,
    );
    assert.match(said('x.task.json', JSON.stringify(task))[0]!, /^"chnk": No answer defines “chnk”/);
  });

  it('have each line of JSONL held against the schema too', () => {
    const { id: _, ...nameless } = task;
    const text = [JSON.stringify(task), '{"id": 1', JSON.stringify(nameless), ''].join('\n');
    const [doubtful, broken, missing, ...others] = said('queue.jsonl', text);
    assert.match(doubtful!, /^"chnk": No answer defines/);
    assert.match(broken!, /not JSON/);
    assert.match(missing!, /id is missing/);
    assert.deepEqual(others, []);
  });

  it('are not doubted where Tiebreak wrote them', () => {
    const line = JSON.stringify({ tiebreak: 2, kind: 'task', task });
    assert.deepEqual(said('reviews.jsonl', line), []);
  });

  it('are left alone where JSONL holds something else', () => {
    assert.deepEqual(said('log.jsonl', '{"level": "info", "id": 1}\n{"level": \n'), []);
  });

  it('are left to the editor where they are no JSON, or of another shape', () => {
    for (const text of ['', '{', '[]', 'null', '{"rubric": 3}', '{"criteria": []}'])
      assert.deepEqual(said('x.rubric.json', text), []);
  });
});
