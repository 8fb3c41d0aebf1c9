import { textIn, textsOf, unpacked, type Members } from '../members.ts';
import type { Shape } from '../shape.ts';
import { languageNamed } from '../shape.ts';
import { problemTask } from './problem.ts';

/** HumanEval, HumanEval+ and HumanEvalPack: a prompt that the answer continues, and a test that calls the function. */
export const humanEvalProblem: Shape = {
  title: 'a HumanEval problem',
  needs: [['prompt'], ['test'], ['entry_point']],
  read(record) {
    const asked = textIn(record, 'prompt');
    const test = textIn(record, 'test');
    const entry = methodName(textIn(record, 'entry_point'));
    if (asked === undefined || test === undefined || entry === undefined) return undefined;
    const solution = textIn(record, 'canonical_solution');
    const language = packLanguage(record) ?? 'python';
    const prompt = language === 'rust' ? withoutUnusedCrates(asked, solution ?? '') : asked;
    return problemTask(record, {
      format: 'humaneval',
      language,
      prompt,
      start: prompt,
      entry,
      cases: [{ id: 'check', kind: 'unit', ...packTest(language, test, prompt) }],
      reference: solution === undefined ? undefined : prompt + solution,
    });
  },
};

/** Problems of LeetCode name a method with its object: `Solution().add`. */
function methodName(entry: string | undefined): string | undefined {
  return entry?.replace(/^(\w+)\(\)\.(?=\w+$)/, '$1.');
}

