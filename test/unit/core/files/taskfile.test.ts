import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { recordLine } from '../../../../src/core/exchange/record.ts';
import { readTaskLine, type LineProblem, type TaskLine } from '../../../../src/core/files/taskfile.ts';
import { readTaskFile } from '../../../fixtures/taskFile.ts';

const place = { file: 'tasks.jsonl', line: 7 };
const task = {
  id: 't1',
  language: 'python',
  prompt: 'Write chunk(items, size).',
  answers: [
    { id: 'a', text: 'def chunk(): pass', model: 'm' },
    { id: 'b', text: '' },
  ],
};
const line = JSON.stringify(task);

describe('readTaskLine', () => {
  it('reads a task, with a byte order mark and a carriage return around it', () => {
    for (const text of [line, `\uFEFF${line}`, `${line}\r`, ` ${line} `]) {
      assert.deepEqual(readTaskLine(text, place), { kind: 'task', task, line: 7 });
    }
  });

  it('passes over blank lines', () => {
    for (const text of ['', '\r', '  \t', '\uFEFF']) assert.equal(readTaskLine(text, place).kind, 'blank');
  });

  const refused: [string, object, string, RegExp][] = [
    [
      'a field that is missing',
      { answers: [task.answers[0], { id: 'b' }] },
      'answers[1].text is missing',
      /"id" and a "text"/,
    ],
    ['a field of another type', { prompt: 5 }, 'prompt must be a text, not a number', /"prompt"/],
    ['null for a text', { title: null }, 'title must be a text, not null', /remove it/],
    ['an empty id', { id: '' }, 'id is empty', /id of its own/],
    ['a field it does not know', { promt: '' }, 'promt is not a known field', /Correct its name/],
    ['no answer', { answers: [] }, 'answers is empty', /"id" and a "text"/],
    [
      'three answers',
      { answers: ['a', 'b', 'c'].map((id) => ({ id, text: '' })) },
      'answers has 3 items; at most 2 are allowed',
      /./,
    ],
    [
      'an id used twice',
      { answers: [task.answers[0], task.answers[0]] },
      'answers[1].id: the id "a" is used twice',
      /./,
    ],
    [
      'a kind of case that there is not',
      { cases: [{ id: 'c', kind: 'cal' }] },
      'cases[0].kind is "cal"; it must be one of "call", "stdin", "unit", "sql", "command"',
      /kind/,
    ],
    [
      'a strength that there is not',
      { gold: { preference: { kind: 'better', winner: 'a', strength: 5 } } },
      'gold.preference.strength is 5; it must be one of 1, 2, 3',
      /winner/,
    ],
    [
      'a rubric without criteria',
      { rubric: { id: 'r', title: 'R' } },
      'rubric.criteria is missing',
      /criteria/,
    ],
    ['a rubric that is none', { rubric: 5 }, 'rubric must not be a number', /Name a rubric/],
    [
      'a path that leaves the folder',
      { files: [{ path: '../x', text: '' }] },
      'files[0].path must be a relative path with "/" that stays inside the folder and out of ".git"',
      /relative "path"/,
    ],
    [
      'a limit out of bounds',
      { limits: { cpuMs: 1 } },
      'limits.cpuMs is 1; it must be at least 10',
      /bounds/,
    ],
    [
      'half a millisecond',
      { limits: { cpuMs: 99.5 } },
      'limits.cpuMs must be a whole number, not 99.5',
      /bounds/,
    ],
    [
      'a language in capitals',
      { language: 'Python' },
      'language must be a lower-case language name, such as "python"',
      /lower case/,
    ],
  ];
  for (const [title, changes, reason, remedy] of refused) {
    it(`refuses ${title} in one sentence with the remedy`, () => {
      const problem = problemOf(readTaskLine(JSON.stringify({ ...task, ...changes }), place));
      assert.deepEqual([problem.file, problem.line, problem.reason], ['tasks.jsonl', 7, reason]);
      assert.match(problem.remedy, remedy);
    });
  }

  it('gives the number of further faults', () => {
    assert.equal(problemOf(readTaskLine('{}', place)).reason, 'id is missing (and 3 more faults)');
    assert.equal(problemOf(readTaskLine('[1]', place)).reason, 'the value must be an object, not a list');
  });

  it('names the column of a JSON fault', () => {
    const problem = problemOf(readTaskLine(`\uFEFF${line.slice(0, -1)},}`, place));
    assert.deepEqual([problem.line, problem.column], [7, line.length + 1]);
    assert.equal(problem.reason, 'not JSON: there is a comma before the closing bracket');
  });

  it('keeps the digits of every number that a case or the source has', () => {
    const numbers = '[2.0,-0.0,1e3,12345678901234567891,15511210043330985984000000,{"$":"number","v":"2.0"}]';
    const text = JSON.stringify({
      ...task,
      source: 0,
      cases: [{ id: 'a', kind: 'call', args: 1, expected: 2 }],
    })
      .replace('"source":0', `"source":${numbers}`)
      .replace('"args":1', `"args":${numbers}`)
      .replace('"expected":2', `"expected":${numbers}`);
    const read = readTaskLine(text, place);
    assert.ok(read.kind === 'task');
    const [first] = read.task.cases!;
    assert.ok(first?.kind === 'call');
    for (const value of [read.task.source, first.args, first.expected])
      assert.equal(JSON.stringify(value), numbers);
    const written = recordLine({ kind: 'task', task: read.task });
    const again = readTaskLine(written, place);
    assert.ok(again.kind === 'task');
    assert.equal(recordLine({ kind: 'task', task: again.task }), written);
  });

  it('reads a whole number that is written as a fraction if the format expects a number', () => {
    const limits = '{"cpuMs":2000.0}';
    const read = readTaskLine(
      JSON.stringify({ ...task, limits: 0 }).replace('"limits":0', `"limits":${limits}`),
      place,
    );
    assert.ok(read.kind === 'task');
    assert.deepEqual(read.task.limits, { cpuMs: 2000 });
  });

  it('refuses a fraction beyond every double', () => {
    const problem = problemOf(
      readTaskLine(JSON.stringify({ ...task, source: 0 }).replace('"source":0', '"source":1e400'), place),
    );
    assert.match(problem.reason, /^source must be a JSON value with finite numbers/);
  });

  it('keeps every value of free JSON, whatever its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (source) => {
        const read = readTaskLine(JSON.stringify({ ...task, source }), place);
        assert.ok(read.kind === 'task');
        assert.equal(JSON.stringify(read.task.source), JSON.stringify(source));
      }),
    );
  });

  it('never throws, whatever the line, and refuses nesting that would overflow', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        assert.ok(['blank', 'problem'].includes(readTaskLine(text, place).kind));
      }),
    );
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const problem = problemOf(readTaskLine(line.replace('{', `{"source":${deep},`), place));
    assert.match(problem.reason, /^source must be a JSON value .* nested at most 200 deep$/);
  });

  it('reads a task in a record of the Tiebreak format', () => {
    const text = JSON.stringify({ tiebreak: 1, kind: 'task', task });
    assert.deepEqual(readTaskLine(text, place), { kind: 'task', task, line: 7 });
  });

  it('reports that nothing after a newer record can be read, with the remedy', () => {
    const read = readTaskLine('{"tiebreak":3,"kind":"hologram"}', place);
    assert.ok(read.kind === 'problem' && read.isNewer === true);
    assert.match(read.problem.reason, /version 3 .* reads version 2/);
    assert.equal(read.problem.remedy, 'Update Tiebreak');
  });

  it('reports the fault of a record', () => {
    const problem = problemOf(readTaskLine('{"tiebreak":1,"kind":"reviw"}', place));
    assert.equal(
      problem.reason,
      'kind is "reviw"; it must be one of "task", "review", "inspection", "settlement", "gold", "ideal", "skip", "run", "end"',
    );
  });
});

