import {
  isMembers,
  listIn,
  membersIn,
  numberIn,
  textIn,
  textsOf,
  unpacked,
  type Members,
} from '../members.ts';
import type { ReadTools, Shape } from '../shape.ts';
import { problemTask, stdinCase } from './problem.ts';

/** How judges compare: APPS uses NumPy's `allclose`; CodeContests uses a tolerance of 1e-5 and ignores case. */
const appsComparator = { kind: 'float', rtol: 1e-5, atol: 1e-8 };
const codeContestsComparator = { kind: 'float', rtol: 0, atol: 1e-5, ignoreCase: true };
/** LiveCodeBench compares words as decimal numbers, without a tolerance. */
const liveCodeBenchComparator = { kind: 'float', rtol: 0, atol: 0 };
/** The functions of LiveCodeBench are from LeetCode, which accepts numbers within 1e-5. */
const leetCodeComparator = { kind: 'float', rtol: 1e-5, atol: 1e-8 };

/** CodeContests: lists of inputs and outputs under public, private and generated tests, and the judge's limits. */
export const codeContestsProblem: Shape = {
  title: 'a CodeContests problem',
  needs: [['description'], ['public_tests', 'private_tests', 'generated_tests']],
  read(record) {
    const prompt = textIn(record, 'description');
    const kinds = ['public_tests', 'private_tests', 'generated_tests'];
    const cases = kinds.flatMap((kind) => {
      const tests = membersIn(record, kind);
      const [inputs, outputs] = [textsOf(tests?.['input']) ?? [], textsOf(tests?.['output']) ?? []];
      const name = kind.replace('_tests', '');
      return inputs
        .slice(0, outputs.length)
        .map((input, at) => contestCase(record, `${name}-${at + 1}`, input, outputs[at]!));
    });
    if (prompt === undefined || cases.length === 0) return undefined;
    return problemTask(record, {
      format: 'code-contests',
      language: undefined,
      prompt,
      start: '',
      cases,
      limits: contestLimits(record),
    });
  },
};

/** A case; if the problem names an input file, the input is also written to that file. An output file is read. */
function contestCase(record: Members, id: string, input: string, output: string): Members {
  const name = textIn(record, 'input_file') ?? '';
  const written = textIn(record, 'output_file') ?? '';
  return {
    ...stdinCase(id, input, output, codeContestsComparator),
    ...(isFile(name) && { files: [{ path: name, text: input }] }),
    ...(isFile(written) && { outputFile: written }),
  };
}

/** Whether the name is a file: judges write "stdin" and "stdout" for the standard streams. */
const isFile = (name: string): boolean =>
  name !== '' && !/^(?:stdin|stdout|standard input|standard output)$/i.test(name);

function contestLimits(record: Members): Members | undefined {
  const time = membersIn(record, 'time_limit');
  const seconds =
    time === undefined ? undefined : (numberIn(time, 'seconds') ?? 0) + (numberIn(time, 'nanos') ?? 0) / 1e9;
  const memory = numberIn(record, 'memory_limit_bytes');
  const limits = {
    ...(seconds !== undefined &&
      seconds > 0 && { cpuMs: Math.min(600_000, Math.max(10, Math.round(seconds * 1000))) }),
    ...(memory !== undefined && memory >= 16_777_216 && memory <= 17_179_869_184 && { memoryBytes: memory }),
  };
  return Object.keys(limits).length === 0 ? undefined : limits;
}

/**
 * LiveCodeBench: public and private tests, on standard input or as calls of a method of `Solution`
 * (https://github.com/LiveCodeBench/LiveCodeBench, lcb_runner/benchmarks/code_generation.py).
 */
export const liveCodeBenchProblem: Shape = {
  title: 'a LiveCodeBench problem',
  needs: [['question_content'], ['public_test_cases']],
  read(record, tools) {
    const prompt = textIn(record, 'question_content');
    const shown = unpacked(record['public_test_cases']);
    if (prompt === undefined || !Array.isArray(shown)) return undefined;
    const metadata = unpacked(record['metadata']);
    const name = isMembers(metadata) ? textIn(metadata, 'func_name') : undefined;
    const hidden = privateTests(record['private_test_cases'], tools);
    const cases = [
      ...shown.filter(isMembers).flatMap((test, at) => liveCase(`public-${at + 1}`, test, name)),
      ...hidden.filter(isMembers).flatMap((test, at) => liveCase(`private-${at + 1}`, test, name)),
    ];
    if (cases.length === 0) return undefined;
    const start = textIn(record, 'starter_code') ?? '';
    return problemTask(record, {
      format: 'livecodebench',
      language: undefined,
      prompt:
        start.trim() === ''
          ? prompt
          : `${prompt}\n\nStart from:\n\n\`\`\`python\n${start.trimEnd()}\n\`\`\`\n`,
      start,
      entry: name === undefined ? undefined : `Solution.${name}`,
      cases,
    });
  },
};