/** HumanEvalPack has one row per language; the first part of its id names the language: "JavaScript/0". */
function packLanguage(record: Members): string | undefined {
  const name = /^([A-Za-z+#]+)\//.exec(textIn(record, 'task_id') ?? '')?.[1];
  return languageNamed(textIn(record, 'language')) ?? (name === 'CPP' ? 'cpp' : languageNamed(name));
}

/** A test of HumanEval, as a unit test of its language. */
function packTest(language: string, test: string, prompt: string): Members {
  switch (language) {
    case 'python':
      return { framework: 'humaneval', source: test };
    case 'javascript':
    case 'typescript':
      return { source: strictAssert + test };
    case 'go':
      return { source: goTest(test) };
    case 'java':
      // The test is written to follow the prompt in one file, whose imports it uses.
      return { source: `${importsOf(prompt)}${test}` };
    default:
      return { source: test };
  }
}

/** The JavaScript tests use `console.assert`, which only prints, so it is replaced with a version that throws. */
const strictAssert = `console.assert = (holds, ...words) => {
  if (holds) return;
  try {
    throw new Error(words.join(" ") || "assertion failed");
  } catch (error) {
    error.name = "AssertionError";
    throw error;
  }
};
`;

function importsOf(prompt: string): string {
  const lines = prompt.split('\n').filter((line) => /^import\s/.test(line));
  return lines.map((line) => `${line}\n`).join('');
}

/** The Go tests use testify, of which this is the part that they need. */
function goTest(test: string): string {
  if (!/\bassert\b/.test(test)) return `import "testing"\n${test}`;
  return `import (
	"reflect"
	"testing"
)

type asserting struct{ t *testing.T }

var assert asserting

func (asserting) New(t *testing.T) asserting { return asserting{t} }

func (a asserting) Equal(expected, actual any, _ ...any) bool {
	a.t.Helper()
	equal := reflect.DeepEqual(expected, actual)
	if !equal {
		a.t.Errorf("expected %v, actual %v", expected, actual)
	}
	return equal
}

func (a asserting) NotEqual(expected, actual any, _ ...any) bool {
	a.t.Helper()
	if reflect.DeepEqual(expected, actual) {
		a.t.Errorf("expected another value than %v", actual)
		return false
	}
	return true
}

func (a asserting) True(value bool, _ ...any) bool { a.t.Helper(); return a.Equal(true, value) }

func (a asserting) False(value bool, _ ...any) bool { a.t.Helper(); return a.Equal(false, value) }

func (a asserting) Nil(value any, _ ...any) bool {
	a.t.Helper()
	if value == nil || reflect.ValueOf(value).Kind() == reflect.Ptr && reflect.ValueOf(value).IsNil() {
		return true
	}
	return a.Equal(nil, value)
}

func (a asserting) InDelta(expected, actual, delta float64, _ ...any) bool {
	a.t.Helper()
	if difference := expected - actual; difference > delta || -difference > delta {
		return a.Equal(expected, actual)
	}
	return true
}

${test}`;
}

/** The Rust prompts import crates that few solutions use, and that rustc alone does not have. */
function withoutUnusedCrates(prompt: string, solution: string): string {
  const uses = { rand: /\b(?:rand|Rng)\b/, regex: /\bRegex\b/, md5: /\bmd5\b/ };
  return Object.entries(uses).reduce(
    (text, [crate, used]) =>
      used.test(solution) ? text : text.replace(new RegExp(`^use ${crate}\\b[^;\\n]*;\\n`, 'm'), ''),
    prompt,
  );
}

/** BigCodeBench: a function to complete or to write from a description, and `unittest` cases. */
export const bigCodeBenchProblem: Shape = {
  title: 'a BigCodeBench problem',
  needs: [['complete_prompt', 'instruct_prompt'], ['test'], ['entry_point']],
  read(record) {
    const complete = textIn(record, 'complete_prompt');
    const prompt = complete ?? textIn(record, 'instruct_prompt');
    const test = textIn(record, 'test');
    const entry = textIn(record, 'entry_point');
    if (prompt === undefined || test === undefined || entry === undefined) return undefined;
    const start = textIn(record, 'code_prompt') ?? complete ?? '';
    const solution = textIn(record, 'canonical_solution');
    return problemTask(record, {
      format: 'bigcodebench',
      language: 'python',
      prompt,
      start,
      entry,
      cases: [{ id: 'tests', kind: 'unit', source: test }],
      reference: solution === undefined ? undefined : start + solution,
    });
  },
};

/** Names of a list of assertions; the first is MBPP's. */
const assertionNames = ['test_list', 'tests', 'test_cases', 'asserts', 'assertions', 'unit_tests'] as const;

function assertionsIn(record: Members): readonly string[] | undefined {
  const lists = assertionNames.map((name) => textsOf(unpacked(record[name])));
  return lists.find((list) => list?.every((test) => /\bassert/.test(test)));
}

/** MBPP, MBPP+ and their kin: a description and a list of assertions; each assertion is a case. */
export const mbppProblem: Shape = {
  title: 'an MBPP problem',
  needs: [['text', 'prompt', 'question'], assertionNames],
  read(record) {
    const prompt = textIn(record, 'text', 'prompt', 'question', 'instruction', 'problem', 'description');
    const tests = assertionsIn(record);
    if (prompt === undefined || tests === undefined) return undefined;
    const setup = [textIn(record, 'test_setup_code') ?? '', ...(textsOf(record['test_imports']) ?? [])]
      .filter((line) => line !== '')
      .map((line) => `${line}\n`)
      .join('');
    const assertions = [...tests, ...(textsOf(record['challenge_test_list']) ?? [])].map((test, at) => ({
      id: `assert-${at + 1}`,
      kind: 'unit',
      source: `${setup}${test}\n`,
    }));
    const plus = textIn(record, 'test');
    return problemTask(record, {
      format: 'mbpp',
      language: 'python',
      prompt: `${prompt}\n\nYour code should pass these tests:\n\n\`\`\`python\n${tests.join('\n')}\n\`\`\`\n`,
      start: '',
      entry: textIn(record, 'entry_point'),
      cases: [
        ...assertions,
        ...(plus === undefined ? [] : [{ id: 'plus', kind: 'unit', source: `${setup}${plus}\n` }]),
      ],
      reference: textIn(record, 'code'),
    });
  },
};
