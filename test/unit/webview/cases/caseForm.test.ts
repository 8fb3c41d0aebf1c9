import { strict as assert } from 'node:assert';
import { caseSchema, type Case } from '../../../../src/core/task/task.ts';
import {
  emptyForm,
  formOf,
  keptParts,
  newForm,
  readForm as readFields,
  type CaseForm,
} from '../../../../src/webview/cases/caseForm.ts';

/** Whatever a form accepts, the extension accepts as well: it checks the case by its schema. */
const readForm: typeof readFields = (...given) => {
  const read = readFields(...given);
  if ('case' in read) assert.deepEqual(caseSchema.parse(read.case), read.case);
  return read;
};

const form = (fields: Partial<CaseForm>): CaseForm => ({ ...emptyForm, id: 'one', ...fields });

describe('the case editor’s fields', () => {
  const cases: Case[] = [
    {
      id: 'call',
      origin: 'evaluator',
      kind: 'call',
      function: 'f',
      args: [1, { a: null }],
      expected: [true],
    },
    { id: 'throws', origin: 'evaluator', kind: 'call', args: [], throws: 'ValueError' },
    { id: 'stdin', origin: 'evaluator', kind: 'stdin', input: 'a\nb', output: ' c ' },
    {
      id: 'sql',
      origin: 'evaluator',
      kind: 'sql',
      schema: 'CREATE TABLE t (n);',
      query: 'SELECT n FROM t;',
      rows: [[1, 'a'], [null]],
      ordered: true,
    },
    { id: 'unit', origin: 'evaluator', kind: 'unit', source: 'assert f() == 1' },
    {
      id: 'command',
      origin: 'evaluator',
      kind: 'command',
      argv: ['python3', 'x y'],
      input: 'in',
      files: [{ path: 'a/b.txt', text: 'b\n' }],
      folders: ['/testbed'],
      expect: { exit: 2, stdout: 'out' },
    },
  ];
  for (const testCase of cases) {
    it(`return the case that was entered: ${testCase.id}`, () => {
      assert.deepEqual(readForm(formOf(testCase), []), { case: testCase });
    });
  }

  const base = { id: 'full', title: 'T', origin: 'evaluator', limits: { cpuMs: 500 } } as const;
  const growth = { generator: 'print(n)', sizes: [1, 2, 3] };
  const files = [{ path: 'a.txt', text: 'a' }];
  const full: Case[] = [
    {
      ...base,
      kind: 'call',
      function: 'f',
      args: [1],
      expected: [1],
      alternatives: [[2], 'x'],
      comparator: { kind: 'float', rtol: 0.1, atol: 0 },
      judge: 'apps',
      growth,
    },
    { ...base, kind: 'call', args: [1], comparator: { kind: 'checker', source: 'exit(0)' } },
    {
      ...base,
      kind: 'stdin',
      input: 'i',
      output: 'o',
      files,
      outputFile: 'out.txt',
      comparator: { kind: 'tokens', ignoreCase: true },
      judge: 'livecodebench',
      growth,
    },
    { ...base, kind: 'unit', source: 'assert 1', framework: 'pytest' },
    { ...base, kind: 'sql', schema: 'CREATE TABLE t (n);', rows: [[1]], ordered: true },
    {
      ...base,
      kind: 'command',
      argv: ['ls'],
      input: 'i',
      files,
      folders: ['/testbed'],
      expect: {
        exit: 1,
        stdout: 'o',
        stderr: 'e',
        files,
        comparator: { kind: 'checker', source: 'exit(0)' },
      },
    },
  ];
  for (const testCase of full)
    it(`lose nothing of a case that is edited: ${testCase.kind}`, () => {
      assert.deepEqual(readForm(formOf(testCase), [], testCase), { case: testCase });
    });

  it('of a new case have the framework, the output file and the judge of the task’s cases', () => {
    const task = { kinds: ['unit', 'stdin'] as const, entry: undefined, language: 'python', tables: '' };
    for (const own of full.filter(({ kind }) => kind === 'unit' || kind === 'stdin')) {
      const fresh = newForm({ ...task, cases: [own] });
      const read = readForm({ ...fresh, id: 'new', source: 'x', kind: own.kind }, [], undefined, own);
      assert.ok('case' in read);
      for (const name of ['framework', 'outputFile', 'judge', 'limits', 'comparator', 'files'] as const) {
        const of = (testCase: Case) => (testCase as Partial<Record<string, unknown>>)[name];
        assert.deepEqual(of(read.case), of(own), name);
      }
      assert.equal(read.case.title, undefined);
    }
  });

  it('list the parts that they do not show', () => {
    const [call, checked, , , , command] = full;
    const terms = (testCase: Case) =>
      keptParts(formOf(testCase), testCase, undefined).map(({ term, text }) => `${term}: ${text}`);
    assert.deepEqual(terms(call!), [
      'Title: T',
      'Judge: apps',
      'Limits: cpuMs 500',
      'Growth: generator print(n), sizes 1 2 3',
      'Comparison: float: rtol 0.1, atol 0',
    ]);
    assert.deepEqual(terms(checked!).at(-1), 'Comparison: exit(0)');
    assert.deepEqual(terms(command!).slice(-2), ['Expected on standard error: e', 'Expected file a.txt: a']);
    assert.deepEqual(
      keptParts({ ...emptyForm, kind: 'unit' }, call, undefined).map(({ term }) => term),
      ['Title', 'Limits'],
    );
    assert.deepEqual(keptParts({ ...emptyForm, comparator: 'float' }, undefined, call), [
      { term: 'Judge', text: 'apps' },
      { term: 'Limits', text: 'cpuMs 500' },
      { term: 'Comparison', text: 'float: rtol 0.1, atol 0' },
    ]);
  });

  it('keep the type and the digits of numbers', () => {
    const read = readForm(form({ args: '2.0, -0.0', expected: '12345678901234567891' }), []);
    assert.ok('case' in read);
    const shown = formOf(read.case);
    assert.deepEqual([shown.args, shown.expected], ['2.0, -0.0', '12345678901234567891']);
  });

  it('keep the parts of an edited case that they do not show', () => {
    const edited: Case = {
      id: 'command',
      title: 'Prints help',
      origin: 'evaluator',
      kind: 'command',
      argv: ['x'],
      limits: { cpuMs: 500 },
      expect: { exit: 0, stderr: 'e', files: [{ path: 'a.txt', text: 'a' }], comparator: { kind: 'tokens' } },
    };
    const read = readForm({ ...formOf(edited), exit: '3', output: 'new' }, [], edited);
    assert.deepEqual(read, { case: { ...edited, expect: { ...edited.expect, exit: 3, stdout: 'new' } } });
  });

  it('keep how a call compares, and drop it where the kind changes', () => {
    const edited: Case = {
      id: 'one',
      origin: 'evaluator',
      kind: 'call',
      args: [],
      expected: 1,
      comparator: { kind: 'unordered' },
    };
    assert.deepEqual(readForm(formOf(edited), [], edited), { case: edited });
    assert.deepEqual(readForm(form({ kind: 'unit', source: 'x' }), [], edited), {
      case: { id: 'one', origin: 'evaluator', kind: 'unit', source: 'x' },
    });
  });

  it('of a new case are those of the task’s own cases', () => {
    const task = {
      kinds: ['sql', 'stdin'] as const,
      entry: undefined,
      language: 'sql',
      tables: 'CREATE TABLE p (n);',
    };
    assert.deepEqual(newForm({ ...task, cases: [] }), { ...emptyForm, kind: 'sql', schema: task.tables });
    const own: Case = {
      id: 'own',
      origin: 'task',
      kind: 'sql',
      schema: 'CREATE TABLE t (n);',
      rows: [[1]],
      ordered: true,
    };
    assert.deepEqual(newForm({ ...task, cases: [own] }), {
      ...emptyForm,
      kind: 'sql',
      schema: own.schema,
      ordered: 'yes',
    });
  });

  it('take arguments as the line that tries an input does', () => {
    const taken = { id: 'one', origin: 'evaluator', kind: 'call', expected: 1 };
    assert.deepEqual(readForm(form({ args: "[1], {n: 'x'}", expected: '1' }), []), {
      case: { ...taken, args: [[1], { n: 'x' }] },
    });
    assert.deepEqual(readForm(form({ args: 'median(1)', expected: '1' }), []), {
      case: { ...taken, args: [1], function: 'median' },
    });
  });

  it('choose how outputs are compared, with the details of the case they come from', () => {
    const like: Case = {
      id: 'one',
      origin: 'task',
      kind: 'stdin',
      input: '',
      output: '1.0',
      comparator: { kind: 'float', rtol: 0.1, atol: 0 },
    };
    assert.deepEqual(readForm({ ...formOf(like), output: '2' }, [], like), {
      case: { ...like, origin: 'evaluator', output: '2' },
    });
    assert.deepEqual(readForm(formOf(like), [], undefined, { ...like, limits: { cpuMs: 500 } }), {
      case: { ...like, origin: 'evaluator', limits: { cpuMs: 500 } },
    });
    const read = readForm({ ...formOf(like), comparator: 'tokens' }, [], like);
    assert.ok('case' in read && read.case.kind === 'stdin');
    assert.deepEqual(read.case.comparator, { kind: 'tokens' });
  });

  const faults: [string, Partial<CaseForm>, keyof CaseForm, RegExp][] = [
    ['no name', { id: '  ' }, 'id', /short name/],
    ['a name that is taken', { id: 'taken', expected: '1' }, 'id', /already/],
    ['a name that cannot be cited', { id: 'a"b', expected: '1' }, 'id', /quotation marks/],
    ['a name without end', { id: 'x'.repeat(200), expected: '1' }, 'id', /at most 120/],
    ['a name of several lines', { id: 'a\nb', expected: '1' }, 'id', /line breaks/],
    ['arguments that are no JSON', { args: '[1,' }, 'args', /separated by commas.*missing/],
    ['nothing expected', { args: '' }, 'expected', /exception that the call throws/],
    ['an expected value that is no JSON', { expected: 'nothing' }, 'expected', /must be JSON/],
    ['an empty test', { kind: 'unit', source: ' \n' }, 'source', /Enter a test/],
    ['a command that is not closed', { kind: 'command', argv: 'ls "a' }, 'argv', /not closed/],
    ['no command', { kind: 'command', argv: ' ' }, 'argv', /Enter a command/],
    ['an exit status out of range', { kind: 'command', argv: 'ls', exit: '256' }, 'exit', /0 to 255/],
    ['no tables', { kind: 'sql', rows: '[1]' }, 'schema', /create and fill/],
    ['rows that are no lists', { kind: 'sql', schema: 'x', rows: '1' }, 'rows', /on its own line/],
    ['a file without a path', { kind: 'stdin', files: '[{"path":"","text":"x"}]' }, 'files', /path/],
    [
      'a path out of the folder',
      { kind: 'stdin', files: '[{"path":"../x","text":""}]' },
      'files',
      /inside the folder/,
    ],
    ['an output file elsewhere', { kind: 'stdin', outputFile: '/etc/x' }, 'outputFile', /inside the folder/],
    ['an endless path', { kind: 'stdin', outputFile: 'x'.repeat(600) }, 'outputFile', /short path/],
    [
      'too many other values',
      { expected: '1', alternatives: '2\n'.repeat(11) },
      'alternatives',
      /at most 10/,
    ],
    [
      'too many folders',
      { kind: 'command', argv: 'ls', folders: '/testbed '.repeat(9) },
      'folders',
      /at most 8/,
    ],
    ['a folder of the system', { kind: 'command', argv: 'ls', folders: '/etc' }, 'folders', /no system has/],
  ];
  for (const [name, fields, field, message] of faults) {
    it(`report the fault and its field: ${name}`, () => {
      const read = readForm(form(fields), ['taken']);
      assert.ok('field' in read);
      assert.equal(read.field, field);
      assert.match(read.message, message);
    });
  }

  it('report values that are nested too deep', () => {
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    const given: [keyof CaseForm, Partial<CaseForm>][] = [
      ['args', { args: deep, expected: '1' }],
      ['expected', { expected: deep }],
      ['alternatives', { expected: '1', alternatives: deep }],
      ['rows', { kind: 'sql', schema: 'x', rows: deep }],
    ];
    for (const [field, fields] of given) {
      const read = readForm(form(fields), []);
      assert.ok('field' in read && read.field === field, field);
      assert.match(read.message, /at most 200 deep/);
    }
  });

  it('compare numbers within the usual tolerance', () => {
    const read = readForm(form({ expected: '1', comparator: 'float' }), []);
    assert.ok('case' in read && read.case.kind === 'call');
    assert.deepEqual(read.case.comparator, { kind: 'float', rtol: 1e-7, atol: 1e-6 });
  });

  it('take the usual comparator for one that an earlier page kept and that no longer exists', () => {
    const read = readForm(form({ expected: '1', comparator: 'by magic' }), []);
    assert.ok('case' in read && !('comparator' in read.case));
  });
});
