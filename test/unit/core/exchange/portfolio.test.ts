import assert from 'node:assert/strict';
import { portfolio } from '../../../../src/core/exchange/portfolio.ts';
import { sampleRubric } from '../samples.ts';
import { better, reviewOf, solved, taskOf } from './data.ts';

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
    ledger: [solved(9, secret, { notes: 'Slices.' })],
  });
  const text = lines.join('\n');

  it('shows prompts and answers where the licence lets it, in the order they were judged in', () => {
    assert.ok(text.includes('## Adding'));
    assert.ok(text.includes('### Prompt\n\n> Add for free'));
    assert.ok(
      text.indexOf('### Answer A\n\n> right of free') < text.indexOf('### Answer B\n\n> left of free'),
    );
  });

  it('leaves them out where it does not or none is named, titles made from prompts too', () => {
    for (const hidden of ['secret', 'unnamed']) {
      assert.doesNotMatch(text, new RegExp(`(Add for|left of|right of) ${hidden}`));
    }
    assert.equal(text.match(/## A python task/g)?.length, 2);
    assert.ok(report.dropped.includes('prompt and answers whose licence does not allow it (of 2)'));
  });

  it('has every rationale with its verdict, the ideal with its notes, and the rubric once', () => {
    for (const at of [0, 1, 2])
      assert.ok(text.includes(`**@B is much better than @A.**\n\nBecause of ${at}.`));
    assert.match(
      text,
      /### Ideal solution\n\n```python\ndef chunk[^`]*```\n\nSlices\.\n\nProved by cases .*: c1\./s,
    );
    assert.equal(text.match(/## Rubric: Sample/g)?.length, 1);
    assert.equal(report.exported, 3);
  });
});
