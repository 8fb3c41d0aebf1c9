import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Case } from '../../../../src/core/task/task.ts';
import { tablesIn, withRows } from '../../../../src/webview/cases/sqlTables.ts';
import { likelyKinds } from '../../../../src/webview/cases/taskKinds.ts';
import {
  caseOfInput,
  caseOfWitness,
  expecting,
  idOfInput,
  triedKinds,
} from '../../../../src/webview/cases/triedInput.ts';
import { relaxedJson } from '../../../../src/webview/text/relaxedJson.ts';
import { result } from '../../../fixtures/rationaleContext.ts';

const context = { language: 'python', entry: 'median', cases: [] as Case[], tables: '' };
const tried = { id: 'try', origin: 'evaluator' } as const;

describe('an input that is tried', () => {
  it('is the arguments of the entry, with or without its name', () => {
    const call: Case = { ...tried, kind: 'call', args: [[1, 2], 'x'] };
    assert.deepEqual(caseOfInput('call', '[1, 2], "x"', context), call);
    assert.deepEqual(caseOfInput('call', " median([1, 2,], 'x')", context), call);
    assert.deepEqual(caseOfInput('call', 'other()', context), { ...call, args: [], function: 'other' });
    assert.deepEqual(caseOfInput('call', '', context), { ...call, args: [] });
    const wrong = caseOfInput('call', '[1, 2', context);
    assert.match('message' in wrong ? wrong.message : '', /separated by commas.*missing/);
  });

  it('is a line of standard input, which ends as a line does', () => {
    assert.deepEqual(caseOfInput('stdin', '3 4', context), {
      ...tried,
      kind: 'stdin',
      input: '3 4\n',
      output: '',
    });
    assert.deepEqual(caseOfInput('stdin', '', context), { ...tried, kind: 'stdin', input: '', output: '' });
  });

  it('is rows in the tables of the task, or tables of its own', () => {
    const tables = 'CREATE TABLE t (n);';
    const schema = (text: string) => {
      const testCase = caseOfInput('sql', text, { ...context, tables });
      return 'kind' in testCase && testCase.kind === 'sql' ? testCase.schema : undefined;
    };
    assert.equal(schema('INSERT INTO t VALUES (1)'), 'CREATE TABLE t (n);\nINSERT INTO t VALUES (1)');
    assert.equal(schema('CREATE TABLE u (m);'), 'CREATE TABLE u (m);');
    assert.match(JSON.stringify(caseOfInput('sql', ' ', context)), /create and fill/);
  });

  it('is a command with the folders that it names at the top of the file system', () => {
    const folders = (text: string, cases: readonly Case[] = []) => {
      const testCase = caseOfInput('command', text, { ...context, cases });
      return 'kind' in testCase && testCase.kind === 'command' ? testCase.folders : undefined;
    };
    assert.deepEqual(folders('touch /testbed/a /data; cat "/testbed/a" </dev/null >/tmp/x'), [
      '/testbed',
      '/data',
    ]);
    assert.equal(folders('ls ./a/b /usr/bin https://example.org/x'), undefined);
    const model: Case = {
      id: 'own',
      origin: 'task',
      kind: 'command',
      argv: ['x'],
      folders: ['/own'],
      expect: {},
    };
    assert.deepEqual(folders('ls /testbed', [model]), ['/own', '/testbed']);
  });

  it('is code of the task’s language, which prints its last value', () => {
    const source = 's = Stack()\nprint(repr(s.pop()))';
    assert.deepEqual(caseOfInput('unit', 's = Stack()\ns.pop()', context), {
      ...tried,
      kind: 'unit',
      source,
    });
    assert.match(JSON.stringify(caseOfInput('unit', ' ', context)), /Enter code/);
    assert.deepEqual(triedKinds(['call', 'unit'], 'python'), ['call', 'unit']);
    assert.deepEqual(triedKinds(['call', 'unit'], 'go'), ['call']);
  });

  it('is a command of the shell, with the files and folders of the task’s cases', () => {
    const files = [{ path: 'a.txt', text: 'a' }];
    const model: Case = {
      id: 'own',
      origin: 'task',
      kind: 'command',
      argv: ['x'],
      files,
      folders: ['/testbed'],
      expect: {},
    };
    assert.deepEqual(caseOfInput('command', 'bash main.sh a.txt', { ...context, cases: [model] }), {
      ...tried,
      kind: 'command',
      argv: ['bash', 'main.sh', 'a.txt'],
      files,
      folders: ['/testbed'],
      expect: {},
    });
  });

  it('becomes a case that expects what an answer gave', () => {
    const call: Case = { ...tried, kind: 'call', args: [] };
    assert.deepEqual(expecting(call, { ...result('try', 'pass'), actual: 3 }, 'python'), {
      ...call,
      expected: 3,
    });
    const thrown = { ...result('try', 'error'), reason: 'ValueError: empty' };
    assert.deepEqual(expecting(call, thrown, 'python'), { ...call, throws: 'ValueError' });
    const lost = { ...result('try', 'error'), reason: 'the answer does not define a function to call' };
    assert.equal(expecting(call, lost, 'python'), undefined);
    assert.equal(expecting(call, result('try', 'timeout'), 'python'), undefined);
    const command: Case = { ...tried, kind: 'command', argv: ['x'], expect: {} };
    assert.deepEqual(expecting(command, { ...result('try', 'fail'), exit: 2, stdout: 'no\n' }, 'python'), {
      ...command,
      expect: { exit: 2, stdout: 'no\n' },
    });
  });

  it('gets a short id of its own', () => {
    assert.equal(idOfInput('median([1, 2], "x")', []), 'median-1-2-x');
    assert.equal(idOfInput('[1, 2]', ['1-2']), '1-2-2');
    assert.equal(idOfInput('[]', ['case-1']), 'case-2');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        assert.match(idOfInput(text, []), /^[\p{L}\p{N}-]{1,30}$/u),
      ),
    );
  });
});

