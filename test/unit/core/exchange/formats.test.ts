import assert from 'node:assert/strict';
import { argilla, argillaFlat } from '../../../../src/core/exchange/argilla.ts';
import { bigCodeReward } from '../../../../src/core/exchange/bigCodeReward.ts';
import { exportSummary, mergingEqual } from '../../../../src/core/exchange/exporter.ts';
import { exporters } from '../../../../src/core/exchange/exporters.ts';
import { helpSteer3 } from '../../../../src/core/exchange/helpSteer3.ts';
import { labelStudio } from '../../../../src/core/exchange/labelStudio.ts';
import { openaiDpo } from '../../../../src/core/exchange/openaiDpo.ts';
import { trlIdeal } from '../../../../src/core/exchange/trlIdeal.ts';
import { trlPreference } from '../../../../src/core/exchange/trl.ts';
import { trlSft, trlSftChat } from '../../../../src/core/exchange/trlSft.ts';
import { trlUnpaired } from '../../../../src/core/exchange/trlUnpaired.ts';
import { sampleRun } from '../../store/samples.ts';
import { allKinds, better, leftOut, reviewOf, solved, taskOf, written } from './data.ts';

describe('TRL unpaired', () => {
  it('labels each answer separately, and both answers as false for both bad', () => {
    assert.deepEqual(written(trlUnpaired, allKinds()), [
      { prompt: 'Add for won', completion: 'left of won', label: true },
      { prompt: 'Add for won', completion: 'right of won', label: false },
      { prompt: 'Add for lost', completion: 'right of lost', label: true },
      { prompt: 'Add for lost', completion: 'left of lost', label: false },
      { prompt: 'Add for bad', completion: 'left of bad', label: false },
      { prompt: 'Add for bad', completion: 'right of bad', label: false },
    ]);
    assert.deepEqual(leftOut(trlUnpaired, allKinds()), { tie: 1, 'without a ranking': 1 });
    const { dropped } = trlUnpaired.export(allKinds()).report;
    assert.ok(dropped.includes('strength (of 2)'));
    assert.ok(dropped.includes('the answer that it was compared with (of 2)'));
  });
});

describe('equal rows of several evaluators', () => {
  const task = taskOf('won');
  const data = {
    tasks: [task],
    reviews: ['eva', 'ilse', 'noor'].map((evaluator, at) =>
      reviewOf(at + 1, task, better('left'), { evaluator }),
    ),
    skips: [],
  };
  const formats = exporters.filter(({ mergesEqual }) => mergesEqual);

  it('are counted in every format whose lines are examples', () => {
    assert.deepEqual(
      formats.map(({ id }) => id),
      ['trl', 'trl-chat', 'trl-unpaired', 'openai-dpo'],
    );
    for (const format of formats) {
      const { lines, report } = format.export(data);
      const each = format === trlUnpaired ? 2 : 1;
      assert.deepEqual([lines.length, report.equal], [3 * each, { count: 2 * each, merged: false }]);
      assert.match(exportSummary(report), /; \d rows are equal to others: several evaluators agree/);
    }
  });

  it('are written once on request, in their order', () => {
    for (const format of formats) {
      const { lines } = format.export(data);
      const merged = mergingEqual(format).export(data);
      assert.deepEqual(merged.lines, [...new Set(lines)]);
      assert.equal(merged.report.exported, merged.lines.length);
      assert.match(exportSummary(merged.report), /; \d equal rows were merged/);
    }
  });

  it('stay separate if the strengths differ, and are not mentioned if there are none', () => {
    const [first, second] = data.reviews;
    const apart = { ...data, reviews: [first!, { ...second!, preference: better('left', 3) }] };
    assert.equal(mergingEqual(trlPreference).export(apart).lines.length, 2);
    const { report } = trlPreference.export(apart);
    assert.equal(exportSummary(report), 'Exported 2 records as TRL preference.');
  });
});

