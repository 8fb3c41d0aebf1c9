import assert from 'node:assert/strict';
import { helpSteer3 } from '../../../../src/core/exchange/helpSteer3.ts';
import { openaiDpo } from '../../../../src/core/exchange/openaiDpo.ts';
import { trlChat, trlPreference } from '../../../../src/core/exchange/trl.ts';
import { type TaskLine } from '../../../../src/core/files/taskfile.ts';
import type { Task } from '../../../../src/core/task/task.ts';
import { better, reviewOf, taskOf } from './data.ts';
import { readTaskFile } from '../../../fixtures/taskFile.ts';

function lineOf(record: unknown): TaskLine {
  const [line] = readTaskFile(JSON.stringify(record), 'file.jsonl');
  return line!;
}

function taskIn(record: unknown): Task {
  const line = lineOf(record);
  assert.equal(line.kind, 'task', JSON.stringify(line));
  return line.task;
}

function source(task: Task): Record<string, unknown> {
  return task.source as Record<string, unknown>;
}

/** The texts in the order in which the other program has them. */
function texts(task: Task): string[] {
  const order = source(task)['order'] as string[];
  return order.map((id) => task.answers.find((answer) => answer.id === id)!.text);
}

const asked = 'Write add(a, b).';
const [good, bad] = ['```python\ngood\n```', '```python\nbad\n```'];
const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });

describe('pairs in the shapes of other programs', () => {
  const shapes: [string, object][] = [
    [
      'UltraFeedback: the prompt beside conversations that repeat it',
      { prompt: asked, chosen: [user(asked), assistant(good)], rejected: [user(asked), assistant(bad)] },
    ],
    [
      'no prompt, as null',
      { prompt: null, chosen: [user(asked), assistant(good)], rejected: [user(asked), assistant(bad)] },
    ],
    [
      'content in parts',
      {
        prompt: [user([{ type: 'text', text: asked }])],
        chosen: [assistant([{ type: 'text', text: good }])],
        rejected: [assistant(bad)],
      },
    ],
    [
      'HH-RLHF',
      {
        chosen: `\n\nHuman: ${asked}\n\nAssistant: ${good}`,
        rejected: `\n\nHuman: ${asked}\n\nAssistant: ${bad}`,
      },
    ],
    [
      'ShareGPT',
      {
        conversations: [{ from: 'human', value: asked }],
        chosen: { from: 'gpt', value: good },
        rejected: { from: 'gpt', value: bad },
      },
    ],
    ['Alpaca', { instruction: asked, input: '', chosen: good, rejected: bad }],
    ['Orca', { system: '', question: asked, chosen: good, rejected: bad }],
    ['the prompt repeated in texts', { prompt: asked, chosen: asked + good, rejected: asked + bad }],
    [
      'arena, conversations',
      {
        question_id: 'q',
        model_a: 'm',
        model_b: 'n',
        winner: 'model_a',
        conversation_a: [user(asked), assistant(good)],
        conversation_b: [user(asked), assistant(bad)],
      },
    ],
    [
      'arena, columns',
      {
        id: 3,
        model_a: 'm',
        model_b: 'n',
        prompt: JSON.stringify([asked]),
        response_a: JSON.stringify([good]),
        response_b: JSON.stringify([bad]),
        winner_model_a: 1,
        winner_model_b: 0,
        winner_tie: 0,
      },
    ],
    [
      'UltraFeedback, rows',
      {
        instruction: asked,
        completions: [
          { response: bad, model: 'n', overall_score: 2 },
          { response: good, model: 'm', overall_score: 8 },
        ],
      },
    ],
    [
      'Label Studio, JSON_MIN',
      {
        id: 4,
        prompt: asked,
        answer1: good,
        answer2: bad,
        comparison: 'left',
        annotator: 1,
        lead_time: 12.3,
      },
    ],
    [
      'Label Studio, ranker',
      {
        id: 8,
        data: {
          prompt: asked,
          items: [
            { id: 'a', body: good },
            { id: 'b', body: bad },
          ],
        },
        annotations: [],
      },
    ],
    [
      'Argilla, a chat field',
      { id: 'x', fields: { prompt: [user(asked)], response1: good, response2: bad }, responses: {} },
    ],
    [
      'WebGPT: a question with a text',
      { question: { full_text: asked, id: '1' }, answer_0: good, answer_1: bad },
    ],
    [
      'summaries: an object with the post',
      { info: { post: asked }, summaries: [{ text: good }, { text: bad }], choice: 0 },
    ],
    ['a list of generations with ratings', { prompt: asked, generations: [bad, good], ratings: [2, 5] }],
    ['Alpaca with a list as output', { instruction: asked, input: '', output: [good, bad] }],
    [
      'replies with ranks',
      {
        prompt: asked,
        replies: [
          { text: bad, rank: 1 },
          { text: good, rank: 0 },
        ],
      },
    ],
    ['candidates', { task: asked, candidates: [{ content: good }, { content: bad }], best: 0 }],
    ['samples as turns', { prompt: asked, samples: [[assistant(good)], [assistant(bad)]] }],
    ...[
      ['chosen_code', 'rejected_code'],
      ['chosen_response', 'rejected_response'],
      ['preferred', 'dispreferred'],
      ['better', 'worse'],
    ].map(([one, other]): [string, object] => [
      `${one} and ${other}`,
      { instruction: asked, [one!]: good, [other!]: bad },
    ]),
    ...[
      'human_ref_A human_ref_B',
      'orig_response_A orig_response_B',
      'response_1 response_2',
      'response_0 response_1',
      'response-1 response-2',
      'Response 1:Response 2',
      'text1 text2',
      'generation-1 generation-2',
      'completion_a completion_b',
      'left right',
      'output_1 output_2',
    ].map((names): [string, object] => {
      const [one, other] = names.includes(':') ? names.split(':') : names.split(' ');
      return [`texts named ${names}`, { instruction: asked, [one!]: good, [other!]: bad }];
    }),
  ];
  for (const [title, record] of shapes) {
    it(`are read: ${title}`, () => {
      const task = taskIn(record);
      assert.equal(task.prompt, asked);
      assert.deepEqual(texts(task), [good, bad]);
      assert.equal(task.language, 'python');
    });
  }

  it('keep the answers of a list that are not in the pair, and their scores', () => {
    const task = taskIn({
      prompt: asked,
      models: ['m', 'n', 'o'],
      completions: [{ response: 'worst' }, { response: good }, { response: bad }],
      scores: [1, 9, 4],
    });
    assert.deepEqual(texts(task), [good, bad]);
    assert.deepEqual(source(task)['ratings'], [9, 4]);
    assert.deepEqual(source(task)['others'], [{ text: 'worst', model: 'm', score: 1 }]);
    assert.deepEqual(new Set(task.answers.map(({ model }) => model)), new Set(['n', 'o']));
  });

  it('keep the models of a preferred and a rejected answer', () => {
    const task = taskIn({
      prompt: asked,
      chosen: good,
      rejected: bad,
      chosen_model: 'm',
      rejected_model: 'n',
    });
    const models = new Map(task.answers.map(({ text, model }) => [text, model]));
    assert.deepEqual([models.get(good), models.get(bad)], ['m', 'n']);
  });

  it('are not read from a list with an item that has no text', () => {
    const line = lineOf({ prompt: asked, candidates: [good, { score: 1 }] });
    assert.notEqual(line.kind, 'task');
  });

  it('are not read from a problem whose tests would be lost', () => {
    const line = lineOf({ prompt: asked, completions: [good, bad], test_code: 'def test_add(): ...' });
    assert.ok(line.kind === 'problem');
    assert.match(line.problem.reason, /its tests \("test_code"\) have a form that is not read/);
  });

  it('keep the turns of a prompt, and export them in formats that hold them', () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      user('Write sub.'),
      assistant('a - b'),
      user(asked),
    ];
    const { id, ...task } = taskIn({
      prompt: messages,
      chosen: [assistant(good)],
      rejected: [assistant(bad)],
    });
    assert.deepEqual(task.messages, messages);
    const whole = { ...task, id };
    const winner = (source(whole)['order'] as string[])[0]!;
    const data = { tasks: [whole], reviews: [reviewOf(1, whole, better(winner))], skips: [] };
    const written = (exporter: typeof trlChat) =>
      JSON.parse(exporter.export(data).lines[0]!) as Record<string, unknown>;
    assert.deepEqual(written(trlChat)['prompt'], messages);
    assert.deepEqual((written(openaiDpo)['input'] as Record<string, unknown>)['messages'], messages);
    assert.deepEqual(written(helpSteer3)['context'], messages);
    const dropped = trlPreference.export(data).report.dropped;
    assert.ok(dropped.includes('turns of the prompt, which became one text (of 1)'), dropped.join(', '));
  });

  it('have no turns if there is only one', () => {
    const task = taskOf('t');
    const data = { tasks: [task], reviews: [reviewOf(1, task, better('left'))], skips: [] };
    assert.ok(!trlPreference.export(data).report.dropped.some((what) => what.startsWith('turns')));
  });

  it('have placeholders for content other than text', () => {
    const task = taskIn({
      prompt: [
        user([{ type: 'image' }, { type: 'text', text: asked }]),
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ type: 'function', function: { name: 'run', arguments: '{}' } }],
        },
      ],
      chosen: [assistant(good)],
      rejected: [assistant(bad)],
    });
    assert.deepEqual(
      task.messages?.map(({ content }) => content),
      [`[image]\n\n${asked}`, '[call of run: {}]'],
    );
  });

  it('do not mistake a natural language for a programming language', () => {
    const task = taskIn({ language: 'english', context: [user(asked)], response1: good, response2: bad });
    assert.equal(task.language, 'python');
    assert.equal(source(task)['language'], 'english');
  });

  it('keep whole annotations', () => {
    const annotation = {
      id: 7,
      completed_by: 1,
      was_cancelled: true,
      lead_time: 12.3,
      result: [{ from_name: 'p', type: 'pairwise', value: { selected: 'left' } }],
    };
    const task = taskIn({
      id: 1,
      project: 2,
      data: { prompt: asked, left: good, right: bad },
      annotations: [annotation],
    });
    assert.deepEqual(source(task)['annotations'], [
      {
        id: 7,
        completed_by: 1,
        was_cancelled: true,
        lead_time: 12.3,
        result: [{ name: 'p', type: 'pairwise', value: { selected: 'left' } }],
      },
    ]);
  });
});