describe('readTaskFile', () => {
  const other = { ...task, id: 't2' };

  it('reads one task per line', () => {
    const read = readTaskFile(`\uFEFF${line}\r\n\r\n${JSON.stringify(other)}\n`, 'f');
    assert.deepEqual(kept(read), [
      ['t1', 1],
      ['t2', 3],
    ]);
  });

  it('reads a list of tasks, each with the line where it begins', () => {
    const text = JSON.stringify([task, other], null, 2);
    const second = text.slice(0, text.indexOf('"t2"')).split('\n').length - 1;
    assert.deepEqual(kept(readTaskFile(text, 'f')), [
      ['t1', 2],
      ['t2', second],
    ]);
    assert.deepEqual(readTaskFile(' [] ', 'f'), []);
  });

  it('reads one task over several lines', () => {
    assert.deepEqual(kept(readTaskFile(JSON.stringify(task, null, 2), 'f')), [['t1', 1]]);
  });

  it('keeps the valid tasks of a list, and names line and column of an invalid one', () => {
    const read = readTaskFile(`[\n${line},\n{"id": "x",\n "prompt": tru},\n${JSON.stringify(other)}\n]`, 'f');
    assert.deepEqual(kept(read), [
      ['t1', 2],
      ['t2', 5],
    ]);
    const { reason, line: at, column } = problemOf(read[1]!);
    assert.deepEqual([reason, at, column], ['not JSON: a value is missing', 4, 12]);
  });

  it('reports a truncated list', () => {
    const read = readTaskFile(`[\n${line}\n`, 'f');
    assert.deepEqual(kept(read), [['t1', 2]]);
    assert.match(problemOf(read[1]!).reason, /"," or "]" is missing/);
  });
});

function problemOf(read: TaskLine): LineProblem {
  assert.ok(read.kind === 'problem', `it was read as ${read.kind}`);
  return read.problem;
}

function kept(read: readonly TaskLine[]): [string, number][] {
  return read.flatMap((item): [string, number][] =>
    item.kind === 'task' ? [[item.task.id, item.line]] : [],
  );
}
