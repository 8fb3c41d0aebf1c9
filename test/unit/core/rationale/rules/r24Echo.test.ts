import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

const prompt =
  'Write a function that splits a list of items into chunks of the given size and keeps their order. The last chunk may be shorter than the others.';
const task = { prompt };

describe('R24 echo', () => {
  testExamples('R24', {
    good: [
      [
        '@A is better because it keeps the order, whereas @B sorts each of its parts before they are given back.',
        task,
      ],
      [
        `> ${prompt}\n\n@A does that and @B does not, as the second of its loops never ends for an odd length.`,
        task,
      ],
      [`The prompt says “${prompt}”, and only @A does so for lists of an odd length as well.`, task],
      [`\`\`\`\n${prompt}\n\`\`\`\n@A does it.`, task],
      ['Splits a list of items.', task],
      [prompt, { ...task, rubric: { id: 'r', title: 'R', criteria: [], thresholds: { copiedShare: 1 } } }],
    ],
    bad: [
      [prompt, task],
      [`@A is better. ${prompt}`, task],
      ['@A splits a list of items into chunks of the given size and keeps their order, so it wins.', task],
      [
        'The task is to write a function that splits a list of items into chunks of the given size. @A is better.',
        task,
      ],
      [
        '@B is bad since the last chunk may be shorter than the others and keeps their order. The last chunk may be shorter.',
        task,
      ],
      [
        'def chunk iterable size if size 0 raise ValueError size must be positive it iter iterable while block',
        {},
      ],
    ],
  });

  it('marks what is copied as a quotation', () => {
    const text = '@A splits a list of items into chunks of the given size and keeps their order, so it wins.';
    assert.equal(
      fixed(text, findings('R24', text, { prompt: `x ${prompt}` })[0]!),
      '@A “splits a list of items into chunks of the given size and keeps their order”, so it wins.',
    );
  });
});