describe('ids of other programs', () => {
  it('include a hash of the content, so that two files that count from 0 do not collide', () => {
    const record = (question: string) => ({
      problem_id: 0,
      question,
      input_output: { inputs: ['1\n'], outputs: ['2\n'] },
    });
    const [one, other, same] = [record('Add one.'), record('Double.'), record('Add one.')].map(
      (it) => taskIn(it).id,
    );
    assert.notEqual(one, other);
    assert.equal(one, same);
  });

  it('distinguish projects of Label Studio', () => {
    const record = (project: number, prompt: string) => ({
      id: 1,
      project,
      data: { prompt, left: good, right: bad },
      annotations: [],
    });
    assert.notEqual(taskIn(record(1, 'a')).id, taskIn(record(2, 'b')).id);
  });

  it('stay unchanged if they are unique', () => {
    const uuid = '6f0c2d5e-8a3b-4c1d-9e7f-0a1b2c3d4e5f';
    assert.equal(taskIn({ id: uuid, fields: { prompt: asked, response1: good, response2: bad } }).id, uuid);
  });
});

describe('problems in the formats of their judges', () => {
  it('keep their tests beside completions', () => {
    const rows: object[] = [
      {
        task_id: 'T/0',
        prompt: 'def inc(x):\n',
        entry_point: 'inc',
        test: 'def check(c): pass\n',
        completion: '    return 1\n',
      },
      { task_id: 7, prompt: 'Write inc.', test_list: ['assert inc(1) == 2'], completion: 'x' },
      { prompt: 'Print.', tests: [{ input: '1\n', output: '2\n' }], completion: 'x' },
      { prompt: 'Print.', tests: [{ input: '1\n', output: '2\n' }], chosen: 'x', rejected: 'y' },
    ];
    assert.deepEqual(
      rows.map((row) => [taskIn(row).cases?.length, taskIn(row).answers.map(({ text }) => text)]),
      [
        [1, ['    return 1\n']],
        [1, ['x']],
        [1, ['x']],
        [1, ['x', 'y']],
      ],
    );
  });

  it('LiveCodeBench: calls of Solution, standard input, and the tests that are private', () => {
    const functional = {
      question_id: 'q',
      question_content: 'Add.',
      starter_code: 'class Solution:\n    def add(self, a, b):\n        ',
      public_test_cases: JSON.stringify([{ input: '[1, 2]\n3', output: '6', testtype: 'functional' }]),
      private_test_cases: JSON.stringify([{ input: '[1]\n0', output: '1', testtype: 'functional' }]),
      metadata: JSON.stringify({ func_name: 'add' }),
    };
    const task = taskIn(functional);
    assert.deepEqual(
      task.cases?.map((it) => it.kind === 'call' && [it.id, it.function, it.args, it.expected]),
      [
        ['public-1', 'Solution.add', [[1, 2], 3], 6],
        ['private-1', 'Solution.add', [[1], 0], 1],
      ],
    );
    const stdin = taskIn({
      question_id: 'q',
      question_content: 'Add.',
      public_test_cases: JSON.stringify([{ input: '1 2\n', output: '3\n', testtype: 'stdin' }]),
    });
    assert.deepEqual(
      stdin.cases?.map((it) => it.kind === 'stdin' && [it.comparator, it.judge]),
      [[{ kind: 'float', rtol: 0, atol: 0 }, 'livecodebench']],
    );
  });

  it('APPS: outputs that are wrapped, and outputs that are lists', () => {
    const expected = (outputs: unknown[]) =>
      taskIn({
        question: 'f',
        input_output: { fn_name: 'f', inputs: outputs.map(() => [1]), outputs },
      }).cases?.map((it) => it.kind === 'call' && it.expected);
    const alternatives = (outputs: unknown[]) =>
      taskIn({
        question: 'f',
        input_output: { fn_name: 'f', inputs: outputs.map(() => [1]), outputs },
      }).cases?.map((it) => it.kind === 'call' && it.judge === 'apps' && it.alternatives);
    assert.deepEqual(alternatives([[2], [4]]), [[[2]], [[4]]], 'bare or wrapped');
    assert.deepEqual(alternatives([[2, 4], 3, []]), [[2], undefined, undefined]);
    assert.deepEqual(expected([[2], [4]]), [2, 4]);
    assert.deepEqual(expected([[2], [2, 4]]), [[2], [2, 4]]);
    assert.deepEqual(expected([10]), [10]);
  });

  it('CodeContests: limits, capital letters, tolerance and files of input', () => {
    const task = taskIn({
      name: 'n',
      description: 'd',
      public_tests: { input: ['4\n'], output: ['YES\n'] },
      time_limit: { seconds: 1, nanos: 500_000_000 },
      memory_limit_bytes: 268435456,
      input_file: 'input.txt',
      output_file: 'output.txt',
      solutions: { language: [3], solution: ['x'] },
    });
    assert.deepEqual(task.limits, { cpuMs: 1500, memoryBytes: 268435456 });
    assert.deepEqual(
      task.cases?.map((it) => it.kind === 'stdin' && [it.comparator, it.files, it.outputFile]),
      [
        [
          { kind: 'float', rtol: 0, atol: 1e-5, ignoreCase: true },
          [{ path: 'input.txt', text: '4\n' }],
          'output.txt',
        ],
      ],
    );
  });

  it('HumanEvalPack and BigCodeBench', () => {
    const pack = taskIn({
      task_id: 'JavaScript/0',
      prompt: 'const add = (a, b) => {\n',
      entry_point: 'add',
      test: 'console.assert(add(1, 2) === 3);\n',
    });
    assert.equal(pack.language, 'javascript');
    const go = taskIn({
      task_id: 'Go/0',
      prompt: 'func Add(a, b int) int {\n',
      entry_point: 'Add',
      test: 'func TestAdd(t *testing.T) {\n\tassert := assert.New(t)\n\tassert.Equal(3, Add(1, 2))\n}\n',
    });
    assert.ok(go.cases?.[0]?.kind === 'unit' && go.cases[0].source.includes('"testing"'));
    const java = taskIn({
      task_id: 'Java/0',
      prompt: 'import java.util.*;\n\nclass Solution {\n',
      entry_point: 'add',
      test: 'public class Main {}',
    });
    assert.ok(java.cases?.[0]?.kind === 'unit' && java.cases[0].source.startsWith('import java.util.*;\n'));
    const rust = taskIn({
      task_id: 'Rust/0',
      prompt: 'use rand::Rng;\nuse regex::Regex;\nuse std::fmt;\n\nfn add() -> bool{\n',
      entry_point: 'add',
      test: 'mod tests {}',
      canonical_solution: '    Regex::new("a").is_ok()\n}\n',
    });
    assert.equal(rust.prompt, 'use regex::Regex;\nuse std::fmt;\n\nfn add() -> bool{\n');
    assert.ok(pack.cases?.[0]?.kind === 'unit' && pack.cases[0].source.includes('throw new Error'));
    const bench = taskIn({
      task_id: 'BigCodeBench/0',
      complete_prompt: 'def task_func():\n',
      test: 'import unittest\n',
      entry_point: 'task_func',
      canonical_solution: '    return 1\n',
    });
    assert.deepEqual([bench.entry, bench.reference], ['task_func', 'def task_func():\n    return 1\n']);
  });
});

