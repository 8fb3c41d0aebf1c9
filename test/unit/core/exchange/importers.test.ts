import assert from 'node:assert/strict';
import { argilla, argillaFlat } from '../../../../src/core/exchange/argilla.ts';
import { bigCodeReward } from '../../../../src/core/exchange/bigCodeReward.ts';
import type { Exporter } from '../../../../src/core/exchange/exporter.ts';
import { helpSteer3 } from '../../../../src/core/exchange/helpSteer3.ts';
import { labelStudio } from '../../../../src/core/exchange/labelStudio.ts';
import { openaiDpo } from '../../../../src/core/exchange/openaiDpo.ts';
import { trlChat, trlPreference } from '../../../../src/core/exchange/trl.ts';
import { trlUnpaired } from '../../../../src/core/exchange/trlUnpaired.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { blindView, shownOrder } from '../../../../src/core/task/blind.ts';
import { better, reviewOf, taskOf } from './data.ts';
import { readTaskFile } from '../../../fixtures/taskFile.ts';

function read(...records: readonly unknown[]): Task[] {
  const text = records.map((record) => JSON.stringify(record)).join('\n');
  return readTaskFile(text, 'file.jsonl').map((line) => {
    assert.equal(line.kind, 'task', JSON.stringify(line));
    return line.task;
  });
}

function sourceOf(task: Task): Record<string, unknown> {
  return task.source as Record<string, unknown>;
}

/** The texts of a pair in the order in which the other program has them. */
function ordered(task: Task): string[] {
  const order = sourceOf(task)['order'] as string[];
  return order.map((id) => task.answers.find((answer) => answer.id === id)!.text);
}

describe('pairs of other programs', () => {
  const prompt = 'Add two numbers';
  const [good, bad] = ['```go\nreturn a + b\n```', '```go\nreturn a - b\n```'];

  const shapes: [string, object, Record<string, unknown>][] = [
    ['TRL, texts', { prompt, chosen: good, rejected: bad, margin: 2 }, { winner: 0, margin: 2 }],
    [
      'TRL, messages with the prompt in both',
      {
        chosen: [
          { role: 'user', content: prompt },
          { role: 'assistant', content: good },
        ],
        rejected: [
          { role: 'user', content: prompt },
          { role: 'assistant', content: bad },
        ],
      },
      { winner: 0 },
    ],
    [
      'OpenAI DPO',
      {
        input: { messages: [{ role: 'user', content: prompt }], tools: [], parallel_tool_calls: true },
        preferred_output: [{ role: 'assistant', content: good }],
        non_preferred_output: [{ role: 'assistant', content: bad }],
      },
      { winner: 0 },
    ],
    [
      'HelpSteer3',
      {
        domain: 'code',
        language: 'go',
        context: [{ role: 'user', content: prompt }],
        response1: good,
        response2: bad,
        overall_preference: -2,
        individual_preference: [{ score: -2, reasoning: 'It adds.', feedback1: 'x' }],
      },
      { winner: 0, strength: 2, individual: [{ score: -2, reasoning: 'It adds.', feedback1: 'x' }] },
    ],
    [
      'HelpSteer3, a tie',
      {
        context: [{ role: 'user', content: prompt }],
        response1: good,
        response2: bad,
        overall_preference: 0,
      },
      { winner: null, strength: 0, individual: [] },
    ],
    [
      'BigCodeReward',
      {
        chat_session_id: 'c1',
        instruction: prompt,
        model_A: 'm1',
        model_B: 'm2',
        states: {
          model_A: {
            messages: [
              ['user', prompt],
              ['assistant', good],
            ],
          },
          model_B: { messages: [{ role: 'assistant', content: bad }] },
        },
        human_vote: 'vote_both_bad',
      },
      { id: 'c1', vote: 'vote_both_bad', winner: null },
    ],
    [
      'Label Studio',
      {
        id: 7,
        data: { prompt, left: good, right: bad },
        annotations: [{ id: 1, result: [{ from_name: 'p', type: 'pairwise', value: { selected: 'left' } }] }],
        predictions: [],
      },
      {
        id: 'label-studio-7',
        annotations: [{ id: 1, result: [{ name: 'p', type: 'pairwise', value: { selected: 'left' } }] }],
      },
    ],
    [
      'Argilla',
      {
        fields: { prompt, answer_1: good, answer_2: bad },
        responses: { preference: [{ value: 'answer_1' }] },
      },
      { responses: { preference: [{ value: 'answer_1' }] } },
    ],
    [
      'Argilla, flat',
      { prompt, answer_1: good, answer_2: bad, 'preference.responses': ['answer_1'] },
      { responses: { 'preference.responses': ['answer_1'] } },
    ],
  ];
  for (const [title, record, verdict] of shapes) {
    it(`are read as tasks: ${title}`, () => {
      const [task] = read(record);
      assert.equal(task!.prompt, prompt);
      assert.equal(task!.language, 'go');
      assert.deepEqual(ordered(task!), [good, bad]);
      const { format: _, order: __, ...judged } = sourceOf(task!);
      assert.deepEqual(judged, verdict);
      assert.equal(task!.gold, undefined);
    });
  }

  it('do not reveal the preference by the order or names of their answers', () => {
    const tasks = read(
      ...Array.from({ length: 40 }, (_, n) => ({
        prompt: `p${n}`,
        chosen: `good ${n}`,
        rejected: `bad ${n}`,
      })),
    );
    const firsts = tasks.filter((task) => task.answers[0]!.text.startsWith('good')).length;
    assert.ok(firsts > 8 && firsts < 32, `${firsts}`);
    const view = JSON.stringify(blindView(tasks[0]!, shownOrder(tasks[0]!, 'ada')));
    assert.doesNotMatch(view, /winner|chosen|rejected|margin/);
  });

  it('keep the turns of a longer conversation', () => {
    const messages = [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ];
    const [task] = read({ prompt: messages, chosen: good, rejected: bad });
    assert.equal(task!.prompt, '**user**\n\none\n\n**assistant**\n\ntwo\n\n**user**\n\nthree');
    assert.deepEqual(task!.messages, messages);
  });

  it('become a task to rate if there is one answer', () => {
    const [task] = read({ prompt, completion: good, label: false });
    assert.deepEqual([task!.answers.length, task!.ask], [1, ['rate', 'flag']]);
    assert.deepEqual(sourceOf(task!), { format: 'trl-unpaired', label: false });
  });

  it('read what Tiebreak itself exports in those formats', () => {
    const task = taskOf('t');
    const data = { tasks: [task], reviews: [reviewOf(1, task, better('right'))], skips: [] };
    const pairs: [Exporter, string[]][] = [
      [trlPreference, ['right of t', 'left of t']],
      [trlChat, ['right of t', 'left of t']],
      [openaiDpo, ['right of t', 'left of t']],
      [helpSteer3, ['left of t', 'right of t']],
      [bigCodeReward, ['left of t', 'right of t']],
      [labelStudio, ['left of t', 'right of t']],
      [argilla, ['left of t', 'right of t']],
      [argillaFlat, ['left of t', 'right of t']],
    ];
    for (const [exporter, texts] of pairs) {
      const lines = readTaskFile(exporter.export(data).lines.join('\n'), 'f');
      const back = lines.flatMap((line) => (line.kind === 'task' ? [line.task] : []));
      assert.deepEqual([back.length, lines.length], [1, 1], exporter.id);
      assert.equal(back[0]!.prompt, task.prompt, exporter.id);
      assert.deepEqual(ordered(back[0]!), texts, exporter.id);
    }
    const single = readTaskFile(trlUnpaired.export(data).lines.join('\n'), 'f');
    assert.deepEqual(
      single.map(({ kind }) => kind),
      ['task', 'task'],
    );
  });
});

