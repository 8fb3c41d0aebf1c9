import assert from 'node:assert/strict';
import { sampleContext } from '../../../../fixtures/rationaleContext.ts';
import { findings, fixed, testExamples } from './table.ts';

const [a, b] = sampleContext().answers;
const several = {
  answers: [{ ...a!, files: [...a!.files, { path: 'lib/util.py', lines: ['x = 1', 'y = 2'] }] }, b!],
};

const searched = {
  searches: [
    { number: 1, text: '', witnesses: [{ text: '', isExcluded: false }] },
    { number: 2, text: '', witnesses: [] },
  ],
};

describe('R06 dead anchor', () => {
  testExamples('R06', {
    good: [
      '@B:3 `chunk([1], 2)` → `[[1]]`, as it should.',
      '@B:5 (`max(size, 1)` would be needed).',
      '@B:5 `chunk([1, 2], 2)` gives one block.',
      '@B:5: "expected 2, got 3" is what the case reports.',
      '@A:1 and @A:8 and @B:3-5 are all there.',
      'It passes @case:empty-list.',
      'It passes @case:"size zero raises" and @case:size zero raises too.',
      '@A/main.py:4 is the check.',
      ['@A/lib/util.py:2 sets y.', several],
      'See @diff:2 and @prompt:1-2.',
      ['No input shows a difference (@search:2).', searched],
      ['They differ on an empty list (@search:1.1).', searched],
      '@A:4 `if size <= 0:` is the check.',
      '@A:4 (“if size … 0”) is the check.',
      '@A:5 `ValueError` is raised.',
      '```\n@A:400\n```\nFenced code is no anchor.',
      'The decorator @Aspect:99 is not an anchor.',
    ],
    bad: [
      '@A writes `def chunks(iterable, length):` and nothing else.',
      '@A:140 drops the last chunk.',
      '@B:0 is the first line.',
      '@A:5-3 is the wrong way round.',
      '@A:7-9 runs over the end.',
      '@case:empty-lst fails.',
      '@A/other.py:1 is not there.',
      ['@A/lib/util.py:3 is past the end.', several],
      '@diff:3 is one too many.',
      '@search:1 was never made.',
      ['@search:1.2 is one too many.', searched],
      ['@search:3 is not there.', searched],
      '@prompt:9 is not in the prompt.',
      '@A:4 `for item in list(iterable):` reads everything.',
      ['@B:1 is there.', { answers: [a!] }],
    ],
  });

  it('picks the nearest line, file and case', () => {
    const remedies = {
      '@A:140 is long.': '@A:8 is long.',
      '@A:6-20 is long.': '@A:6-8 is long.',
      '@case:empty-lst fails.': '@case:empty-list fails.',
      '@case:size-zero-raises fails.': '@case:"size zero raises" fails.',
      '@A/mian.py:2 is blank.': '@A/main.py:2 is blank.',
    };
    for (const [text, expected] of Object.entries(remedies)) {
      assert.equal(fixed(text, findings('R06', text)[0]!), expected);
    }
  });

  it('marks exactly the anchor', () => {
    const text = 'As @A:140 shows.';
    const [finding] = findings('R06', text);
    assert.equal(text.slice(finding!.start, finding!.end), '@A:140');
  });
});