describe('the exports of ideals', () => {
  const [one, two, none] = [taskOf('one'), taskOf('two'), taskOf('none')];
  const weak = sampleRun('r', {
    taskId: 'one',
    answerId: 'right',
    results: [
      {
        caseId: 'c',
        verdict: 'fail',
        stdout: '',
        stderr: '',
        wallMs: 1,
        cpuMs: 1,
        peakBytes: 1,
        exit: 1,
        signal: null,
      },
    ],
  });
  const files = [
    { path: 'main.py', text: 'x = 1\n' },
    { path: 'notes.md', text: '```py\nx\n```' },
  ];
  const data = {
    tasks: [one, two, none],
    reviews: [],
    skips: [],
    ledger: [
      solved(1, one, { runs: [weak], files: files.slice(0, 1) }),
      solved(2, two, { files, proof: { by: 'reason', reason: 'Both are right.' }, runs: [] }),
    ],
  };

  it('have prompt and completion, with names of files if there are several', () => {
    assert.deepEqual(written(trlSft, data), [
      { prompt: 'Add for one', completion: '```python\nx = 1\n```\n' },
      {
        prompt: 'Add for two',
        completion:
          '**main.py**\n\n```python\nx = 1\n```\n\n**notes.md**\n\n````markdown\n```py\nx\n```\n````\n',
      },
    ]);
    assert.deepEqual(leftOut(trlSft, data), { 'no ideal': 1 });
    assert.ok(trlSft.export(data).report.dropped.includes('the other answers (of 2)'));
  });

  it('give messages', () => {
    assert.deepEqual(written(trlSftChat, data)[0], {
      messages: [
        { role: 'user', content: 'Add for one' },
        { role: 'assistant', content: '```python\nx = 1\n```\n' },
      ],
    });
  });

  it('choose the ideal over each answer that fails a case', () => {
    assert.deepEqual(written(trlIdeal, data), [
      { prompt: 'Add for one', chosen: '```python\nx = 1\n```\n', rejected: 'right of one' },
    ]);
    assert.deepEqual(leftOut(trlIdeal, data), { 'no ideal': 1, 'no answer fails a case of the proof': 1 });
  });

  it('use the last revision, and leave out ideals on a changed task', () => {
    const [first] = data.ledger;
    const revised = solved(3, one, { revises: first!.record.id, files: [{ path: 'main.py', text: 'y\n' }] });
    const changed = {
      ...data,
      tasks: [one, taskOf('two', { prompt: 'Other' })],
      ledger: [...data.ledger, revised],
    };
    assert.deepEqual(written(trlSft, changed), [
      { prompt: 'Add for one', completion: '```python\ny\n```\n' },
    ]);
    assert.deepEqual(leftOut(trlSft, changed), { 'on a task that was changed since': 1, 'no ideal': 1 });
  });
});

describe('OpenAI DPO', () => {
  it('has one assistant message each', () => {
    assert.deepEqual(written(openaiDpo, allKinds())[1], {
      input: {
        messages: [{ role: 'user', content: 'Add for lost' }],
        tools: [],
        parallel_tool_calls: true,
      },
      preferred_output: [{ role: 'assistant', content: 'right of lost' }],
      non_preferred_output: [{ role: 'assistant', content: 'left of lost' }],
    });
    assert.deepEqual(leftOut(openaiDpo, allKinds()), { tie: 1, 'both bad': 1, 'without a ranking': 1 });
    const { dropped } = openaiDpo.export(allKinds()).report;
    for (const what of ['strength (of 2)', 'rationale (of 2)']) assert.ok(dropped.includes(what), what);
  });
});

describe('HelpSteer3', () => {
  const task = taskOf('t');
  const reviews = [
    reviewOf(1, task, better('right', 3), { rationale: 'B is much better.' }),
    reviewOf(2, task, better('right', 2), { evaluator: 'bob', shown: ['right', 'left'], rationale: 'A.' }),
    reviewOf(3, task, { kind: 'tie' }, { evaluator: 'cy', rationale: 'Same.' }),
  ];
  const data = { tasks: [task], reviews, skips: [] };

  it('has one line per task, negative if response 1 is better, each score with its reasoning', () => {
    assert.deepEqual(written(helpSteer3, data), [
      {
        context: [{ role: 'user', content: 'Add for t' }],
        response1: 'left of t',
        response2: 'right of t',
        overall_preference: 2,
        individual_preference: [
          { score: 3, reasoning: 'B is much better.' },
          { score: 2, reasoning: 'A.' },
          { score: 0, reasoning: 'Same.' },
        ],
      },
    ]);
  });

  it('writes ties as 0 and says that they are not pairs; leaves out both bad', () => {
    const scores = written(helpSteer3, allKinds()).map(
      (line) => (line as { overall_preference: number }).overall_preference,
    );
    assert.deepEqual(scores, [-3, 1, 0]);
    assert.deepEqual(leftOut(helpSteer3, allKinds()), { 'both bad': 1, 'without a ranking': 1 });
    const { dropped } = helpSteer3.export(allKinds()).report;
    assert.ok(dropped.includes('ties (1 written as 0: leave them out of pairs)'));
  });

  it('leaves out a task on whose winner the evaluators disagree', () => {
    const other = reviewOf(4, task, better('left', 1), { evaluator: 'dee' });
    assert.deepEqual(leftOut(helpSteer3, { ...data, reviews: [...reviews, other] }), { unresolved: 4 });
  });
});

describe('BigCodeReward', () => {
  it('has the vote by the sides as shown, including ties and both bad', () => {
    const data = allKinds();
    const turned = {
      ...data,
      reviews: data.reviews.with(1, { ...data.reviews[1]!, shown: ['right', 'left'] }),
    };
    const lines = written(bigCodeReward, turned) as { human_vote: string; model_A: string }[];
    assert.deepEqual(
      lines.map(({ human_vote: vote, model_A: model }) => [vote, model]),
      [
        ['vote_model_A', 'model-l'],
        ['vote_model_A', 'model-r'],
        ['vote_tie', 'model-l'],
        ['vote_both_bad', 'model-l'],
      ],
    );
    const { human_vote: _vote, ...first } = lines[0]!;
    assert.deepEqual(first, {
      chat_session_id: data.reviews[0]!.id,
      instruction: 'Add for won',
      model_A: 'model-l',
      model_B: 'model-r',
      states: {
        model_A: {
          messages: [
            ['user', 'Add for won'],
            ['assistant', 'left of won'],
          ],
        },
        model_B: {
          messages: [
            ['user', 'Add for won'],
            ['assistant', 'right of won'],
          ],
        },
      },
    });
    const { dropped } = bigCodeReward.export(data).report;
    for (const what of ['strength (of 2)', 'rationale (of 4)']) assert.ok(dropped.includes(what), what);
  });
});

