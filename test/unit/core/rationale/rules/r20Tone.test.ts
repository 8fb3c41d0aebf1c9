import assert from 'node:assert/strict';
import { findings, fixed, testExamples } from './table.ts';

describe('R20 tone', () => {
  testExamples('R20', {
    good: [
      'Stupid input is still input.',
      '@B returns the wrong value, which @B:4 causes.',
      'Garbage collection frees the block; garbage in, garbage out.',
      'Lazy evaluation, a dumb terminal and the trash folder are no abuse.',
      'The author of @A checks the size first.',
      'LEFT OUTER JOIN, GROUP BY, NOT NULL, HTTP API JSON.',
      'It is NOT the same, and VERY slow!',
      'So you get an IndexError.',
      ['“This is stupid” is what @B prints for stupid input.', { prompt: 'Filter words such as stupid.' }],
      'Keep it simple, stupid, as they say.',
      'Is it right? It is!',
    ],
    bad: [
      'This idiot code returns nothing.',
      '@B is garbage.',
      'What a stupid mistake in @B:4.',
      'The author clearly has no idea what a generator is.',
      'THIS IS COMPLETELY WRONG and @A is better.',
      '@A is better!!!',
      'Whoever wrote this never ran it.',
      'Did you even test it?',
      'The author of A is an incompetent amateur.',
      'The answer is crap.',
    ],
  });

  it('blocks abuse and only warns of the rest', () => {
    const severities = (text: string) => findings('R20', text).map(({ severity }) => severity);
    assert.deepEqual(severities('@B is utter garbage.'), ['E']);
    assert.deepEqual(severities('The developer should be ashamed.'), ['W']);
    assert.deepEqual(severities('WRONG WRONG WRONG!!'), ['W', 'W']);
  });

  it('replaces the sentence with what the cases show, and restates its verdict', () => {
    const fact = '@A passes @case:"size zero raises" and @B does not.';
    assert.equal(fixed('@B is garbage.', findings('R20', '@B is garbage.')[0]!), fact);
    const verdict = '@A is better because @B is garbage.';
    assert.equal(fixed(verdict, findings('R20', verdict)[0]!), `@A is better than @B. ${fact}`);
    const nothingRan = { results: {} };
    const person = '@A is better. Whoever wrote this never ran it.';
    assert.equal(fixed(person, findings('R20', person, nothingRan)[0]!), '@A is better.');
  });

  it('leaves alone a sentence that cites something', () => {
    const text = '@B is garbage, as @B:4 shows.';
    assert.equal(findings('R20', text)[0]!.fix, undefined);
  });

  it('deletes the word, and uses normal case', () => {
    const remedies = {
      'This idiotic code returns nothing.': 'This code returns nothing.',
      '@A is better!!!': '@A is better.',
      'It is COMPLETELY TOTALLY WRONG.': 'It is completely totally wrong.',
    };
    for (const [text, expected] of Object.entries(remedies)) {
      assert.equal(fixed(text, findings('R20', text)[0]!), expected);
    }
  });
});