describe('content that is not imported', () => {
  it('is named, field by field', () => {
    const line = lineOf({ prompt: asked, chosen: good, rejected: bad, url: 'u', tags: [], empty: null });
    assert.deepEqual(line.kind === 'task' && line.notKept, ['url']);
  });

  it('is reported with the most similar shape and the missing member', () => {
    for (const [record, reason] of [
      [{ prompt: asked, chosen: good }, /most similar to a TRL preference pair, but "rejected" is missing/],
      [
        { model_a: 'm', model_b: 'n', conversation_a: [user(asked)] },
        /most similar to an arena vote, but "conversation_b" is missing/,
      ],
      [{ prompt: 'p', entry_point: 'f' }, /most similar to a HumanEval problem, but "test" is missing/],
    ] as const) {
      const line = lineOf(record);
      assert.match(line.kind === 'problem' ? line.problem.reason : '', reason);
    }
  });

  it('is read from an object around it, or from columns', () => {
    const rows = [{ prompt: asked, chosen: good, rejected: bad }];
    assert.equal(taskIn({ data: rows }).prompt, asked);
    assert.equal(taskIn({ prompt: [asked], chosen: [good], rejected: [bad] }).prompt, asked);
  });

  it('is reported as a printed Python dictionary', () => {
    const [line] = readTaskFile("{'prompt': 'x', 'chosen': 'a'}", 'f.jsonl');
    assert.match(line?.kind === 'problem' ? line.problem.remedy : '', /json\.dumps/);
  });
});
