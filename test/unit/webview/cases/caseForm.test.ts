import { strict as assert } from 'node:assert';
import type { Case } from '../../../../src/core/task.ts';
import { emptyForm, formOf, readForm, type CaseForm } from '../../../../src/webview/cases/caseForm.ts';

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
    { id: 'unit', origin: 'evaluator', kind: 'unit', source: 'assert f() == 1' },
    {
      id: 'command',
      origin: 'evaluator',
      kind: 'command',
      argv: ['python3', 'x y'],
      input: 'in',
      expect: { exit: 2, stdout: 'out' },
    },
  ];
  for (const testCase of cases) {
    it(`gives back the case that was put in: ${testCase.id}`, () => {
      assert.deepEqual(readForm(formOf(testCase), []), { case: testCase });
    });
  }

  it('keep what they do not show of the case that is edited', () => {
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

  const faults: [string, Partial<CaseForm>, keyof CaseForm, RegExp][] = [
    ['no name', { id: '  ' }, 'id', /short name/],
    ['a name that is taken', { id: 'taken', expected: '1' }, 'id', /already/],
    ['a name that cannot be cited', { id: 'a"b', expected: '1' }, 'id', /quotation marks/],
    ['a name without end', { id: 'x'.repeat(200), expected: '1' }, 'id', /cannot be used/],
    ['arguments that are no JSON', { args: '[1,' }, 'args', /must be JSON/],
    ['arguments that are no list', { args: '{"a": 1}', expected: '1' }, 'args', /list/],
    ['nothing expected', { args: '[]' }, 'expected', /what it throws/],
    ['an expected value that is no JSON', { expected: 'None' }, 'expected', /must be JSON/],
    ['an empty test', { kind: 'unit', source: ' \n' }, 'source', /Write a test/],
    ['a command as one text', { kind: 'command', argv: '"ls -l"' }, 'argv', /list of words/],
    ['an exit status out of range', { kind: 'command', argv: '["ls"]', exit: '256' }, 'exit', /0 to 255/],
  ];
  for (const [name, fields, field, message] of faults) {
    it(`say what is wrong, and where: ${name}`, () => {
      const read = readForm(form(fields), ['taken']);
      assert.ok('field' in read);
      assert.equal(read.field, field);
      assert.match(read.message, message);
    });
  }

  it('take arguments that nest too deep for anyone as a fault of the arguments', () => {
    const read = readForm(form({ args: `${'['.repeat(500)}${']'.repeat(500)}`, expected: '1' }), []);
    assert.ok('field' in read && read.field === 'args');
  });
});