describe('problems of other programs', () => {
  it('HumanEval: the check as a case, the solution as the reference', () => {
    const record = {
      task_id: 'HumanEval/0',
      prompt: 'def inc(x):\n    """One more."""\n',
      entry_point: 'inc',
      canonical_solution: '    return x + 1\n',
      test: 'def check(candidate):\n    assert candidate(1) == 2\n',
    };
    const [task, answered] = read(record, {
      ...record,
      task_id: 'with',
      completions: ['    return x\n', '    return 2\n', 'x'],
    });
    assert.deepEqual(
      [task!.id, task!.entry, task!.reference, task!.ask, task!.answers],
      [
        `HumanEval/0-${task!.id.slice(-8)}`,
        'inc',
        'def inc(x):\n    """One more."""\n    return x + 1\n',
        ['ideal', 'cases'],
        [{ id: 'start', text: record.prompt }],
      ],
    );
    assert.deepEqual(task!.cases, [
      { id: 'check', origin: 'task', kind: 'unit', framework: 'humaneval', source: record.test },
    ]);
    assert.deepEqual([answered!.answers.length, answered!.ask], [2, undefined]);
  });

  it('MBPP: each assertion as a case, after its set-up', () => {
    const [task] = read({
      task_id: 11,
      text: 'Write a function to add.',
      code: 'def add(a, b): return a + b',
      test_list: ['assert add(1, 2) == 3', 'assert add(0, 0) == 0'],
      test_setup_code: 'import math',
      challenge_test_list: [],
    });
    assert.match(task!.id, /^mbpp-11-[0-9a-f]{8}$/);
    assert.deepEqual(
      task!.cases?.map((content) => content.kind === 'unit' && content.source),
      ['import math\nassert add(1, 2) == 3\n', 'import math\nassert add(0, 0) == 0\n'],
    );
    assert.match(task!.prompt, /^Write a function to add\..*assert add\(0, 0\) == 0/s);
  });

  for (const [name, answers] of [
    ['completions', { completions: ['def add(a, b): return a + b', 'def add(a, b): return a - b'] }],
    ['inferences', { inferences: [{ completion: 'def add(a, b): return a + b' }, { completion: '' }] }],
    ['a pair', { chosen: 'def add(a, b): return a + b', rejected: 'def add(a, b): return a - b' }],
  ] as const) {
    it(`assertions under other names, with ${name}: kept as cases`, () => {
      const [task] = read({ question: 'Write add.', test_cases: ['assert add(1, 2) == 3'], ...answers });
      assert.deepEqual(
        task!.cases?.map((content) => content.kind === 'unit' && content.source),
        ['assert add(1, 2) == 3\n'],
      );
      assert.equal(task!.answers.length, 2);
      assert.equal(task!.language, 'python');
    });
  }

  it('a method as the entry of a problem in the form of HumanEval', () => {
    const test = 'def check(candidate):\n    assert candidate(1, 2) == 3\n';
    const [task] = read({
      prompt: 'from typing import *\n',
      test,
      entry_point: 'Solution().add',
      completion: 'x',
    });
    assert.equal(task!.entry, 'Solution.add');
  });

  const stdin = (id: string, input: string, output: string) => ({
    id,
    origin: 'task',
    kind: 'stdin',
    input,
    output,
    comparator: { kind: 'float', rtol: 1e-5, atol: 1e-8 },
  });

  const byApps = (testCase: object) => ({ ...testCase, judge: 'apps' });

  it('APPS: inputs and outputs as texts or as lists of lines', () => {
    const [task] = read({
      problem_id: 3,
      question: 'Read and double.',
      input_output: JSON.stringify({ inputs: ['2\n', ['1', '2']], outputs: ['4\n', ['2', '4']] }),
      solutions: JSON.stringify(['print(int(input()) * 2)']),
    });
    assert.deepEqual(
      task!.cases,
      [stdin('test-1', '2\n', '4\n'), stdin('test-2', '1\n2\n', '2\n4\n')].map(byApps),
    );
    assert.equal(task!.reference, 'print(int(input()) * 2)');
  });

  it('APPS: a function that is called', () => {
    const [task] = read({
      question: 'Double.',
      input_output: { fn_name: 'double', inputs: [[2]], outputs: [[4]] },
      starter_code: 'def double(n):\n',
    });
    assert.equal(task!.entry, 'double');
    assert.deepEqual(task!.cases, [
      {
        id: 'test-1',
        origin: 'task',
        kind: 'call',
        function: 'double',
        args: [2],
        expected: 4,
        alternatives: [[4]],
        judge: 'apps',
        comparator: { kind: 'float', rtol: 1e-5, atol: 1e-8 },
      },
    ]);
    assert.equal(task!.answers[0]!.text, 'def double(n):\n');
  });

  it('APPS and LiveCodeBench: numbers in a text keep their type and digits', () => {
    const [apps] = read({
      question: 'n!',
      input_output: '{"fn_name":"f","inputs":[[2.0],[25]],"outputs":[[-0.0],[15511210043330985984000000]]}',
    });
    assert.deepEqual(
      apps!.cases!.map((each) => each.kind === 'call' && JSON.stringify([each.args, each.expected])),
      ['[[2.0],-0.0]', '[[25],15511210043330985984000000]'],
    );
    const [live] = read({
      question_content: 'n % 10',
      question_id: 1873,
      public_test_cases: JSON.stringify([
        { input: '12345678901234567891\n2.0', output: '1e3', testtype: 'functional' },
      ]),
      metadata: '{"func_name":"f"}',
    });
    const [first] = live!.cases!;
    assert.ok(first?.kind === 'call');
    assert.equal(JSON.stringify([first.args, first.expected]), '[[12345678901234567891,2.0],1e3]');
  });

  it('keeps the digits of a long id', () => {
    const line =
      '{"id":12345678901234567891,"project":3,"data":{"prompt":"p","answer1":"a","answer2":"b"},"annotations":[]}';
    const [found] = readTaskFile(line, 'file.jsonl');
    assert.ok(found?.kind === 'task');
    assert.match(found.task.id, /12345678901234567891/);
  });

  it('CodeContests, LiveCodeBench and plain judge files', () => {
    const tasks = read(
      {
        name: '1_A. Sum',
        description: 'Add.',
        public_tests: { input: ['1 2\n'], output: ['3\n'] },
        private_tests: { input: ['2 2\n'], output: ['4\n'] },
      },
      {
        question_id: 'abc',
        question_content: 'Add.',
        public_test_cases: JSON.stringify([{ input: '1 2\n', output: '3\n', testtype: 'stdin' }]),
      },
      { id: 'p1', problem: 'Add.', language: 'cpp', tests: [{ input: '1 2\n', output: '3\n' }] },
    );
    assert.deepEqual(
      tasks.map(({ id, language, cases }) => [
        id.replace(/-[0-9a-f]{8}$/, ''),
        language,
        cases?.map((content) => content.id),
      ]),
      [
        ['1_A. Sum', 'python', ['public-1', 'private-1']],
        ['abc', 'python', ['public-1']],
        ['p1', 'cpp', ['test-1']],
      ],
    );
  });

  it('leave all other records to the errors of tasks', () => {
    const [line] = readTaskFile('{"id":"x","language":"python","prompt":"p"}', 'f');
    assert.ok(line?.kind === 'problem' && line.problem.reason === 'answers is missing');
    const [tests] = readTaskFile('{"prompt":"p","tests":[{"input":"1"}]}', 'f');
    assert.equal(tests?.kind, 'problem');
  });
});
