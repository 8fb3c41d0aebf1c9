import assert from 'node:assert/strict';
import { piecesOf, portfolio, portfolioWith, workOf } from '../../../../src/core/exchange/portfolio.ts';
import { sampleRubric } from '../samples.ts';
import { sampleId } from '../../store/samples.ts';
import { better, inspected, reviewOf, solved, taskOf } from './data.ts';

describe('the portfolio', () => {
  const shown = taskOf('free', { title: 'Adding', source: { license: 'MIT' }, rubric: sampleRubric });
  const secret = taskOf('secret', { source: { licence: 'proprietary' } });
  const unnamed = taskOf('unnamed');
  const tasks = [shown, secret, unnamed];
  const { lines, report } = portfolio.export({
    tasks,
    reviews: tasks.map((task, at) =>
      reviewOf(at + 1, task, better('left', 3), { rationale: `Because of ${at}.`, shown: ['right', 'left'] }),
    ),
    skips: [],
    ledger: [solved(9, secret, { startedFrom: null, notes: 'Slices.' })],
  });
  const text = lines.join('\n');

  it('shows prompts and answers if the licence allows it, in the order in which they were judged', () => {
    assert.ok(text.includes('## Adding'));
    assert.ok(text.includes('### Prompt\n\n> Add for free'));
    assert.ok(
      text.indexOf('### Answer A\n\n> right of free') < text.indexOf('### Answer B\n\n> left of free'),
    );
  });

  it('leaves them out, with titles made from prompts, if the licence forbids it or is missing', () => {
    for (const hidden of ['secret', 'unnamed']) {
      assert.doesNotMatch(text, new RegExp(`(Add for|left of|right of) ${hidden}`));
    }
    assert.equal(text.match(/## A python task/g)?.length, 2);
    assert.ok(
      report.dropped.includes('texts that the licence of the task does not allow to be shown (of 3)'),
    );
  });

  it('keeps Markdown inside its quotation, and a title on its line', () => {
    const loose = taskOf('loose', {
      title: 'Adding\n\n# Not mine',
      prompt: 'Add.\r# Not mine\r\nEnd',
      source: { license: 'MIT' },
    });
    const data = { tasks: [loose], reviews: [reviewOf(1, loose, better('left'))], skips: [] };
    const written = portfolio
      .export(data)
      .lines.join('\n')
      .split(/\r\n|\r|\n/);
    assert.deepEqual(
      written.filter((line) => line.startsWith('# ')),
      ['# Reviews'],
    );
  });

  it('has every rationale with its verdict, the ideal with its notes, and the rubric once', () => {
    for (const at of [0, 1, 2])
      assert.ok(text.includes(`**@B is much better than @A.**\n\nBecause of ${at}.`));
    assert.match(
      text,
      /### Ideal solution\n\n```python\ndef chunk[^`]*```\n\nSlices\.\n\nProved by cases .*: c1\.\n\nReferences:\n\n- itertools\.batched </s,
    );
    assert.equal(text.match(/## Rubric: Sample/g)?.length, 1);
    assert.equal(report.exported, 5);
  });

  it('leaves out the code of an ideal that started from an answer that may not be shown', () => {
    const ledger = [solved(9, secret, { startedFrom: 'left', notes: 'Slices.' }), solved(10, shown)];
    const { lines: some } = portfolio.export({ tasks, reviews: [], skips: [], ledger });
    const all = some.join('\n');
    assert.equal(all.match(/def chunk/g)?.length, 1);
    assert.match(all, /The code began with an answer that may not be shown\.\n\nSlices\./);
  });

  it('contains only the chosen pieces', () => {
    const reviews = tasks.map((task, at) =>
      reviewOf(at + 1, task, better('left', 3), { rationale: `Of ${at}.` }),
    );
    const data = { tasks, reviews, skips: [] };
    const { lines: some, report: told } = portfolioWith(new Set([sampleId(1)])).export(data);
    assert.match(some.join('\n'), /## Adding.*Of 0\./s);
    assert.doesNotMatch(some.join('\n'), /Of [12]\.|Rubric/);
    assert.deepEqual([told.exported, told.leftOut], [1, []]);
    assert.match(
      portfolioWith(new Set([sampleRubric.id]))
        .export(data)
        .lines.join('\n'),
      /^# Reviews\n\n## Rubric: Sample/,
    );
  });

  it('names the source of what it shows', () => {
    const source = { licence: 'CC-BY-4.0', author: 'Ada\n# L.', url: 'https://example.org/x' };
    const credited = taskOf('credited', { source });
    const data = { tasks: [credited], reviews: [reviewOf(1, credited, null)], skips: [] };
    const { lines: some } = portfolio.export(data);
    assert.ok(some.includes('Language: python. Source: Ada # L., https://example.org/x, CC-BY-4.0 licence.'));
  });

  it('has the work of one person, with the decisions of reviewers', () => {
    const reviews = [
      reviewOf(1, shown, better('left'), { evaluator: 'eva' }),
      reviewOf(2, shown, better('left'), { evaluator: 'otto' }),
      reviewOf(3, secret, better('left'), { evaluator: 'eva' }),
    ];
    const ledger = [
      solved(9, shown, { author: 'otto' }),
      solved(10, shown, { author: 'eva' }),
      inspected(11, 3, { kind: 'reject', reason: 'copied' }),
    ];
    const { pieces, leftOut } = piecesOf(workOf({ tasks, reviews, skips: [], ledger }, 'eva'));
    assert.deepEqual(
      pieces.map(({ kind, id }) => [kind, id]),
      [
        ['review', sampleId(1)],
        ['ideal', sampleId(10)],
        ['rubric', sampleRubric.id],
      ],
    );
    assert.deepEqual(
      leftOut.map(({ reason, count }) => [reason, count]),
      [['rejected by a reviewer', 1]],
    );
  });
});