function liveCase(id: string, test: Members, name: string | undefined): Members[] {
  const [input, output] = [textIn(test, 'input'), textIn(test, 'output')];
  if (input === undefined || output === undefined) return [];
  if (textIn(test, 'testtype') !== 'functional')
    return [{ ...stdinCase(id, input, output, liveCodeBenchComparator), judge: 'livecodebench' }];
  const args = input.split('\n').map((line) => unpacked(line));
  const expected = unpacked(output);
  if (name === undefined || args.includes(undefined) || expected === undefined) return [];
  return [
    {
      id,
      kind: 'call',
      function: `Solution.${name}`,
      args,
      expected,
      comparator: leetCodeComparator,
      judge: 'livecodebench',
    },
  ];
}

/** Private tests are JSON or packed; see `ReadTools`. */
function privateTests(value: unknown, { unpackTests }: ReadTools): readonly unknown[] {
  const list = unpacked(value) ?? (typeof value === 'string' ? unpacked(unpackTests?.(value)) : undefined);
  return Array.isArray(list) ? list : [];
}

/**
 * Problems of stdin/stdout judges: APPS (`input_output` with inputs and outputs, and `fn_name` where a function is
 * called), and plain `tests` of `{input, output}`.
 */
export const judgeProblem: Shape = {
  title: 'a judge’s problem',
  needs: [
    ['question', 'question_content', 'problem', 'description', 'prompt'],
    ['input_output', 'tests', 'test_cases'],
  ],
  read(record) {
    const prompt = textIn(record, 'question', 'question_content', 'problem', 'description', 'prompt');
    const cases = appsCases(unpacked(record['input_output'])) ?? pairCases(record);
    if (prompt === undefined || cases === undefined) return undefined;
    const solutions = textsOf(unpacked(record['solutions']));
    return problemTask(record, {
      format: 'judge',
      language: undefined,
      prompt,
      start: textIn(record, 'starter_code') ?? '',
      entry: functionName(unpacked(record['input_output'])),
      cases,
      reference: textIn(record, 'solution') ?? solutions?.[0],
    });
  },
};

function appsCases(value: unknown): Members[] | undefined {
  if (!isMembers(value)) return undefined;
  const [inputs, outputs] = [listIn(value, 'inputs'), listIn(value, 'outputs')];
  if (inputs === undefined || outputs === undefined || inputs.length !== outputs.length) return undefined;
  const called = functionName(value);
  // APPS writes a return value either as it is or wrapped in a list of one, and accepts both.
  const isWrapped = outputs.every((output) => Array.isArray(output) && output.length === 1);
  return inputs.map((input, at) => {
    const output = outputs[at];
    const id = `test-${at + 1}`;
    if (called === undefined)
      return { ...stdinCase(id, linesOf(input), linesOf(output), appsComparator), judge: 'apps' };
    const first = Array.isArray(output) && output.length > 0 ? [(output as unknown[])[0]] : [];
    const [expected, ...alternatives] = isWrapped ? [...first, output] : [output, ...first];
    return {
      id,
      kind: 'call',
      function: called,
      args: Array.isArray(input) ? input : [input],
      expected,
      ...(alternatives.length > 0 && { alternatives }),
      comparator: appsComparator,
      judge: 'apps',
    };
  });
}

function pairCases(record: Members): Members[] | undefined {
  const tests = ['tests', 'test_cases', 'public_test_cases'].flatMap((name) => {
    const list = unpacked(record[name]);
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  const cases = tests.filter(isMembers).flatMap((test, at) => {
    const [input, output] = [textIn(test, 'input'), textIn(test, 'output', 'expected_output')];
    return input === undefined || output === undefined
      ? []
      : [stdinCase(`test-${at + 1}`, input, output, { kind: 'tokens' })];
  });
  return cases.length === 0 || cases.length < tests.length ? undefined : cases;
}

function functionName(value: unknown): string | undefined {
  return isMembers(value) ? textIn(value, 'fn_name') : undefined;
}

/** Some data sets store a list of lines instead of a text. */
function linesOf(value: unknown): string {
  return Array.isArray(value) ? value.map((line) => `${String(line)}\n`).join('') : String(value);
}
