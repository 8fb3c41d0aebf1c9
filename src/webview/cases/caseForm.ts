import { caseSchema, type Case } from '../../core/task.ts';

export const caseKinds = ['call', 'stdin', 'unit', 'command'] as const;
export type EditableKind = (typeof caseKinds)[number];

/** What stands in the fields of the case editor: texts, whatever they are worth. */
export interface CaseForm {
  readonly kind: EditableKind;
  readonly id: string;
  readonly function: string;
  readonly args: string;
  readonly expected: string;
  readonly throws: string;
  readonly input: string;
  readonly output: string;
  readonly source: string;
  readonly argv: string;
  readonly exit: string;
}

export const emptyForm: CaseForm = {
  kind: 'call',
  id: '',
  function: '',
  args: '[]',
  expected: '',
  throws: '',
  input: '',
  output: '',
  source: '',
  argv: '',
  exit: '0',
};

/** The fields for a case that is edited. */
export function formOf(testCase: Case): CaseForm {
  const base = { ...emptyForm, id: testCase.id };
  switch (testCase.kind) {
    case 'call':
      return {
        ...base,
        kind: 'call',
        function: testCase.function ?? '',
        args: JSON.stringify(testCase.args),
        expected: testCase.expected === undefined ? '' : JSON.stringify(testCase.expected),
        throws: testCase.throws ?? '',
      };
    case 'stdin':
      return { ...base, kind: 'stdin', input: testCase.input, output: testCase.output };
    case 'unit':
      return { ...base, kind: 'unit', source: testCase.source };
    case 'command':
      return {
        ...base,
        kind: 'command',
        argv: JSON.stringify(testCase.argv),
        input: testCase.input ?? '',
        output: testCase.expect.stdout ?? '',
        exit: testCase.expect.exit === undefined ? '' : String(testCase.expect.exit),
      };
    case 'sql':
      return base;
  }
}

/**
 * The case that the fields describe, or what is wrong with which field. What a case has that the fields do not show
 * (its title, its limits, how it compares) comes from the case that is edited.
 */
export function readForm(
  form: CaseForm,
  taken: readonly string[],
  edited?: Case,
): { case: Case } | { field: keyof CaseForm; message: string } {
  try {
    const id = form.id.trim();
    if (id === '') throw new FieldError('id', 'Give the case a short name; the rationale cites it by it');
    if (taken.includes(id))
      throw new FieldError('id', `There is a case “${id}” already. Choose another name`);
    if (id.includes('"')) throw new FieldError('id', 'Leave quotation marks out of the name');
    const parsed = caseSchema.safeParse(
      withUnseen({ id, origin: 'evaluator', ...fieldsOf(form) }, form.kind, edited),
    );
    if (parsed.success) return { case: parsed.data };
    const { path, message } = parsed.error.issues[0]!;
    const field = caseFields.find((name) => name === path[0]) ?? 'id';
    return { field, message: `This cannot be used: ${message}` };
  } catch (error) {
    if (error instanceof FieldError) return { field: error.field, message: error.message };
    throw error;
  }
}

/** The fields that a case can be wrong in by its schema. */
const caseFields = ['id', 'args', 'expected', 'throws', 'argv', 'source'] as const;

function withUnseen(read: object, kind: EditableKind, edited: Case | undefined): object {
  if (edited === undefined) return read;
  const { title, limits } = edited;
  const kept = { ...(title === undefined ? {} : { title }), ...(limits === undefined ? {} : { limits }) };
  if (edited.kind !== kind) return { ...kept, ...read };
  if (edited.kind === 'command' && 'expect' in read) {
    const { exit: _exit, stdout: _stdout, ...unseen } = edited.expect;
    return { ...kept, ...read, expect: { ...unseen, ...(read.expect as object) } };
  }
  const comparator =
    'comparator' in edited && edited.comparator !== undefined ? { comparator: edited.comparator } : {};
  const framework =
    edited.kind === 'unit' && edited.framework !== undefined ? { framework: edited.framework } : {};
  return { ...kept, ...comparator, ...framework, ...read };
}

class FieldError extends Error {
  readonly field: keyof CaseForm;

  constructor(field: keyof CaseForm, message: string) {
    super(message);
    this.field = field;
  }
}

function fieldsOf(form: CaseForm): object {
  switch (form.kind) {
    case 'call': {
      const args = json(form.args, 'args', 'The arguments');
      if (!Array.isArray(args)) throw new FieldError('args', 'The arguments are a list: [1, "two"]');
      if (form.throws.trim() === '' && form.expected.trim() === '') {
        throw new FieldError('expected', 'Say what the call gives, as JSON, or what it throws');
      }
      return {
        kind: 'call',
        args,
        ...(form.function.trim() === '' ? {} : { function: form.function.trim() }),
        ...(form.throws.trim() === ''
          ? { expected: json(form.expected, 'expected', 'The expected value') }
          : { throws: form.throws.trim() }),
      };
    }
    case 'stdin':
      return { kind: 'stdin', input: form.input, output: form.output };
    case 'unit':
      if (form.source.trim() === '')
        throw new FieldError('source', 'Write a test that fails by an error or a non-zero exit');
      return { kind: 'unit', source: form.source };
    case 'command':
      return commandFields(form);
  }
}

function commandFields(form: CaseForm): object {
  const argv = json(form.argv, 'argv', 'The command');
  if (!Array.isArray(argv) || argv.length === 0 || argv.some((word) => typeof word !== 'string')) {
    throw new FieldError('argv', 'The command is a list of words: ["python3", "main.py", "--help"]');
  }
  const exit = form.exit.trim();
  if (exit !== '' && !(/^\d{1,3}$/.test(exit) && Number(exit) <= 255)) {
    throw new FieldError(
      'exit',
      'The exit status is a number from 0 to 255, or empty when it does not matter',
    );
  }
  return {
    kind: 'command',
    argv,
    ...(form.input === '' ? {} : { input: form.input }),
    expect: {
      ...(exit === '' ? {} : { exit: Number(exit) }),
      ...(form.output === '' ? {} : { stdout: form.output }),
    },
  };
}

function json(text: string, field: keyof CaseForm, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FieldError(field, `${what} must be JSON, such as [1, "two", true]: ${reason}`);
  }
}
