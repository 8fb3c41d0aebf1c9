import assert from 'node:assert/strict';
import { findings, testExamples } from './table.ts';

const unrun = { results: {} };

describe('R08 unrun claim', () => {
  testExamples('R08', {
    good: [
      'I ran both answers on every case.',
      'Tested it with an empty list.',
      ['@A returns early, so the loop is never reached.', unrun],
      ['I have not run either of them, since the tool is missing here.', unrun],
      ['The test runner that @B:4 starts would not end.', unrun],
      ['@B says “I ran this on Python 3.8”, which proves nothing.', unrun],
      ['Neither was tested on Windows.', unrun],
      ['I ran both on 12,480 inputs.', { ...unrun, searches: [{ number: 1, text: '', witnesses: [] }] }],
      ['The first run of the loop consumes the generator.', unrun],
    ],
    bad: [
      ['I ran both answers and @A is better.', unrun],
      ['Tested it, and @A works.', unrun],
      ['After running the code @A printed 3.', unrun],
      ['I tested @B with an empty list: it raises.', unrun],
      ['I verified it by execution.', unrun],
      ['On my machine @A takes 3 s.', unrun],
      ['In my tests @B loses the last chunk.', unrun],
      ["I've executed the two on 1,000 names.", { results: { A: [], B: [] } }],
    ],
  });

  it('offers to run the cases', () => {
    assert.equal(findings('R08', 'I tested both.', unrun)[0]?.action, 'run');
  });
});