describe('Label Studio', () => {
  it('is one JSON list of tasks, with an annotation per review and a result per question', () => {
    const data = allKinds();
    const { lines, report } = labelStudio.export({
      ...data,
      reviews: data.reviews.with(0, { ...data.reviews[0]!, scores: { right: { style: 4 } } }),
    });
    const tasks = JSON.parse(lines.join('\n')) as { annotations: { result: { from_name: string }[] }[] }[];
    assert.equal(tasks.length, 5);
    assert.equal(report.exported, 5);
    const result = (from: string, type: string, value: object) => ({
      id: `${data.reviews[0]!.id}-${from}`,
      from_name: from,
      to_name: 'answers',
      type,
      value,
    });
    assert.deepEqual(tasks[0], {
      id: 1,
      data: {
        tiebreak_id: 'won',
        language: 'python',
        prompt: 'Add for won',
        left: 'left of won',
        right: 'right of won',
        left_model: 'model-l',
        right_model: 'model-r',
      },
      annotations: [
        {
          id: 1000,
          result: [
            result('preference', 'pairwise', { selected: 'left' }),
            result('strength', 'rating', { rating: 3 }),
            result('style_right', 'number', { number: 4 }),
            result('rationale', 'textarea', { text: [data.reviews[0]!.rationale] }),
          ],
          was_cancelled: false,
          ground_truth: false,
          created_at: '2026-11-21T10:05:00.000Z',
          lead_time: 61,
          completed_by: 1,
        },
      ],
      predictions: [],
    });
    assert.deepEqual(
      tasks.map(({ annotations }) => annotations[0]!.result[0]!.from_name),
      ['preference', 'preference', 'verdict', 'verdict', 'rationale'],
    );
    assert.ok(report.dropped.includes('the chain of hashes (of 5)'));
  });

  it('is an empty list for nothing', () => {
    assert.deepEqual(
      JSON.parse(labelStudio.export({ tasks: [], reviews: [], skips: [] }).lines.join('')),
      [],
    );
  });
});

describe('Argilla', () => {
  const task = taskOf('t');
  const reviews = [
    reviewOf(1, task, better('left', 3), { scores: { left: { style: 2 } }, rationale: 'A.' }),
    reviewOf(2, task, { kind: 'tie' }, { evaluator: 'bob', rationale: '' }),
  ];
  const data = { tasks: [task], reviews, skips: [] };
  const metadata = { tiebreak_id: 't', language: 'python', model_1: 'model-l', model_2: 'model-r' };
  const fields = { prompt: 'Add for t', answer_1: 'left of t', answer_2: 'right of t' };

  it('has fields, metadata and responses by question', () => {
    const by = (user: string, value: unknown) => ({ value, user_id: user, status: 'submitted' });
    assert.deepEqual(written(argilla, data), [
      {
        id: 't',
        fields,
        metadata,
        responses: {
          preference: [by('ada', 'answer_1'), by('bob', 'tie')],
          strength: [by('ada', 3)],
          rationale: [by('ada', 'A.')],
          style_1: [by('ada', 2)],
        },
      },
    ]);
  });

  it('has flat columns by question', () => {
    const [line] = written(argillaFlat, data) as [Record<string, unknown>];
    assert.deepEqual([line['id'], line['prompt'], line['metadata']], ['t', 'Add for t', metadata]);
    assert.deepEqual(line['preference.responses'], ['answer_1', 'tie']);
    assert.deepEqual(line['preference.responses.users'], ['ada', 'bob']);
    assert.deepEqual(line['preference.responses.status'], ['submitted', 'submitted']);
    assert.deepEqual(line['style_1.responses'], [2]);
  });
});

describe('every format', () => {
  it('has a unique id, and accounts for all records', () => {
    assert.equal(new Set(exporters.map(({ id }) => id)).size, exporters.length);
    const empty = { tasks: [], reviews: [], skips: [] };
    for (const exporter of exporters) {
      const { report } = exporter.export(empty);
      assert.deepEqual([report.target, report.exported, report.leftOut], [exporter.title, 0, []]);
      const skip = { taskId: 'won', evaluator: 'eva', reason: 'too long', at: '2026-11-02T10:00:00Z' };
      const isOfReviews = !['tiebreak', 'trl-sft', 'trl-sft-chat', 'trl-ideal', 'cases'].includes(
        exporter.id,
      );
      const skipped = leftOut(exporter, { ...allKinds(), skips: [skip] })['skipped'];
      assert.equal(skipped, isOfReviews ? 1 : undefined, exporter.id);
    }
  });
});