describe('an input of the difference finder', () => {
  const witness: Case = {
    id: 'difference-1',
    kind: 'stdin',
    origin: 'difference',
    input: '1\n',
    output: '',
    limits: { cpuMs: 1000 },
  };

  it('becomes a case as it ran, with the limits of the latest case of its kind', () => {
    const { limits: _ofSearch, ...asRan } = witness;
    const other: Case = {
      ...witness,
      id: 'other',
      files: [{ path: 'a.txt', text: '' }],
      limits: { cpuMs: 5 },
    };
    assert.deepEqual(caseOfWitness(witness, []), asRan);
    assert.deepEqual(caseOfWitness(witness, [other]), { ...asRan, limits: { cpuMs: 5 } });
  });
});

describe('values as other languages write them', () => {
  it('become JSON', () => {
    assert.equal(
      relaxedJson(`[True, None, ('a "b"', 'it\\'s'), {'k': nil,},]`),
      `[true, null, ["a \\"b\\"", "it's"], {"k": null}]`,
    );
    assert.equal(relaxedJson('"True, (None)"'), '"True, (None)"');
    assert.equal(relaxedJson(`{a: [], $b_1 : {None: 1}, 2: x}`), `{"a": [], "$b_1" : {"None": 1}, "2": x}`);
  });

  it('stay as they are where they are JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => assert.deepEqual(JSON.parse(relaxedJson(json)), JSON.parse(json))),
    );
  });
});

describe('the tables of an SQL task', () => {
  it('are found in a text', () => {
    const prompt = 'Given\n\nCREATE TABLE t (n INTEGER);\ncreate table "u" (m)\n\n write a query.';
    assert.match(tablesIn(prompt), /^CREATE TABLE t \(n INTEGER\);\ncreate table "u"/);
    assert.equal(tablesIn('We create table tennis.'), '');
  });

  it('are made of lists of their columns where a text creates none', () => {
    const prompt =
      'Database `shop` has these tables:\nItem(id, name, 18_49_share)\n- `Sale` (item_id, price INT)';
    assert.equal(
      tablesIn(prompt),
      'CREATE TABLE "Item" ("id", "name", "18_49_share");\nCREATE TABLE "Sale" ("item_id", "price" INT);',
    );
    assert.equal(tablesIn('Use count(*) or max(a, b).\nmax(a, b) is fine'), '');
    assert.equal(tablesIn('CREATE TABLE t (n);\nItem(id, name)'), 'CREATE TABLE t (n);');
  });

  it('are kept when their rows are replaced', () => {
    const schema = `CREATE TABLE t (n TEXT DEFAULT ';');\nINSERT INTO t VALUES ('a;b');\nCREATE INDEX i ON t (n);`;
    assert.equal(
      withRows(schema, 'INSERT INTO t VALUES (2);'),
      `CREATE TABLE t (n TEXT DEFAULT ';');\nCREATE INDEX i ON t (n);\nINSERT INTO t VALUES (2);`,
    );
    assert.equal(withRows(schema, ''), schema);
  });
});

describe('the kinds of cases of a task', () => {
  const of = (language: string, kinds: Case['kind'][], cases: Case['kind'][] = [], entry?: string) =>
    likelyKinds({ language, kinds, entry, cases: cases.map((kind) => ({ kind }) as Case) });

  it('begin with the kind of its own cases, or the usual one of its language', () => {
    assert.deepEqual(
      of('python', ['call', 'stdin', 'unit', 'command'], ['unit', 'stdin', 'unit']).slice(0, 2),
      ['unit', 'stdin'],
    );
    assert.equal(of('python', ['stdin', 'call'])[0], 'call');
    assert.equal(of('python', ['call', 'stdin'], [], 'main.py')[0], 'stdin');
    assert.equal(of('bash', ['call', 'stdin', 'unit', 'command'])[0], 'command');
    assert.deepEqual(of('sql', ['sql', 'stdin']), ['sql', 'stdin']);
  });

  it('begin with code where the entry is a class', () => {
    assert.equal(of('python', ['call', 'stdin', 'unit'], [], 'BankAccount')[0], 'unit');
    assert.equal(of('python', ['call', 'stdin', 'unit'], [], 'Solution')[0], 'call');
    assert.equal(of('go', ['call', 'stdin', 'unit'], [], 'FizzBuzz')[0], 'call');
  });
});
