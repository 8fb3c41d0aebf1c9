import { contentHash } from '../../hash.ts';
import { canonicalLanguage } from '../../languages.ts';
import {
  isMembers,
  listIn,
  membersIn,
  textIn,
  textsOf,
  unpacked,
  type Members,
  type Reading,
} from './shape.ts';

/** HumanEval: a prompt that the answer goes on with, and `check(candidate)`. */
export const humanEvalProblem: Reading = (record) => {
  const prompt = textIn(record, 'prompt');
  const test = textIn(record, 'test');
  const entry = textIn(record, 'entry_point');
  if (prompt === undefined || test === undefined || entry === undefined) return undefined;
  const solution = textIn(record, 'canonical_solution');
  return problemTask(record, {
    format: 'humaneval',
    language: 'python',
    prompt,
    start: prompt,
    entry,
    cases: [{ id: 'check', kind: 'unit', framework: 'humaneval', source: test }],
    reference: solution === undefined ? undefined : prompt + solution,
  });
};

/** MBPP: a sentence and a list of assertions, each a case. */
export const mbppProblem: Reading = (record) => {
  const prompt = textIn(record, 'text', 'prompt');
  const tests = textsOf(record['test_list']);
  if (prompt === undefined || tests === undefined) return undefined;
  const setup = [textIn(record, 'test_setup_code') ?? '', ...(textsOf(record['test_imports']) ?? [])]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
  return problemTask(record, {
    format: 'mbpp',
    language: 'python',
    prompt: `${prompt}\n\nYour code should pass these tests:\n\n\`\`\`python\n${tests.join('\n')}\n\`\`\`\n`,
    start: '',
    cases: [...tests, ...(textsOf(record['challenge_test_list']) ?? [])].map((test, at) => ({
      id: `assert-${at + 1}`,
      kind: 'unit',
      source: `${setup}${test}\n`,
    })),
    reference: textIn(record, 'code'),
  });
};

/** CodeContests: lists of inputs and outputs under public, private and generated tests. */
export const codeContestsProblem: Reading = (record) => {
  const prompt = textIn(record, 'description');
  const kinds = ['public_tests', 'private_tests', 'generated_tests'];
  const cases = kinds.flatMap((kind) => {
    const tests = membersIn(record, kind);
    const [inputs, outputs] = [textsOf(tests?.['input']) ?? [], textsOf(tests?.['output']) ?? []];
    const name = kind.replace('_tests', '');
    return inputs
      .slice(0, outputs.length)
      .map((input, at) => stdinCase(`${name}-${at + 1}`, input, outputs[at]!));
  });
  if (prompt === undefined || cases.length === 0) return undefined;
  return problemTask(record, { format: 'code-contests', language: undefined, prompt, start: '', cases });
};

/**
 * Problems of stdin/stdout judges: APPS (`input_output` with inputs and outputs, and `fn_name` where a function is
 * called), LiveCodeBench (`public_test_cases`), and plain `tests` of `{input, output}`.
 */
export const judgeProblem: Reading = (record) => {
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
};

function appsCases(value: unknown): Members[] | undefined {
  if (!isMembers(value)) return undefined;
  const [inputs, outputs] = [listIn(value, 'inputs'), listIn(value, 'outputs')];
  if (inputs === undefined || outputs === undefined || inputs.length !== outputs.length) return undefined;
  const called = functionName(value);
  return inputs.map((input, at) => {
    const output = outputs[at];
    if (called === undefined) return stdinCase(`test-${at + 1}`, linesOf(input), linesOf(output));
    // What a function returns stands in a list of one.
    const expected = Array.isArray(output) && output.length === 1 ? (output[0] as unknown) : output;
    return { id: `test-${at + 1}`, kind: 'call', function: called, args: input, expected };
  });
}

function pairCases(record: Members): Members[] | undefined {
  const tests = ['tests', 'test_cases', 'public_test_cases'].flatMap((name) => {
    const list = unpacked(record[name]);
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  const cases = tests.filter(isMembers).flatMap((test, at) => {
    const [input, output] = [textIn(test, 'input'), textIn(test, 'output', 'expected_output')];
    return input === undefined || output === undefined ? [] : [stdinCase(`test-${at + 1}`, input, output)];
  });
  return cases.length === 0 || cases.length < tests.length ? undefined : cases;
}

function functionName(value: unknown): string | undefined {
  return isMembers(value) ? textIn(value, 'fn_name') : undefined;
}

/** Judges compare by tokens: white space at the ends of lines and of the output does not count. */
function stdinCase(id: string, input: string, output: string): Members {
  return { id, kind: 'stdin', input, output, comparator: { kind: 'tokens' } };
}

/** Some sets keep the lines apart. */
function linesOf(value: unknown): string {
  return Array.isArray(value) ? value.map((line) => `${String(line)}\n`).join('') : String(value);
}

interface Problem {
  readonly format: string;
  readonly language: string | undefined;
  readonly prompt: string;
  /** What there is to begin with where the record brings no answer. */
  readonly start: string;
  readonly entry?: string | undefined;
  readonly cases: readonly Members[];
  readonly reference?: string | undefined;
}

/**
 * A problem as a task. The answers are the record's completions, the first two; a problem without any asks for an ideal
 * and further cases, starting from what the prompt gives.
 */
function problemTask(record: Members, problem: Problem): Members {
  const { format, prompt, start, entry, cases, reference } = problem;
  const texts = (
    textsOf(record['completions']) ??
    textsOf(record['samples']) ??
    textsOf([record['completion']]) ??
    []
  ).slice(0, 2);
  const id =
    record['task_id'] ?? record['problem_id'] ?? record['question_id'] ?? record['name'] ?? record['id'];
  const language = textIn(record, 'language') ?? problem.language ?? 'python';
  return {
    id:
      typeof id === 'string' && id !== ''
        ? id
        : `${format}-${typeof id === 'number' ? id : contentHash(prompt).slice(0, 12)}`,
    language: canonicalLanguage(language),
    prompt,
    answers:
      texts.length === 0
        ? [{ id: 'start', text: start }]
        : texts.map((text, at) => ({ id: `completion-${at + 1}`, text })),
    cases,
    ...(entry !== undefined && { entry }),
    ...(texts.length === 0 && { ask: ['ideal', 'cases'] }),
    ...(texts.length === 1 && { ask: ['rate', 'flag'] }),
    ...(reference !== undefined && { reference }),
    source: { format },
  };
}
